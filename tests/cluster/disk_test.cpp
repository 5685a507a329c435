// A node whose disk is full while others come and go.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/cluster/nodes.hpp"
#include "tests/faults/tmpfs.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t disk_bytes = 16 << 20;

/// Takes all space that is left, down to the last byte.
void fill(const std::string& path) {
  std::ofstream out{path, std::ios::binary};
  const std::string piece(4'096, 'x');
  while (out.write(piece.data(), static_cast<std::streamsize>(piece.size()))
         && out.flush())
    continue;
}

} // namespace

TEST_CASE("a full disk holds up who comes, and nothing else") {
  cluster_node first{"n1", {"store-a"}};
  const auto data = first.directory() + "/data";
  const test::tmpfs disk{data, disk_bytes};
  if (!disk.is_mounted())
    return;
  cluster_node second{"n2", {"store-b"}};
  first.start();
  second.start(&first);
  CHECK(first.ask(add("store-a")).status == 200);
  fill(data + "/ballast");
  // That it was started again is to be remembered before it is welcome.
  second.kill();
  second.start(&first);
  expect_soon([&] {
    return first.process().program().err().find("cluster_not_saved")
           != std::string::npos;
  });
  CHECK(first.ask(get(record_path("s", "store-a"))).status == 200);
  CHECK(second.ask(add("store-b")).status == 200);
  const auto made = first.ask(
      post("/api/cluster/nodes/n1/stores", R"({"storeId":"store-new"})"));
  CHECK(made.status == 503);
  CHECK(first.process().program().is_running());

  std::filesystem::remove(data + "/ballast");
  expect_soon([&] { return first.ask(add("store-b")).status == 200; });
  expect_soon([&] { return second.ask(add("store-a")).status == 200; });
  CHECK(first.seen("n2")["epoch"] == 2);
  first.stop();
  second.stop();
}
