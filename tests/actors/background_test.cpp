// Actors that stand behind all others, on threads that are theirs alone.
#include <doctest/doctest.h>

#include <future>

#include <sched.h>
#include <sys/resource.h>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>

#include "actors/background.hpp"
#include "actors/journal_writer.hpp"
#include "actors/ledger_reader.hpp"

using namespace holdfast;

namespace {

using namespace std::chrono_literals;

/// Whether the calling thread comes after those that say nothing.
bool is_behind() {
  return ::sched_getscheduler(0) != SCHED_OTHER
         && ::getpriority(PRIO_PROCESS, 0) > 0;
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

/// Each page costs a processor so much.
class costly_ledger final : public ledger {
public:
  ledger_page read(const ledger_position&, std::size_t) override {
    for (const auto until = processor_time() + cost; processor_time() < until;)
      ;
    ledger_page page;
    page.next.is = ledger_position::phase::records;
    return page;
  }
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
  constexpr int pages = 6;
  caf::actor_system_config config;
  caf::actor_system system{config};
  const auto reader = system.spawn<caf::detached>(
      ledger_reader, std::make_unique<costly_ledger>(),
      ledger_owner{std::make_shared<journal_counters>(), {}});
  std::promise<void> all_came;
  int came = 0;
  const auto asks = system.spawn([&](collector_actor::pointer) {
    return collector_actor::behavior_type{[&](const collected& said) {
      CHECK(said.number == static_cast<std::uint64_t>(came));
      if (++came == pages)
        all_came.set_value();
    }};
  });
  const auto began = std::chrono::steady_clock::now();
  for (std::uint64_t number = 0; number < pages; ++number)
    caf::anon_send(reader, collect{0, number, {}}, asks);
  all_came.get_future().wait();
  const auto took = std::chrono::steady_clock::now() - began;
  // It need not rest after the last one yet.
  CHECK(took >= (3 * pages - 2) * cost);
  caf::anon_send_exit(reader, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(asks, caf::exit_reason::user_shutdown);
}
