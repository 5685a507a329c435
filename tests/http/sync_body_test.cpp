#include "requests.hpp"

#include "http/sync_body.hpp"

using namespace holdfast;
using namespace holdfast::http;
using namespace std::chrono_literals;

namespace {

using pointers = std::vector<std::string>;

pointers pointers_of(const faults& found) {
  pointers result;
  for (const auto& each : found)
    result.push_back(each.pointer);
  return result;
}

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
