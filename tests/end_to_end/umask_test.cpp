// What a node makes is its own to read and write.
#include <doctest/doctest.h>

#include <csignal>

#include <filesystem>

#include "tests/storage/temp_dir.hpp"
#include "tests/support/node_process.hpp"

using namespace holdfast;

namespace fs = std::filesystem;

TEST_CASE("a umask takes nothing from the owner of the files") {
  const storage::testing::temp_dir directory;
  test::node_plan plan;
  plan.directory = directory.path();
  plan.wrapper = {"sh", "-c", "umask 0777; exec \"$@\"", "sh"};
  const auto made = test::node_process::data_dir_of(plan);
  test::node_process node{std::move(plan)};
  REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
  node.program().send(SIGTERM);
  CHECK(node.program().wait(test::patience) == test::process_end{0, false});
  constexpr auto wanted = fs::perms::owner_read | fs::perms::owner_write;
  int files = 0;
  for (const auto& each : fs::recursive_directory_iterator{made}) {
    CAPTURE(each.path().string());
    CHECK((each.status().permissions() & wanted) == wanted);
    ++files;
  }
  CHECK(files > 1);
}

TEST_CASE("a umask that takes nothing lets nobody else write the files") {
  const storage::testing::temp_dir directory;
  test::node_plan plan;
  plan.directory = directory.path();
  plan.wrapper = {"sh", "-c", "umask 0; exec \"$@\"", "sh"};
  const auto made = test::node_process::data_dir_of(plan);
  test::node_process node{std::move(plan)};
  REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
  node.program().send(SIGTERM);
  CHECK(node.program().wait(test::patience) == test::process_end{0, false});
  constexpr auto others = fs::perms::group_write | fs::perms::others_write;
  for (const auto& each : fs::recursive_directory_iterator{made})
    if (each.is_regular_file()) {
      CAPTURE(each.path().string());
      CHECK((each.status().permissions() & others) == fs::perms::none);
    }
}
