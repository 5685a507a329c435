// Actors that stand behind all others, on threads that are theirs alone.
#include <doctest/doctest.h>

#include <future>
#include <vector>

#include <sched.h>
#include <sys/resource.h>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>

#include "actors/background.hpp"
#include "actors/journal_writer.hpp"
#include "actors/ledger_reader.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;

namespace {

using namespace std::chrono_literals;

/// Whether the calling thread comes after those that say nothing.
bool is_behind() {
  const auto policy = ::sched_getscheduler(0);
  return policy == SCHED_IDLE
         || (policy == SCHED_BATCH && ::getpriority(PRIO_PROCESS, 0) == 19);
}

/// What an actor that asks for it gets.
template <caf::spawn_options Options>
bool is_behind_as_actor() {
  caf::actor_system_config config;
  caf::actor_system system{config};
  std::promise<bool> seen;
  system.spawn<Options>([&](caf::event_based_actor* self) {
    stand_behind_others(*self);
    seen.set_value(is_behind());
  });
  return seen.get_future().get();
}

constexpr auto cost = 5ms;

using steady = std::chrono::steady_clock;

/// Each page costs a processor so much.
class costly_ledger final : public ledger {
public:
  explicit costly_ledger(std::vector<steady::duration>& rests) : rests_(rests) {
    // nop
  }

  ledger_page read(const ledger_position&, std::size_t) override {
    if (end_ != steady::time_point{})
      rests_.push_back(steady::now() - end_);
    for (const auto until = processor_time() + cost; processor_time() < until;)
      ;
    ledger_page page;
    page.next.is = ledger_position::phase::records;
    end_ = steady::now();
    return page;
  }

private:
  std::vector<steady::duration>& rests_;
  steady::time_point end_;
};

/// Is read only once it may be.
class gated_ledger final : public ledger {
public:
  explicit gated_ledger(std::future<void> gate) : gate_(std::move(gate)) {
    // nop
  }

  ledger_page read(const ledger_position&, std::size_t) override {
    gate_.wait();
    ledger_page page;
    page.next.is = ledger_position::phase::records;
    return page;
  }

private:
  std::future<void> gate_;
};

} // namespace

TEST_CASE("an actor with a thread of its own stands behind all others") {
  CHECK(is_behind_as_actor<caf::detached>());
}

TEST_CASE("a thread that several actors share stays where it is") {
  const auto before = is_behind();
  CHECK(is_behind_as_actor<caf::no_spawn_options>() == before);
  CHECK(is_behind() == before);
}

TEST_CASE("a reader of records is busy for a third of the time at most") {
  constexpr std::size_t pages = 6;
  std::vector<steady::duration> rests;
  {
    caf::actor_system_config config;
    caf::actor_system system{config};
    const auto reader = system.spawn<caf::detached>(
        ledger_reader, std::make_unique<costly_ledger>(rests),
        ledger_owner{std::make_shared<journal_counters>(), {}});
    std::promise<void> all_came;
    std::size_t came = 0;
    const auto asks = system.spawn([&](collector_actor::pointer) {
      return collector_actor::behavior_type{[&](const collected& said) {
        CHECK(said.source == came);
        if (++came == pages)
          all_came.set_value();
      }};
    });
    for (std::uint64_t source = 0; source < pages; ++source)
      caf::anon_send(reader, collect{source, 1, {}}, asks);
    CHECK(all_came.get_future().wait_for(test::patience)
          == std::future_status::ready);
    caf::anon_send_exit(reader, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(asks, caf::exit_reason::user_shutdown);
  }
  REQUIRE(rests.size() == pages - 1);
  for (const auto rest : rests)
    CHECK(rest >= 2 * cost);
}

TEST_CASE("who asks again has one answer, the one that it waits for") {
  std::promise<void> gate;
  std::vector<std::uint64_t> numbers;
  {
    caf::actor_system_config config;
    caf::actor_system system{config};
    const auto reader = system.spawn<caf::detached>(
        ledger_reader, std::make_unique<gated_ledger>(gate.get_future()),
        ledger_owner{std::make_shared<journal_counters>(), {}});
    std::promise<void> last_came;
    const auto asks = system.spawn([&](collector_actor::pointer) {
      return collector_actor::behavior_type{[&](const collected& said) {
        numbers.push_back(said.number);
        if (said.number == 9)
          last_came.set_value();
      }};
    });
    // While it is at the first one.
    for (std::uint64_t number = 1; number <= 9; ++number)
      caf::anon_send(reader, collect{0, number, {}}, asks);
    gate.set_value();
    CHECK(last_came.get_future().wait_for(test::patience)
          == std::future_status::ready);
    caf::anon_send_exit(reader, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(asks, caf::exit_reason::user_shutdown);
  }
  CHECK(numbers == std::vector<std::uint64_t>{1, 9});
}
