#include "src/cli/node_journal.hpp"

#include <unistd.h>

#include <cstdlib>

#include "src/storage/clock_file.hpp"
#include "src/storage/shared_journal.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

/// What the wall clock may be off before somebody should know.
constexpr std::int64_t disagreement_ms_max = 1'000;

/// The same for all that share the directory.
std::shared_ptr<const time_source> make_time(const std::string& data_dir,
                                             std::int64_t not_before_ms) {
  auto made = std::make_shared<storage::resumed_time>(data_dir, not_before_ms);
  const auto ahead_ms = made->wall_ahead_ms();
  if (std::abs(ahead_ms) > disagreement_ms_max)
    telemetry::log_warn("clock_disagrees", {{"wallAheadMillis", ahead_ms}});
  if (!made->knows_boot())
    telemetry::log_warn("boot_unknown");
  return made;
}

/// What a client was promised by one process holds for all, and so does what
/// operators are told about the end of one. Everything else may differ.
storage::shared_terms terms_of(const settings& with) {
  return {{"IDEMP_TTL_MS", with.idemp_ttl_ms},
          {"LOCK_TTL_MS", with.lock_ttl_ms},
          {"RESERVATION_TTL_S", with.reservation_ttl_s}};
}

} // namespace

storage::data_dir_lock lock_directory(const settings& with) {
  using sharing = storage::data_dir_lock::sharing;
  return storage::data_dir_lock(
      with.data_dir, with.locks_enabled ? sharing::shared : sharing::exclusive);
}

node_journal open_journal(const settings& with, storage::data_dir_lock& lock) {
  storage::journal_options options;
  options.data_dir = with.data_dir;
  options.node_name = with.node_name;
  options.key_ttl_ms = with.idemp_ttl_ms;
  options.moves_beside = !with.locks_enabled;
  node_journal made;
  if (!with.locks_enabled) {
    made.log = storage::open_sqlite_journal(options);
    made.time = make_time(with.data_dir, made.log->last_time_ms());
    return made;
  }
  storage::sharing_options sharing;
  sharing.owner = lease_owner(with);
  sharing.lease_ttl_ms = with.lock_ttl_ms;
  sharing.is_alone = lock.is_alone();
  sharing.terms = terms_of(with);
  auto shared = storage::open_shared_journal(options, sharing);
  made.log = std::move(shared.log);
  made.leases = std::move(shared.leases);
  made.time = make_time(with.data_dir, made.log->last_time_ms());
  lock.let_others_in();
  return made;
}

std::string lease_owner(const settings& with) {
  return with.lock_owner_id.empty()
             ? with.node_name + "-" + std::to_string(::getpid())
             : with.lock_owner_id;
}

} // namespace holdfast::cli
