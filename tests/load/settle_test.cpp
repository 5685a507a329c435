// Questions that are asked until somebody settles them.
#include <doctest/doctest.h>

#include <thread>

#include "src/cli/load/client_group.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace std::chrono_literals;

namespace {

using clock = transport::clock;

/// Turns everything away at once, as a node does whose store is away, and
/// tells one client after the other.
class closed_transport final : public transport {
public:
  explicit closed_transport(std::size_t& asked) : asked_(asked) {
    // nop
  }

  void send(std::uint32_t, std::uint64_t ticket, command&&) override {
    ++asked_;
    told_.push_back(
        {ticket, fate::answered, refusal(error_code::store_unavailable)});
  }
  void flush() override {
    // nothing waits
  }
  void receive(clock::time_point until, std::vector<reply>& into) override {
    if (told_.empty()) {
      std::this_thread::sleep_until(until);
      return;
    }
    into.push_back(std::move(told_.back()));
    told_.pop_back();
  }
  fate abandon(std::uint32_t) override {
    return fate::unknown;
  }

private:
  std::size_t& asked_;
  std::vector<reply> told_;
};

} // namespace

TEST_CASE("who is turned away does not come again at once") {
  const name_book names{"run", {"store-1"}};
  const watch over;
  const auto scenario = make_scenario({}, 1);
  client_plan plan;
  plan.clients = 4;
  plan.seed = seeded_engine()();
  std::size_t asked = 0;
  client_group group{plan, names, over,
                     std::make_unique<closed_transport>(asked),
                     scenario->make(0, plan.seed)};
  std::vector<draft> tasks(8);
  group.settle(tasks, clock::now() + 200ms);
  CHECK(tasks.size() == 8);
  // Each client at most once in 20 ms, and once more in the end.
  CHECK(asked >= 4);
  CHECK(asked <= 4 * 11);
}
