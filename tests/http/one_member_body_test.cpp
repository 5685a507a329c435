#include "bodies.hpp"
#include "requests.hpp"

#include <array>

#include "http/body_reader.hpp"
#include "http/log_level_page.hpp"
#include "http/one_member_body.hpp"

using namespace holdfast;
using namespace holdfast::http;
using namespace std::chrono_literals;

namespace {

pointers interval_faults(std::string_view body) {
  faults found;
  read_interval(body, found);
  return pointers_of(found);
}

pointers nothing_faults(std::string_view body) {
  faults found;
  read_nothing(body, found);
  return pointers_of(found);
}

} // namespace

TEST_CASE("an interval is an integer within its range") {
  faults found;
  CHECK(read_interval(R"({"intervalMs": 5000})", found) == 5s);
  CHECK(read_interval(R"({"interval\u004ds":100})", found) == 100ms);
  CHECK(read_interval(R"({"intervalMs":86400000})", found) == 24h);
  CHECK(found.empty());
  for (const auto* number :
       {"99", "86400001", "0", "-1", "1e3", "1000.0", "99999999999999999999",
        "null", "\"5000\"", "true", "[5000]"}) {
    CAPTURE(number);
    CHECK(interval_faults(std::string{"{\"intervalMs\":"} + number + "}")
          == pointers{"/intervalMs"});
  }
}

TEST_CASE("a body about rounds has nothing else in it") {
  CHECK(interval_faults("") == pointers{"/intervalMs"});
  CHECK(interval_faults("{}") == pointers{"/intervalMs"});
  CHECK(interval_faults(R"({"intervalMs":500,"x":1,"a/b":{}})")
        == pointers{"/x", "/a~1b"});
  CHECK(interval_faults(R"({"intervalMs":500,"intervalMs":500})")
        == pointers{"/intervalMs"});
  for (const auto* broken :
       {"[]", "5", "{", "{\"intervalMs\":500}x", "{\"intervalMs\":500,}",
        "{\"intervalMs\" 500}", "{intervalMs:500}", "{\"intervalMs\":05}"}) {
    CAPTURE(broken);
    CHECK(interval_faults(broken) == pointers{""});
  }
  CHECK(nothing_faults("").empty());
  CHECK(nothing_faults(" { } ").empty());
  CHECK(nothing_faults(R"({"intervalMs":500})") == pointers{"/intervalMs"});
  CHECK(nothing_faults("[]") == pointers{""});
}

TEST_CASE("bodies of all kinds are refused in the same words") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"[]", "must be an object"},
      {" null ", "must be an object"},
      {"{", "invalid JSON at byte 1: a string is expected"},
      {"[1", "invalid JSON at byte 2: ',' or ']' is expected"},
      {R"({"x":1})", "is not a member of this body"},
      {R"({"\ud800":1})", "the name of a member has half a surrogate pair"},
  };
  for (const auto& [body, message] : table) {
    CAPTURE(body);
    std::array<faults, 4> found;
    read_interval(body, found[0]);
    read_nothing(body, found[1]);
    read_log_level(body, found[2]);
    command ask;
    ask.from.what = action::extend;
    read_body(body, ask, found[3]);
    for (const auto& each : found) {
      REQUIRE_FALSE(each.empty());
      CHECK(each[0].message == message);
    }
  }
}

TEST_CASE("a text is judged like that of a write") {
  const auto words_on = [](std::string_view body) {
    faults found;
    read_log_level(body, found);
    std::vector<std::string> result;
    for (const auto& each : found)
      result.push_back(each.message);
    return result;
  };
  using words = std::vector<std::string>;
  CHECK(words_on(R"({"level":null})")
        == words{"must be left out rather than null"});
  CHECK(words_on(R"({"level":"\q"})")
        == words{"has an escape that JSON does not know"});
  CHECK(words_on(R"({"level":1,"level":"info"})")
        == words{"must be a string", "is given twice"});
  CHECK(words_on(R"({"x":1})")
        == words{"is not a member of this body", "is required"});
}
