// One process per data directory.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "src/storage/data_dir_lock.hpp"
#include "src/storage/wrong_data_dir.hpp"
#include "temp_dir.hpp"

using namespace holdfast::storage;
using namespace holdfast::storage::testing;

TEST_CASE("a data directory has one holder, who is named") {
  const temp_dir parent;
  const auto dir = parent / "new/data";
  std::optional<data_dir_lock> lock;
  lock.emplace(dir);
  try {
    data_dir_lock second(dir);
    FAIL("two holders");
  } catch (const data_dir_busy& busy) {
    const std::string what = busy.what();
    CHECK(what.find("data directory " + dir + " is in use by pid "
                    + std::to_string(::getpid()) + " since 20")
          == 0);
  }
  lock.reset();
  CHECK_NOTHROW(data_dir_lock{dir});
}

TEST_CASE("a lock holds although its file was removed") {
  const temp_dir parent;
  const auto dir = parent / "data";
  for (const auto first :
       {data_dir_lock::sharing::exclusive, data_dir_lock::sharing::shared}) {
    data_dir_lock lock(dir, first);
    std::filesystem::remove(dir + "/lock");
    CHECK_THROWS_AS(data_dir_lock{dir}, data_dir_busy);
    // Whoever shared and let nobody in yet has it alone.
    CHECK(data_dir_lock::is_held(dir));
  }
  CHECK_FALSE(data_dir_lock::is_held(dir));
  CHECK_NOTHROW(data_dir_lock{dir});
}

TEST_CASE("a directory that this user may not use is a wrong one") {
  const temp_dir dir;
  std::filesystem::permissions(dir.path(), std::filesystem::perms::none);
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // Nothing is closed to root.
    constexpr uid_t nobody = 65534;
    try {
      if (::geteuid() == 0 && ::setuid(nobody) != 0)
        ::_exit(3);
      data_dir_lock{dir.path()};
    } catch (const wrong_data_dir&) {
      ::_exit(0);
    } catch (const std::exception&) {
      ::_exit(2);
    }
    ::_exit(1);
  }
  int status = -1;
  CHECK(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("who shares a directory is named, unless it has ended") {
  const temp_dir parent;
  const auto dir = parent / "data";
  using sharing = data_dir_lock::sharing;
  data_dir_lock one(dir, sharing::shared);
  one.let_others_in();
  const auto reason = [&] {
    try {
      data_dir_lock alone(dir);
    } catch (const data_dir_busy& busy) {
      return std::string{busy.what()};
    }
    return std::string{};
  };
  CHECK(reason().find("by pid " + std::to_string(::getpid()))
        != std::string::npos);
  // A number that no process has.
  std::ofstream{dir + "/lock"} << "pid 2000000000 since then\n";
  CHECK(reason().ends_with("is in use by another process"));
}

TEST_CASE("who shares a directory is named although the last to come ended") {
  const temp_dir parent;
  const auto dir = parent / "data";
  data_dir_lock one(dir, data_dir_lock::sharing::shared);
  one.let_others_in();
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      data_dir_lock{dir, data_dir_lock::sharing::shared};
    } catch (const std::exception&) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  int status = -1;
  CHECK(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  try {
    data_dir_lock alone(dir);
    FAIL("two holders");
  } catch (const data_dir_busy& busy) {
    const std::string what = busy.what();
    CHECK_MESSAGE(what.find("by pid " + std::to_string(::getpid()))
                      != std::string::npos,
                  what);
  }
}

TEST_CASE("directories are independent") {
  const temp_dir parent;
  const data_dir_lock one(parent / "one");
  CHECK_NOTHROW(data_dir_lock{parent / "two"});
}
