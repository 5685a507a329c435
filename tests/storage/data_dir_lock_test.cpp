// One process per data directory.
#include <doctest/doctest.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "src/storage/data_dir_lock.hpp"
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

TEST_CASE("directories are independent") {
  const temp_dir parent;
  const data_dir_lock one(parent / "one");
  CHECK_NOTHROW(data_dir_lock{parent / "two"});
}
