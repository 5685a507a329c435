#include <doctest/doctest.h>

#include <set>
#include <string>

#include "http/routes.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

/// A path of `pattern` with something in place of its names.
std::string example_of(std::string_view pattern) {
  std::string result{pattern};
  for (auto open = result.find('{'); open != std::string::npos;
       open = result.find('{', open))
    result.replace(open, result.find('}') - open + 1, "x1");
  return result;
}

std::string allow_of(std::string_view method, std::string_view path) {
  const request_target target{path};
  const auto match = find_route(method, target);
  CHECK(match.hit == nullptr);
  return match.allow;
}

} // namespace

TEST_CASE("every route finds itself") {
  for (const auto& each : all_routes()) {
    CAPTURE(each.pattern);
    const auto path = example_of(each.pattern);
    const request_target target{path};
    CHECK(find_route(each.method, target).hit == &each);
  }
}

TEST_CASE("reading takes a reader, changing a writer or more, health nobody") {
  for (const auto& each : all_routes()) {
    CAPTURE(each.pattern);
    const auto is_health = each.pattern == "/api/health"
                           || each.pattern == "/api/health/liveness"
                           || each.pattern == "/api/health/readiness";
    if (each.of == resource::letter)
      CHECK(each.needed == role::operator_);
    else if (each.of != resource::page)
      CHECK(each.needed
            == (each.method == "GET" ? role::reader : role::writer));
    else
      CHECK((each.needed == role::anyone) == is_health);
  }
}

TEST_CASE("no two routes are the same") {
  std::set<std::string> seen;
  for (const auto& each : all_routes()) {
    const auto name = std::string{each.method} + " " + example_of(each.pattern);
    CHECK(seen.insert(name).second);
  }
  CHECK(seen.size() == 34);
}

TEST_CASE("a route of a record captures store and SKU") {
  const request_target target{
      "/api/inventory/stores/store-1/inventory/BANK%20CHARGES/reserve"};
  const auto match = find_route("POST", target);
  REQUIRE(match.hit != nullptr);
  CHECK(match.hit->of == resource::record);
  CHECK(match.hit->what == action::reserve);
  CHECK(match.captured[0].text == "store-1");
  CHECK(match.captured[1].text == "BANK CHARGES");
}

TEST_CASE("a route of a reservation captures its id") {
  const request_target target{"/api/reservations/1.1~s~QQ/extend"};
  const auto match = find_route("POST", target);
  REQUIRE(match.hit != nullptr);
  CHECK(match.hit->of == resource::reservation);
  CHECK(match.hit->what == action::extend);
  CHECK(match.captured[0].text == "1.1~s~QQ");
}

TEST_CASE("pages are told apart") {
  const std::pair<const char*, builtin> pages[] = {
      {"/api/health", builtin::health},
      {"/api/health/liveness", builtin::liveness},
      {"/api/health/readiness", builtin::readiness},
      {"/api/inventory/stores", builtin::stores},
      {"/api/cluster", builtin::cluster},
      {"/api/openapi.json", builtin::openapi},
  };
  for (const auto& [path, page] : pages) {
    const request_target target{path};
    const auto match = find_route("GET", target);
    REQUIRE(match.hit != nullptr);
    CHECK(match.hit->page == page);
  }
}

TEST_CASE("HEAD goes where GET does") {
  for (const auto& each : all_routes()) {
    CAPTURE(each.pattern);
    const auto path = example_of(each.pattern);
    const request_target target{path};
    const auto* hit = find_route("HEAD", target).hit;
    const auto* get = find_route("GET", target).hit;
    CHECK(hit == get);
  }
}

TEST_CASE("a path that is no route has nothing to allow") {
  for (const auto* path :
       {"/", "/api", "/api/", "/api/event", "/api/events/", "/API/events",
        "/api/inventory/stores/", "/api/inventory/stores/s",
        "/api/inventory/stores/s/inventory",
        "/api/inventory/stores/s/inventory/x/steal",
        "/api/inventory/stores/s/inventory/x/adjust/y", "/api/reservations",
        "/api/reservations/x/adjust", "/x/1/2/3/4/5/6/7/8/9/10"}) {
    CAPTURE(path);
    CHECK(allow_of("GET", path).empty());
    CHECK(allow_of("POST", path).empty());
  }
}

TEST_CASE("another method of a known path is told what is allowed") {
  const std::string record = "/api/inventory/stores/s/inventory/x";
  CHECK(allow_of("DELETE", record) == "GET, HEAD, PUT");
  CHECK(allow_of("POST", record) == "GET, HEAD, PUT");
  CHECK(allow_of("OPTIONS", record) == "GET, HEAD, PUT");
  CHECK(allow_of("GET", record + "/adjust") == "POST");
  CHECK(allow_of("HEAD", record + "/adjust") == "POST");
  CHECK(allow_of("PUT", "/api/events") == "GET, HEAD");
  CHECK(allow_of("get", "/api/events") == "GET, HEAD");
}

TEST_CASE("escapes in the fixed part of a path are the same path") {
  const request_target plain{"/%61pi/event%73"};
  CHECK(find_route("GET", plain).hit != nullptr);
  const request_target broken{"/%6/events"};
  CHECK(find_route("GET", broken).hit == nullptr);
}

TEST_CASE("a malformed segment is captured for the one who judges it") {
  const request_target target{"/api/reservations/%zz"};
  const auto match = find_route("GET", target);
  REQUIRE(match.hit != nullptr);
  CHECK(match.captured[0].malformed);
}
