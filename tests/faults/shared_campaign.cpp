#include "tests/faults/shared_campaign.hpp"

#include <algorithm>
#include <csignal>
#include <ostream>

#include <doctest/doctest.h>

#include "src/storage/lease_table.hpp"

namespace holdfast::test {

namespace {

using namespace std::chrono_literals;

/// A node that is stopped does not answer.
constexpr auto client_timeout = 1s;

} // namespace

shared_campaign::shared_campaign(std::uint64_t seed, const settings& with)
    : with_(with), plan_(plan_of(seed)), directory_(on_disk()),
      nodes_(with.nodes), ports_(with.nodes) {
  plan_.clients = with.clients;
  for (unsigned number = 0; number < with.clients; ++number)
    clients_.emplace_back(plan_, number);
}

shared_campaign::~shared_campaign() {
  stop_load();
}

void shared_campaign::start(std::size_t which,
                            std::vector<std::string> wrapper) {
  nodes_[which].reset();
  node_plan plan;
  plan.directory = directory();
  plan.suffix = std::to_string(which);
  plan.wrapper = std::move(wrapper);
  plan.flags = {"--locks-enabled",
                "--lock-ttl-ms=" + std::to_string(with_.lease_ttl_ms),
                "--lock-owner-id=node-" + plan.suffix,
                "--idemp-ttl-ms=86400000", "--reservation-ttl-s=14400"};
  nodes_[which] = std::make_unique<node_process>(std::move(plan));
  REQUIRE_MESSAGE(nodes_[which]->wait_ready(), nodes_[which]->program().err());
  ports_[which] = nodes_[which]->port();
}

void shared_campaign::start_all() {
  for (std::size_t i = 0; i < nodes_.size(); ++i)
    start(i);
}

void shared_campaign::ask(load_client& as, std::size_t first) {
  std::vector<std::pair<std::uint16_t, std::unique_ptr<http_client>>> to(
      ports_.size());
  for (auto next = first; !is_over_; ++next) {
    const auto which = next % ports_.size();
    const std::uint16_t port = ports_[which];
    if (port == 0)
      continue;
    auto& [known, client] = to[which];
    if (!client || known != port) {
      client = std::make_unique<http_client>(port, client_timeout);
      known = port;
    }
    const auto is_taken = as.step(*client);
    if (!is_taken || as.calls().back().is_put_off())
      std::this_thread::sleep_for(plan_.refused_pause);
  }
}

void shared_campaign::start_load() {
  is_over_ = false;
  for (std::size_t i = 0; i < clients_.size(); ++i)
    threads_.emplace_back([this, i] { ask(clients_[i], i); });
}

void shared_campaign::stop_load() {
  is_over_ = true;
  for (auto& thread : threads_)
    thread.join();
  threads_.clear();
}

void shared_campaign::run(std::chrono::milliseconds time) {
  for (auto& each : nodes_)
    if (each)
      each->program().wait(time / nodes_.size());
}

std::vector<call> shared_campaign::calls() const {
  std::vector<call> all;
  for (const auto& each : clients_)
    all.insert(all.end(), each.calls().begin(), each.calls().end());
  return all;
}

void shared_campaign::finish() {
  std::vector<final_record> finals;
  http_client to{ports_.back()};
  for (auto& each : clients_)
    REQUIRE(each.settle(ports_.front()));
  for (const auto& store : plan_.stores)
    for (unsigned i = 0; i < plan_.skus; ++i) {
      final_record record{store, load_client::sku_name(i), {}};
      const auto* told =
          clients_.front().ask(to, action::read, store, record.sku);
      REQUIRE(told != nullptr);
      if (told->seen.answer.has_record)
        record.record = told->seen.answer.record;
      finals.push_back(record);
    }
  for (auto& each : nodes_)
    each->program().send(SIGTERM);
  for (auto& each : nodes_)
    CHECK(each->program().wait(patience) == process_end{0, false});
  const auto told = calls();
  REQUIRE(count(told).acknowledged > 0);
  judge(told, finals, directory());
  const auto known = storage::read_lease_history(directory() + "/data");
  const auto events = dump(directory() + "/data");
  CHECK(known.authors.size() == events.size());
  std::vector<authority> owners;
  for (const auto& [seq, token] : known.authors)
    owners.push_back({seq, known.tenures.at(token - 1).owner, token});
  const auto found = check_owners(events, owners);
  CHECK_MESSAGE(found.empty(), describe(found));
}

waits waits_of_put_off(const std::vector<call>& calls) {
  std::vector<double> all;
  for (const auto& each : calls)
    if (each.is_put_off())
      all.push_back(
          static_cast<double>(each.seen.returned_ns - each.seen.called_ns)
          / 1e6);
  waits found;
  found.count = all.size();
  if (all.empty())
    return found;
  std::sort(all.begin(), all.end());
  found.median = all[all.size() / 2];
  found.p99 = all[all.size() * 99 / 100];
  found.most = all.back();
  return found;
}

figures figures_of(const waits& put_off) {
  return {{"slowest_put_off_median_ms", put_off.median},
          {"slowest_put_off_p99_ms", put_off.p99},
          {"slowest_put_off_ms", put_off.most}};
}

std::ostream& operator<<(std::ostream& out, const waits& of) {
  return out << of.count << " put off after " << of.median << " ms in the "
             << "median, " << of.p99 << " in 99 %, at most " << of.most;
}

} // namespace holdfast::test
