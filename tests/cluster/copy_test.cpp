// A node that goes on from an older copy of its directory, as the others see
// it.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/cluster/nodes.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;

namespace {

namespace fs = std::filesystem;

/// Every thread of it, so that its files are of one moment.
bool is_stopped(pid_t pid) {
  const fs::directory_iterator threads{"/proc/" + std::to_string(pid)
                                       + "/task"};
  return std::all_of(begin(threads), end(threads), [](const auto& each) {
    std::ifstream in{each.path() / "stat"};
    const std::string text{std::istreambuf_iterator{in}, {}};
    const auto name_end = text.rfind(')');
    return name_end != std::string::npos && text.substr(name_end, 3) == ") T";
  });
}

int adjust(const cluster_node& by, const std::string& sku, int delta) {
  return by
      .ask(post(record_path(sku, "store-b") + "/adjust",
                R"({"delta":)" + std::to_string(delta) + "}"))
      .status;
}

/// After a round that read everything.
json central(const cluster_node& by, const std::string& sku) {
  json round;
  expect_soon([&] {
    round = by.ask_json(post("/api/sync", "{}"));
    return round.value("failedStores", json{0}).empty();
  });
  CHECK(round["drift"] == 0);
  return by.ask_json(get("/api/inventory/skus/" + sku));
}

} // namespace

TEST_CASE("what an older copy does not have leaves the views of others") {
  cluster_node keeper{"n1", {"store-a"}};
  cluster_node back{"n2", {"store-b"}};
  keeper.start();
  back.start(&keeper);
  CHECK(adjust(back, "s", 1) == 200);
  const auto data = back.directory() + "/data";
  const auto pid = back.process().program().pid();
  back.send(SIGSTOP);
  expect_soon([&] { return is_stopped(pid); });
  fs::copy(data, data + "-old", fs::copy_options::recursive);
  back.send(SIGCONT);
  expect_soon([&] { return adjust(back, "gone", 3) == 200; });
  for (int i = 0; i < 5; ++i)
    CHECK(adjust(back, "s", 10) == 200);
  CHECK(central(keeper, "s")["onHand"] == 51);
  back.kill();
  fs::remove_all(data);
  fs::rename(data + "-old", data);
  back.start(&keeper);
  expect_soon([&] { return keeper.seen("n2")["state"] == "up"; });
  expect_soon([&] { return adjust(back, "s", 2) == 200; });
  const auto view = central(keeper, "s");
  CHECK(view["onHand"] == 3);
  CHECK(view["complete"] == true);
  CHECK(keeper.ask(get("/api/inventory/skus/gone")).status == 404);
  expect_soon([&] {
    return keeper.process().program().err().find("goes on from an older copy")
           != std::string::npos;
  });
}
