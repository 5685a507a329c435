// What a disk without room costs.
#include <doctest/doctest.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "damage.hpp"
#include "harness.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// A file system of its own with little room, if this process may mount one.
class small_disk {
public:
  small_disk()
      : mounted_(
          ::mount("holdfast-test", dir_.path().c_str(), "tmpfs", 0, "size=2m")
          == 0) {
    // nop
  }
  ~small_disk() {
    if (mounted_)
      ::umount(dir_.path().c_str());
  }
  bool mounted() const noexcept {
    return mounted_;
  }
  const temp_dir& dir() const noexcept {
    return dir_;
  }

private:
  temp_dir dir_;
  bool mounted_;
};

/// Writes until there is no room; false if there always was.
bool fill_up(journal& log, workload& work) {
  for (auto i = 0; i < 2'000; ++i) {
    try {
      log.begin();
      work.write(log, 40);
      log.commit();
      work.committed();
    } catch (const journal_error& error) {
      REQUIRE(error.is() == journal_error::kind::full);
      log.rollback();
      work.rolled_back();
      return true;
    }
  }
  return false;
}

} // namespace

TEST_CASE("a full disk costs the batch and nothing else") {
  const small_disk disk;
  if (!disk.mounted()) {
    MESSAGE("SKIPPED: no right to mount a small file system");
    return;
  }
  const auto ballast = disk.dir() / "ballast";
  write_file(ballast, std::string(512 * 1024, 'b'));
  journal_options with;
  with.data_dir = disk.dir().path();
  with.node_name = "n1";
  with.wal_pages_max = 12;
  workload work(21);
  {
    auto log = open_sqlite_journal(with);
    REQUIRE(fill_up(*log, work));
    check_content(*log, work);
    REQUIRE(fill_up(*log, work));
    check_content(*log, work);
    std::filesystem::remove(ballast);
    for (auto i = 0; i < 20; ++i)
      work.transact(*log, 10);
    check_content(*log, work);
    REQUIRE(fill_up(*log, work));
  }
  CHECK(fault_of(with.data_dir) == "");
  with.data_dir = disk.dir().path();
  check_content(*open_sqlite_journal(with), work);
}

TEST_CASE("a full disk without room for what readers share is called full") {
  const small_disk disk;
  if (!disk.mounted()) {
    MESSAGE("SKIPPED: no right to mount a small file system");
    return;
  }
  journal_options with;
  with.data_dir = disk.dir().path();
  with.node_name = "n1";
  workload work(22);
  work.transact(*open_sqlite_journal(with), 10);
  // As in a copy of the directory.
  std::filesystem::remove(disk.dir() / "journal.db-shm");
  const auto ballast = disk.dir() / "ballast";
  write_file(ballast, std::string(4 << 20, 'b'));
  CHECK_THROWS_WITH_AS(open_sqlite_journal(with),
                       doctest::Contains("make space"), journal_error);
  CHECK_THROWS_WITH_AS(verify_journal(with.data_dir),
                       doctest::Contains("make space"), journal_error);
  std::filesystem::remove(ballast);
  check_content(*open_sqlite_journal(with), work);
}

TEST_CASE("processes that share a full disk are not told that it has room") {
  const small_disk disk;
  if (!disk.mounted()) {
    MESSAGE("SKIPPED: no right to mount a small file system");
    return;
  }
  journal_options with;
  with.data_dir = disk.dir().path();
  with.node_name = "n1";
  data_dir_lock lock{with.data_dir, data_dir_lock::sharing::shared};
  sharing_options shared;
  shared.owner = "one";
  shared.is_alone = lock.is_alone();
  const auto log = open_shared_journal(with, shared).log;
  workload work(23);
  work.transact(*log, 10);
  const auto ballast = disk.dir() / "ballast";
  write_file(ballast, std::string(4 << 20, 'b'));
  CHECK_THROWS_WITH_AS(log->checkpoint(0, true),
                       doctest::Contains("the disk is full"), journal_error);
  std::filesystem::remove(ballast);
  CHECK_NOTHROW(log->checkpoint(0, true));
  check_content(*log, work);
}

TEST_CASE("a file as large as files may be has no room, and is no failure") {
  const temp_dir dir;
  const auto made = system_disk()->open(dir / "file", disk::opening::fresh);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto heard = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4'096, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  auto is = journal_error::kind::failed;
  try {
    made->write_at(0, std::string(8'192, 'x'));
  } catch (const journal_error& error) {
    is = error.is();
  }
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, heard);
  CHECK(is == journal_error::kind::full);
}
