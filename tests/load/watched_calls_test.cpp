// What is written of calls and events that are taken apart.
#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "src/cli/load/watched_calls.hpp"
#include "tests/load/call_about.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

const name_book of_one_store{"tag", {"store-1"}};

event change_of(std::uint32_t sku, std::uint64_t seq, std::uint64_t version) {
  event made;
  made.type = event_type::stock_adjusted;
  made.seq = seq;
  made.after.version = version;
  made.from.store = "store-1";
  made.from.sku = of_one_store.sku(sku);
  return made;
}

} // namespace

TEST_CASE("events are written by seq, in however many parts they are judged") {
  for (const std::size_t part_size : {1, 100}) {
    CAPTURE(part_size);
    watched_calls all{{call_about(0), call_about(1), call_about(2)}, part_size};
    const std::string node = "n1";
    for (std::uint64_t seq = 1; seq <= 9; ++seq) {
      const auto sku = static_cast<std::uint32_t>(seq * 2 % 3);
      CHECK(all.take(node, sku, change_of(sku, seq, (seq + 2) / 3)));
    }
    CHECK_FALSE(all.take(node, 3, change_of(3, 10, 1)));
    std::stringstream file;
    std::vector<checker::violation> found;
    const auto nothing = [](std::uint32_t) {
      return std::nullopt;
    };
    all.judge({of_one_store, false, {}, nothing, nothing, &file}, found);
    std::vector<std::uint64_t> numbers;
    std::size_t calls = 0;
    for (std::string line; std::getline(file, line);) {
      const auto said = nlohmann::json::parse(line);
      if (said.contains("seq"))
        numbers.push_back(said["node"] == node ? said["seq"].get<int>() : 0);
      else
        calls += said["type"] == "call" ? 1 : 0;
    }
    CHECK(numbers == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9});
    CHECK(calls == 3);
  }
}
