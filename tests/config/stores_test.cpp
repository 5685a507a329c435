#include <doctest/doctest.h>

#include "tests/config/given.hpp"

using namespace holdfast;
using namespace holdfast::config::test;

namespace {

std::string many_stores(std::size_t count) {
  std::string names = "s0";
  for (std::size_t i = 1; i < count; ++i)
    names += ",s" + std::to_string(i);
  return names;
}

bool accepts(const std::string& stores) {
  return refusal({"serve"}, {{"STORES", stores}}) == "accepted";
}

} // namespace

TEST_CASE("a store is named as in the paths of the interface") {
  CHECK(accepts("a"));
  CHECK(accepts("0.A_z-9"));
  CHECK(accepts(std::string(64, 'x')));
  CHECK_FALSE(accepts(std::string(65, 'x')));
  for (const auto* name : {".a", "-a", "_a", "a/b", "a b", "caf\xc3\xa9"})
    CHECK_FALSE(accepts(name));
}

TEST_CASE("there is at least one store, and no empty name") {
  for (const auto* list : {"", ",", "a,", ",a", "a,,b", "a, b"})
    CHECK_FALSE(accepts(list));
}

TEST_CASE("no store is named twice") {
  CHECK_FALSE(accepts("a,b,a"));
  CHECK(accepts("a,A"));
}

TEST_CASE("there are at most 1000 stores") {
  CHECK(accepts(many_stores(1000)));
  CHECK_FALSE(accepts(many_stores(1001)));
}

TEST_CASE("a refusal of stores shows the list and the rule") {
  CHECK(refusal({"serve", "--stores", "a,a"})
        == "--stores is \"a,a\": must be 1 to 1000 different names of the form "
           "[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
}

TEST_CASE("a node is named as a store is") {
  CHECK(serve({"--node-name", "n-2"}).node_name == "n-2");
  CHECK(refusal({"serve"}, {{"NODE_NAME", "n 2"}}) != "accepted");
}
