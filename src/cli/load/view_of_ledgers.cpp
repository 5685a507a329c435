#include "src/cli/load/view_of_ledgers.hpp"

#include <future>
#include <utility>

#include <caf/send.hpp>

#include "actors/sync_wiring.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

/// A first round reads everything there is.
constexpr auto first_round_patience = 60s;
constexpr std::size_t page_size = 1'000;

checker::central_entry spell(const central_sku& of) {
  checker::central_entry made{
      std::string{of.sku}, of.on_hand, of.reserved, of.available, {}};
  for (const auto& part : of.parts)
    made.records.push_back({std::string{part.store}, made.sku, part.is});
  return made;
}

} // namespace

view_of_ledgers::view_of_ledgers(caf::actor_system& system,
                                 std::vector<ledger_seat> ledgers,
                                 chain_actor owners) {
  synchronizer_config config;
  config.with = rounds_of(settings{});
  // When it is asked for, and not by itself.
  config.with.interval = 0ms;
  config.ledgers = std::move(ledgers);
  config.owners = std::move(owners);
  config.time = std::make_shared<steady_time>();
  config.board = board_;
  rounds_ = system.spawn<caf::detached>(synchronizer, std::move(config));
}

view_of_ledgers::~view_of_ledgers() {
  caf::anon_send_exit(rounds_, caf::exit_reason::user_shutdown);
}

void view_of_ledgers::read(const target::view_listener& tell) const {
  // Shared: the answer may come when nobody waits for it any more.
  auto done = std::make_shared<std::promise<bool>>();
  auto result = done->get_future();
  caf::anon_send(rounds_, round_request{std::chrono::steady_clock::now()
                                            + first_round_patience,
                                        [done](const round_answer& said) {
                                          done->set_value(said.is_complete());
                                        }});
  if (result.wait_for(first_round_patience) != std::future_status::ready
      || !result.get())
    throw node_away{"there was no complete round of the central view"};
  const auto view = board_->view();
  for (auto next = view->page({{}, {}, page_size});;
       next = view->page({next.next, {}, page_size})) {
    for (const auto& each : next.skus)
      tell(spell(each));
    if (next.next.empty())
      return;
  }
}

} // namespace holdfast::cli
