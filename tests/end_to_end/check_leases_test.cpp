// A journal that processes share says who might write.
#include <doctest/doctest.h>

#include <fstream>

#include "src/storage/sqlite.hpp"
#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/run_program.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a shared journal is held against its leases") {
  live_node node{{"--locks-enabled"}};
  caller client{node.port()};
  CHECK(client
            .ask(post("/api/inventory/stores/store-1/inventory/a/adjust",
                      R"({"delta":5})"))
            .status
        == 200);
  node.stop();
  const auto data = node.directory() + "/data";
  const auto none = node.directory() + "/none.jsonl";
  std::ofstream{none} << R"({"type":"history","format":1})" << '\n';
  const auto check = [&] {
    return run_program(node.directory(), {test::holdfast_program(), "check",
                                          none, "--journal", data});
  };
  auto end = check();
  CHECK(says(end.out, "item 2, events nobody asked for"));
  CHECK_FALSE(says(end.out, "item 8"));
  // Somebody was granted everything before that, and wrote nothing.
  storage::database{data + "/journal.db", storage::database::access::create}
      .exec("INSERT INTO tenures(store, sku, owner, after_seq)"
            " SELECT store, sku, 'another', 0 FROM tenures");
  end = check();
  CHECK(end.code == 1);
  CHECK(says(end.out, "item 8, events of an owner that had lost"));
  CHECK(says(end.out, ", which had lost its lease to another"));
}
