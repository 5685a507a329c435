#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "holdfast/names.hpp"
#include "http/preconditions.hpp"
#include "http/request_id.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

using kind = etag_condition::kind;
using versions = std::vector<std::uint64_t>;

versions versions_in(std::string_view field, comparison how) {
  etag_condition result;
  CHECK(parse_etags(field, how, result));
  CHECK(result.is == kind::list);
  return result.versions;
}

std::string key_in(std::string_view field) {
  std::string key;
  return parse_idempotency_key(field, key) ? key : "REFUSED";
}

} // namespace

TEST_CASE("an asterisk is any version") {
  for (const auto* field : {"*", " * ", "\t*"}) {
    etag_condition result;
    CHECK(parse_etags(field, comparison::strong, result));
    CHECK(result.is == kind::any);
    CHECK(result.versions.empty());
  }
}

TEST_CASE("a list of ETags is a list of versions") {
  CHECK(versions_in("\"7\"", comparison::strong) == versions{7});
  CHECK(versions_in("\"7\", \"8\"", comparison::strong) == versions{7, 8});
  CHECK(versions_in(" \"7\"\t,\"9\" ", comparison::strong) == versions{7, 9});
  CHECK(versions_in(", ,\"7\",,", comparison::strong) == versions{7});
}

TEST_CASE("an ETag that is not ours is legal and names no version") {
  for (const auto* field :
       {"\"\"", "\"abc\"", "\"07\"", "\"0\"", "\"-7\"", "\"+7\"", "\"7.0\"",
        "\"7,8\"", "\"99999999999999999999\"", "\"\xc3\xa9\"", "\"W/\""}) {
    CAPTURE(field);
    CHECK(versions_in(field, comparison::strong).empty());
    CHECK(versions_in(field, comparison::weak).empty());
  }
}

TEST_CASE("only a weak comparison sees the version in a weak ETag") {
  CHECK(versions_in("W/\"7\", \"8\"", comparison::strong) == versions{8});
  CHECK(versions_in("W/\"7\", \"8\"", comparison::weak) == versions{7, 8});
}

TEST_CASE("what is no list of ETags is refused") {
  for (const auto* field :
       {"", " ", ",", "7", "\"7", "7\"", "'7'", "\"7\" \"8\"", "\"7\"8",
        "w/\"7\"", "W/7", "W /\"7\"", "*, \"7\"", "\"7\", *", "**", "\"7 8\"",
        "\"a\x7f\"", "\"7\";q=1"}) {
    CAPTURE(field);
    etag_condition result;
    CHECK_FALSE(parse_etags(field, comparison::weak, result));
  }
}

TEST_CASE("quoted and bare spell the same key") {
  CHECK(key_in("abc-1") == "abc-1");
  CHECK(key_in("\"abc-1\"") == "abc-1");
  CHECK(key_in(" abc-1\t") == "abc-1");
  CHECK(key_in(R"("a\"b\\c")") == "a\"b\\c");
  CHECK(key_in(R"(a"b\c)") == "a\"b\\c");
  CHECK(key_in(std::string(255, '~')) == std::string(255, '~'));
}

TEST_CASE("a key is 1 to 255 visible characters") {
  for (const auto* field :
       {"", " ", "\"\"", "\"", "\"a", "a b", "\"a b\"", "\"a\"b", "\"a\";x=1",
        R"("a\b")", R"("a\")", "\"a\"b\"", "\xc3\xa9", "a\x7f", "a\tb"}) {
    CAPTURE(field);
    CHECK(key_in(field) == "REFUSED");
  }
  CHECK(key_in(std::string(256, 'a')) == "REFUSED");
  CHECK(key_in('"' + std::string(256, 'a') + '"') == "REFUSED");
}

TEST_CASE("every key survives being quoted") {
  CHECK(rc::check("unquote(quote(x)) == x", [] {
    const auto key = *rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::inRange<char>('!', '\x7f')));
    RC_PRE(is_idempotency_key(key));
    std::string quoted{"\""};
    for (const char c : key) {
      if (c == '"' || c == '\\')
        quoted.push_back('\\');
      quoted.push_back(c);
    }
    RC_ASSERT(key_in(quoted + "\"") == key);
  }));
}

TEST_CASE("a usable request id is taken, any other replaced") {
  CHECK(request_id_of("trace-1") == "trace-1");
  CHECK(request_id_of(std::string(128, 'x')) == std::string(128, 'x'));
  for (const auto& field :
       {std::string{}, std::string(129, 'x'), std::string{"a b"},
        std::string{"a\x7f"}, std::string{"\xc3\xa9"}}) {
    CAPTURE(field);
    const auto id = request_id_of(field);
    CHECK(id != field);
    CHECK(id.size() == 26);
    CHECK(id != request_id_of(field));
  }
}

TEST_CASE("a request id is found in a head that is cut or wrong") {
  for (const auto* head :
       {"GET / HTTP/1.1\r\nX-Request-Id: mine\r\nHost:",
        "\r\nPOST / HTTP/1.1\r\nbad name: 1\r\nx-request-ID:\tmine \r\n\r\n"})
    CHECK(request_id_in(head) == "mine");
  for (const auto* head : {"", "\r\n", "X-Request-Id: mine",
                           "GET / HTTP/1.1\r\nX-Request-Id: mine",
                           "GET / HTTP/1.1\r\n\r\nX-Request-Id: mine\r\n",
                           "GET / HTTP/1.1\r\nX-Request-Id: a b\r\n",
                           "GET / HTTP/1.1\r\nX-Request-Id: a\r\n"
                           "X-Request-Id: b\r\n\r\n",
                           "GET / HTTP/1.1\r\nX-Request-Id : mine\r\n"}) {
    CAPTURE(head);
    CHECK(request_id_in(head).size() == 26);
  }
}

TEST_CASE("JSON is application/json, with parameters or without") {
  for (const auto* type :
       {"application/json", "Application/JSON",
        "application/json;charset=utf-8", "application/json ; charset=UTF-8",
        " application/json "}) {
    CAPTURE(type);
    CHECK(is_json(type));
  }
  for (const auto* type :
       {"", "application/jsonp", "application/problem+json", "text/json",
        "text/plain", "json", "application/ json",
        "application/json, text/plain", ";application/json"}) {
    CAPTURE(type);
    CHECK_FALSE(is_json(type));
  }
}
