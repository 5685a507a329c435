// Clients of an open loop whose workload comes to an end.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "src/cli/load/client_group.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace std::chrono_literals;

namespace {

using clock = transport::clock;

/// Grants everything, but tells nobody before its time.
class late_transport final : public transport {
public:
  explicit late_transport(clock::time_point opens) : opens_(opens) {
    // nop
  }

  void send(std::uint32_t, std::uint64_t ticket, command&&) override {
    ready_.push_back({ticket, fate::answered, {}});
  }
  void flush() override {
    // nothing waits
  }
  void receive(clock::time_point until, std::vector<reply>& into) override {
    const auto opens = ready_.empty() ? until : opens_;
    std::this_thread::sleep_until(std::min(until, opens));
    if (clock::now() < opens)
      return;
    into.insert(into.end(), ready_.begin(), ready_.end());
    ready_.clear();
  }
  fate abandon(std::uint32_t) override {
    return fate::unknown;
  }

private:
  clock::time_point opens_;
  std::vector<reply> ready_;
};

struct client_group_fixture {
  storage::testing::temp_dir directory;
  name_book names{"run", {"store-1"}};
  watch over;
  std::atomic<bool> stop{false};
  scenario_ptr orders;

  void write(std::uint32_t lines) {
    config::load_order order;
    order.workload = "orders";
    order.file = directory / "orders.csv";
    std::ofstream file{order.file};
    file << "StockCode,Quantity\n";
    for (std::uint32_t i = 0; i < lines; ++i)
      file << "A,1\n";
    file.close();
    orders = make_scenario(order, 1);
  }
  client_group clients(std::uint32_t count, double rate,
                       clock::time_point opens) {
    client_plan plan;
    plan.clients = count;
    plan.rate = rate;
    plan.seed = seeded_engine()();
    plan.records = false;
    plan.patience = 60s;
    return {plan, names, over, std::make_unique<late_transport>(opens),
            orders->make(0, plan.seed)};
  }
};

} // namespace

TEST_CASE_FIXTURE(client_group_fixture,
                  "no more is missed than there was to ask") {
  for (const auto& [lines, count, missed] :
       {std::array{1, 1, 0}, std::array{1, 8, 0}, std::array{5, 2, 3}}) {
    CAPTURE(lines);
    CAPTURE(count);
    write(static_cast<std::uint32_t>(lines));
    const auto end = clock::now() + 1s;
    auto group = clients(static_cast<std::uint32_t>(count), 1'000, end + 100ms);
    CHECK(group.run(end, stop));
    CHECK(group.missed().total() == static_cast<std::uint64_t>(missed));
  }
}

TEST_CASE_FIXTURE(client_group_fixture,
                  "what was due before an interruption is missed") {
  write(1'000'000);
  const auto begin = clock::now();
  const auto end = begin + 60s;
  auto group = clients(1, 1'000, begin + 2s);
  std::jthread interrupts{[&] {
    std::this_thread::sleep_until(begin + 1s);
    stop = true;
  }};
  CHECK(group.run(end, stop));
  // About as many as there were milliseconds, of which most before the end of
  // the interrupted run, and each waited for what was left of it.
  CHECK(group.missed().total() > 500);
  CHECK(group.missed().total() < 30'000);
}

TEST_CASE_FIXTURE(client_group_fixture,
                  "what follows on an answer is due after it") {
  write(1);
  const auto begin = clock::now();
  auto group = clients(1, 100, begin + 3s);
  CHECK_FALSE(group.run(begin + 60s, stop));
  latency_counts seen;
  group.tallies().latency.add_to(seen);
  CHECK(seen.total() == 2);
  // An order waits for seconds; that it is shipped does not.
  CHECK(seen.percentile(1) > 2'000'000'000);
  CHECK(seen.percentile(0.5) < 2'000'000'000);
  CHECK(group.missed().total() == 0);
}
