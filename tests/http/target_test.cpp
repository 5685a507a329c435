#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "http/query_reader.hpp"
#include "http/target.hpp"

using namespace holdfast::http;

namespace {

using texts = std::vector<std::string>;

texts segments_of(std::string_view text) {
  texts result;
  const request_target target{text};
  for (const auto& each : target.segments())
    result.push_back(each.malformed ? "MALFORMED" : std::string{each.text});
  return result;
}

std::string escape_all(const std::string& text) {
  constexpr char hex[] = "0123456789aBcDeF";
  std::string result;
  for (const unsigned char c : text)
    result.append({'%', hex[c >> 4], hex[c & 15]});
  return result;
}

} // namespace

TEST_CASE("an origin form is split at its slashes") {
  CHECK(segments_of("/") == texts{""});
  CHECK(segments_of("/api") == texts{"api"});
  CHECK(segments_of("/api/events") == texts{"api", "events"});
  CHECK(segments_of("/api/events/") == texts{"api", "events", ""});
  CHECK(segments_of("//a") == texts{"", "a"});
}

TEST_CASE("an absolute form is its path") {
  CHECK(segments_of("http://shop:3000/api/events") == texts{"api", "events"});
  CHECK(segments_of("HTTPS://shop/api") == texts{"api"});
  CHECK(segments_of("http://shop") == texts{""});
  const request_target target{"http://shop?limit=1"};
  CHECK(target.query() == "limit=1");
  CHECK(target.segments().size() == 1);
}

TEST_CASE("what is neither form is malformed") {
  for (const auto* text :
       {"", "*", "api", "?a=b", "http://", "http:///api", "ftp://shop/api",
        "shop:3000", "/api#top", "http://shop/#"}) {
    CAPTURE(text);
    const request_target target{text};
    CHECK(target.malformed());
    CHECK(target.segments().empty());
  }
}

TEST_CASE("segments are decoded after they were split") {
  CHECK(segments_of("/a%2Fb/c") == texts{"a/b", "c"});
  CHECK(segments_of("/BANK%20CHARGES/%c3%a9") == texts{"BANK CHARGES", "é"});
  CHECK(segments_of("/%3Fa%23") == texts{"?a#"});
  CHECK(segments_of("/%2525") == texts{"%25"});
}

TEST_CASE("a plus is a plus") {
  CHECK(segments_of("/a+b%2B") == texts{"a+b+"});
  const auto query = parse_query("sku=a+b%2bc");
  REQUIRE(query.size() == 1);
  CHECK(query[0].value == "a+b+c");
}

TEST_CASE("a broken escape spoils its own segment only") {
  for (const auto* bad : {"%", "%4", "%zz", "%4g", "a%", "%%41", "%u0041"}) {
    CAPTURE(bad);
    CHECK(segments_of(std::string{"/x%41/"} + bad + "/y%42")
          == texts{"xA", "MALFORMED", "yB"});
  }
}

TEST_CASE("a path longer than any route keeps its tail in one segment") {
  const request_target target{"/1/2/3/4/5/6/7/8/9/10/11"};
  REQUIRE(target.segments().size() == request_target::segments_max);
  CHECK(target.segments().back().text == "9/10/11");
}

TEST_CASE("the query is what follows the first question mark") {
  const request_target target{"/api/events?after=1?&x=%2F"};
  CHECK(target.query() == "after=1?&x=%2F");
  CHECK(target.segments().back().text == "events");
}

TEST_CASE("a query is its parameters in their order") {
  const auto query = parse_query("a=1&&b=&c&a=2=3&=v&%61=%62");
  REQUIRE(query.size() == 6);
  const std::vector<std::pair<std::string, std::string>> expected{
      {"a", "1"}, {"b", ""}, {"c", ""}, {"a", "2=3"}, {"", "v"}, {"a", "b"}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(query[i].name == expected[i].first);
    CHECK(query[i].value == expected[i].second);
    CHECK_FALSE(query[i].malformed);
  }
  CHECK(parse_query("").empty());
  CHECK(parse_query("&&").empty());
}

TEST_CASE("what has more parameters than any resource is not looked into") {
  std::string query = "a0=";
  for (int i = 1; i < 17; ++i)
    query += "&a" + std::to_string(i) + "=";
  faults found;
  int taken = 0;
  read_query(query, found, [&](query_parameter&) {
    ++taken;
    return nullptr;
  });
  CHECK(taken == 0);
  REQUIRE(found.size() == 1);
  CHECK(found[0].pointer == "");
}

TEST_CASE("a broken escape in a query is told") {
  const auto query = parse_query("a=%4&%zz=1&b=1");
  REQUIRE(query.size() == 3);
  CHECK(query[0].malformed);
  CHECK(query[1].malformed);
  CHECK_FALSE(query[2].malformed);
}

TEST_CASE("every text survives being escaped") {
  CHECK(rc::check("decode(escape(x)) == x", [](const std::string& text) {
    std::string decoded;
    RC_ASSERT(percent_decode(escape_all(text), decoded));
    RC_ASSERT(decoded == text);
    RC_ASSERT(segments_of("/a/" + escape_all(text)) == texts({"a", text}));
  }));
}
