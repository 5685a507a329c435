#include "src/cli/central.hpp"

#include <future>
#include <utility>

#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "src/storage/sqlite_ledger.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

/// For the actor to add up the page that it has at the moment.
constexpr std::chrono::milliseconds fold_patience{500};

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names)
    list.append(list.empty() ? "" : ",").append(name);
  return list;
}

void log_round(const round_report& done, const std::vector<drift>& found) {
  for (const auto& each : found)
    telemetry::log_error("drift", {{"store", each.store},
                                   {"sku", each.sku},
                                   {"seq", each.seq},
                                   {"what", each.what}});
  if (!done.failed_stores.empty())
    telemetry::log_warn(
        "round_failed",
        {{"round", done.round}, {"stores", list_of(done.failed_stores)}});
  telemetry::log_debug("round", {{"round", done.round},
                                 {"micros", done.took.count()},
                                 {"skus", done.skus},
                                 {"drift", done.drift}});
}

void log_failure(const std::string& node, const std::string& why) {
  telemetry::log_warn("ledger_not_read", {{"node", node}, {"reason", why}});
}

} // namespace

central::central(caf::actor_system& system, const settings& with,
                 std::shared_ptr<const time_source> time, chain_actor owners,
                 std::shared_ptr<sync_board> board, ledger_owner owner) {
  sync_parts parts;
  parts.with = with;
  parts.own = storage::open_sqlite_ledger(with.data_dir);
  parts.owner = std::move(owner);
  parts.config.owners = std::move(owners);
  parts.config.time = std::move(time);
  parts.config.board = board;
  parts.config.on_round = log_round;
  parts.config.on_failure = log_failure;
  actors_ = spawn_sync(system, std::move(parts));
  pages_ = std::make_unique<sync_pages>(actors_.rounds, std::move(board));
}

central::~central() {
  finish();
}

bool central::last_round(std::chrono::milliseconds within) const {
  // Shared: the answer may come when nobody waits for it any more.
  auto done = std::make_shared<std::promise<bool>>();
  auto result = done->get_future();
  caf::anon_send(actors_.rounds,
                 round_request{std::chrono::steady_clock::now() + within,
                               [done](const round_answer& said) {
                                 done->set_value(said.is_complete());
                               }});
  return result.wait_for(within) == std::future_status::ready && result.get();
}

// Who waits for a round is answered once the actor is gone.
void central::finish() {
  caf::scoped_actor self{actors_.rounds->home_system()};
  self->monitor(actors_.rounds);
  actors_.finish();
  self->receive([](const caf::down_msg&) {},
                caf::after(fold_patience) >> [] {});
}

} // namespace holdfast::cli
