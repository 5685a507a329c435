#include "src/cli/node_journal.hpp"

#include <unistd.h>

#include "src/storage/shared_journal.hpp"
#include "src/storage/sqlite_journal.hpp"

namespace holdfast::cli {

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
  node_journal made;
  if (!with.locks_enabled) {
    made.log = storage::open_sqlite_journal(options);
    made.time = std::make_shared<steady_time>(made.log->last_time_ms());
    return made;
  }
  storage::sharing_options sharing;
  sharing.owner = lease_owner(with);
  sharing.lease_ttl_ms = with.lock_ttl_ms;
  sharing.is_alone = lock.is_alone();
  auto shared = storage::open_shared_journal(options, sharing);
  lock.let_others_in();
  made.log = std::move(shared.log);
  made.leases = std::move(shared.leases);
  made.time = std::make_shared<anchored_time>(shared.clock_offset_ms);
  return made;
}

std::string lease_owner(const settings& with) {
  return with.lock_owner_id.empty()
             ? with.node_name + "-" + std::to_string(::getpid())
             : with.lock_owner_id;
}

} // namespace holdfast::cli
