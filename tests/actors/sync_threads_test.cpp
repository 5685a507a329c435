// The threads of the central view, against those that answer callers.
#include <doctest/doctest.h>

#include <algorithm>
#include <future>

#include <sys/resource.h>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>

#include "actors/journal_writer.hpp"
#include "actors/sync_wiring.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;

namespace {

/// The greatest there is.
constexpr int nice_max = 19;

/// On Linux that of the thread.
int own_nice() {
  return ::getpriority(PRIO_PROCESS, 0);
}

/// Empty, and tells of the thread that reads it first.
class telling_ledger final : public ledger {
public:
  explicit telling_ledger(std::promise<int>& into) : into_(into) {
    // nop
  }

  ledger_page read(const ledger_position&, std::size_t) override {
    if (!std::exchange(has_told_, true))
      into_.set_value(own_nice());
    ledger_page page;
    page.next.is = ledger_position::phase::events;
    return page;
  }

private:
  std::promise<int>& into_;
  bool has_told_ = false;
};

struct node_config : caf::actor_system_config {
  node_config() {
    add_message_types<caf::id_block::holdfast>();
    add_message_types<caf::id_block::holdfast_doors>();
  }
};

/// Something that no thread is, if nothing is told.
int told(std::promise<int>& by) {
  auto result = by.get_future();
  if (result.wait_for(test::patience) != std::future_status::ready)
    return nice_max + 1;
  return result.get();
}

/// How nice the threads are that read and add up.
std::pair<int, int> threads_of(const settings& with) {
  std::promise<int> reads;
  std::promise<int> adds_up;
  node_config config;
  caf::actor_system system{config};
  const auto owners = system.spawn([](chain_actor::pointer) {
    return chain_actor::behavior_type{[](const batch&) {},
                                      [](const report&) {
                                      }};
  });
  sync_parts parts;
  parts.with = with;
  parts.own = std::make_unique<telling_ledger>(reads);
  parts.owner.journal = std::make_shared<journal_counters>();
  parts.config.owners = owners;
  parts.config.time = std::make_shared<steady_time>();
  parts.config.on_round = [&](const round_report& done, const auto&) {
    if (done.round == 1)
      adds_up.set_value(own_nice());
  };
  auto made = spawn_sync(system, std::move(parts));
  const std::pair seen{told(reads), told(adds_up)};
  made.finish();
  caf::anon_send_exit(owners, caf::exit_reason::user_shutdown);
  return seen;
}

} // namespace

TEST_CASE("threads of rounds give way, and no other thread does") {
  const auto usual = own_nice();
  const auto [reads, adds_up] = threads_of({});
  const auto patient = std::min(usual + 10, nice_max);
  CHECK(reads == patient);
  CHECK(adds_up == patient);
  CHECK(own_nice() == usual);
}

TEST_CASE("where a transaction waits for who reads, nobody gives way") {
  settings with;
  with.locks_enabled = true;
  const auto usual = own_nice();
  CHECK(threads_of(with) == std::pair{usual, usual});
}
