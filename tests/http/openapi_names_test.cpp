// Which names and texts the document of the API admits.
#include <doctest/doctest.h>

#include <string>

#include "holdfast/names.hpp"
#include "http/openapi.hpp"
#include "tests/support/api_document.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

TEST_CASE("what a name may hold is told as the edge judges it") {
  const test::api_document document{json::parse(openapi_document())};
  const json sku = {{"$ref", "#/components/schemas/Sku"}};
  const json text = {{"$ref", "#/components/schemas/Text"}};
  for (const std::string good :
       {" ", "\u00a0", "\u00df", "\u0100\u2028", "~"}) {
    CHECK(is_sku(good));
    CHECK(document.check(sku, good).empty());
    CHECK(document.check(text, good).empty());
  }
  for (const std::string bad :
       {"\t", "a\u001f", "\u007f", "\u0080", "a\n\u0085", "\u009fb"}) {
    CHECK_FALSE(is_sku(bad));
    CHECK_FALSE(document.check(sku, bad).empty());
    CHECK_FALSE(document.check(text, bad).empty());
  }
  CHECK_FALSE(document.check(sku, "a/b").empty());
  CHECK(document.check(text, "a/b").empty());
}
