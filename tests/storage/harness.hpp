// All journals behind one face, so that one suite holds them to the port.
#pragma once

#include <list>
#include <memory>

#include "src/storage/data_dir_lock.hpp"
#include "src/storage/shared_journal.hpp"
#include "src/storage/simulated/simulated_disk.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "src/storage/sqlite_ledger.hpp"
#include "temp_dir.hpp"
#include "tests/support/memory_ledger.hpp"

namespace holdfast::storage::testing {

/// A place that journals can be opened on, one after another.
class memory_place {
public:
  journal_ptr open() {
    return std::make_unique<memory_journal>(disk_);
  }
  std::unique_ptr<ledger> open_ledger() {
    return std::make_unique<memory_ledger>(disk_);
  }

private:
  std::shared_ptr<memory_disk> disk_ = std::make_shared<memory_disk>();
};

class sqlite_place {
public:
  journal_ptr open() {
    return open_sqlite_journal(options());
  }
  std::unique_ptr<ledger> open_ledger() {
    return open_sqlite_ledger(dir_.path());
  }
  /// Small bounds, so that little work meets every one of them.
  journal_options options() const {
    journal_options with;
    with.data_dir = dir_.path();
    with.node_name = "n1";
    with.tail_rows_min = 60;
    with.wal_pages_max = 10;
    return with;
  }
  const temp_dir& dir() const noexcept {
    return dir_;
  }

private:
  temp_dir dir_;
};

/// Every journal that is opened here has the directory beside those before it.
class shared_place {
public:
  journal_ptr open() {
    return open_parts("one").log;
  }
  shared_parts open_parts(const std::string& owner) {
    locks_.emplace_back(dir_.path(), data_dir_lock::sharing::shared);
    auto& lock = locks_.back();
    sharing_options with;
    with.owner = owner;
    with.lease_ttl_ms = 1'000;
    with.is_alone = lock.is_alone();
    with.terms = terms;
    try {
      auto made = open_shared_journal(options(), with);
      lock.let_others_in();
      return made;
    } catch (...) {
      locks_.pop_back();
      throw;
    }
  }
  /// What was opened so far is gone: the next one is alone.
  void all_left() {
    locks_.clear();
  }
  std::unique_ptr<ledger> open_ledger() {
    return open_sqlite_ledger(dir_.path());
  }
  journal_options options() const {
    journal_options with;
    with.data_dir = dir_.path();
    with.node_name = "n1";
    with.tail_rows_min = 60;
    return with;
  }
  const temp_dir& dir() const noexcept {
    return dir_;
  }

  /// What is opened from now on wants these.
  shared_terms terms;

private:
  temp_dir dir_;
  std::list<data_dir_lock> locks_;
};

/// Two that have it together.
struct two_processes {
  shared_place at;
  shared_parts one = at.open_parts("one");
  shared_parts two = at.open_parts("two");
};

/// The same journal on a disk that loses power on demand.
class simulated_place {
public:
  journal_ptr open() {
    return open_sqlite_journal(options());
  }
  std::unique_ptr<ledger> open_ledger() {
    return open_sqlite_ledger(options().data_dir, disk_);
  }
  journal_options options() const {
    journal_options with;
    with.data_dir = "/data";
    with.node_name = "n1";
    with.tail_rows_min = 60;
    with.wal_pages_max = 10;
    with.on = disk_;
    return with;
  }
  simulated_disk& disk() noexcept {
    return *disk_;
  }

private:
  std::shared_ptr<simulated_disk> disk_ = std::make_shared<simulated_disk>();
};

} // namespace holdfast::storage::testing
