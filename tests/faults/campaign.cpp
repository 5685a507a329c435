#include "tests/faults/campaign.hpp"

#include <csignal>
#include <cstdlib>
#include <ostream>

#include <doctest/doctest.h>

#include "src/storage/read_only.hpp"

namespace holdfast::test {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t page = 1'000;
/// Longer than any campaign, so that no key is forgotten and no hold expires.
const std::vector<std::string> patient = {"--idemp-ttl-ms=86400000",
                                          "--reservation-ttl-s=14400"};

terms patient_terms() {
  return {.default_ttl_s = 14'400, .key_ttl_ms = 86'400'000};
}

} // namespace

unsigned count_from_environment(const char* name, unsigned usual) {
  const auto* given = std::getenv(name);
  return given == nullptr
             ? usual
             : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

load_plan plan_of(std::uint64_t seed) {
  load_plan plan;
  plan.seed = seed;
  return plan;
}

campaign::campaign(const load_plan& plan, const std::filesystem::path& parent)
    : directory_(parent), clients_(plan) {
  // nop
}

void campaign::launch(std::vector<std::string> wrapper,
                      std::vector<std::string> flags) {
  // The one before holds the directory for as long as it lives.
  node_.reset();
  node_plan plan;
  plan.directory = directory();
  plan.program = program_;
  plan.wrapper = std::move(wrapper);
  plan.flags = std::move(flags);
  plan.flags.insert(plan.flags.end(), patient.begin(), patient.end());
  node_ = std::make_unique<node_process>(std::move(plan));
}

void campaign::start() {
  const auto begin = clock::now();
  launch();
  const auto is_ready = node_->wait_ready();
  ready_ms_ =
      std::chrono::duration<double, std::milli>(clock::now() - begin).count();
  REQUIRE_MESSAGE(is_ready, node_->program().err());
}

void campaign::run_load(std::chrono::milliseconds time) {
  clients_.start(node_->port());
  node_->program().wait(time);
}

std::size_t campaign::close() {
  REQUIRE(clients_.settle(node_->port()));
  const auto finals = clients_.read_all(node_->port());
  node_->program().send(SIGTERM);
  CHECK(node_->program().wait(patience) == process_end{0, false});
  auto all = told_before_;
  const auto told = clients_.calls();
  all.insert(all.end(), told.begin(), told.end());
  judge(all, finals, directory());
  return count(told).acknowledged;
}

void campaign::finish() {
  REQUIRE(close() > 0);
}

tally count(const std::vector<call>& calls) {
  tally sum;
  for (const auto& each : calls) {
    ++sum.calls;
    if (each.is_put_off())
      ++sum.put_off;
    else if (!each.seen.known)
      ++sum.unknown;
    else if (!each.seen.answer.ok())
      ++sum.refused;
    else if (is_write(each.seen.ask.from.what))
      ++sum.acknowledged;
    else
      ++sum.read;
  }
  return sum;
}

std::ostream& operator<<(std::ostream& out, const tally& of) {
  return out << of.calls << " calls, " << of.acknowledged << " acknowledged, "
             << of.read << " read, " << of.refused << " refused, " << of.put_off
             << " put off, " << of.unknown << " unknown";
}

std::vector<event> dump(const std::string& data_dir) {
  storage::event_reader reader{data_dir};
  std::vector<event> all;
  for (;;) {
    auto next = reader.scan(all.size(), page, {});
    if (next.events.empty())
      return all;
    all.insert(all.end(), next.events.begin(), next.events.end());
  }
}

void judge(const std::vector<call>& calls,
           const std::vector<final_record>& finals,
           const std::string& directory) {
  checker::history seen;
  for (const auto& each : calls) {
    seen.push_back(each.seen);
    CHECK_FALSE(each.is_malformed);
    CHECK_FALSE((each.is_put_off() && each.retry_after.empty()));
  }
  const auto journal = dump(directory + "/data");
  const auto found = check(seen, journal, finals, patient_terms());
  CHECK_MESSAGE(found.empty(), describe(found));
  const auto verdict = run_verify(directory);
  CHECK_MESSAGE(verdict.exit_code == 0, verdict.text);
}

} // namespace holdfast::test
