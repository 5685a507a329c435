// Which refusal comes first.
#include "bodies.hpp"
#include "requests.hpp"

#include "holdfast/limits.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

const std::string stores = "/api/inventory/stores/";

} // namespace

TEST_CASE("no such path is 404 whatever else is wrong") {
  auto request = send("POST", "/api/nothing", "{");
  request.content_type = "text/plain";
  request.duplicate_field = "Idempotency-Key";
  const auto refused = refusal_of(request);
  CHECK(refused.status == 404);
  CHECK(refused.code == error_code::route_not_found);
  CHECK(interpreted(request).taken == nullptr);
}

TEST_CASE("another method is 405 and names the right ones") {
  const auto refused = refusal_of(send("DELETE", base, ""));
  CHECK(refused.status == 405);
  CHECK(refused.code == error_code::method_not_allowed);
  CHECK(refused.allow == "GET, HEAD, PUT");
  CHECK(refusal_of(send("OPTIONS", "/api/health", "")).allow == "GET, HEAD");
}

TEST_CASE("a target that is no path is 400") {
  for (const auto* target : {"*", "", "api/health", "/api/health#x"}) {
    CAPTURE(target);
    const auto refused = refusal_of(get(target));
    CHECK(refused.status == 400);
    CHECK(pointers_of(refused) == pointers{""});
  }
}

TEST_CASE("malformed ids are named before content type and body are judged") {
  const auto long_sku = std::string(limits::sku_bytes_max + 1, 'x');
  for (const auto& sku :
       {std::string{"a%2Fb"}, std::string{"a%0Ab"}, std::string{"%zz"},
        std::string{"%ff"}, std::string{"%00"}, std::string{}, long_sku}) {
    CAPTURE(sku);
    auto request = send("POST", stores + "s/inventory/" + sku + "/adjust", "{");
    request.content_type = {};
    const auto refused = refusal_of(request);
    CHECK(refused.status == 400);
    CHECK(pointers_of(refused) == pointers{"sku"});
  }
  const auto both = refusal_of(get(stores + "-s/inventory/%7f"));
  CHECK(pointers_of(both) == pointers{"storeId", "sku"});
}

TEST_CASE("an id of a reservation is unknown or malformed") {
  for (const auto& id :
       {std::string{"1"}, std::string{"a%20b"}, std::string{"0.1~s~QQ"},
        std::string(256, 'a'), std::string{"1.1~s~QQ=="}}) {
    CAPTURE(id);
    const auto refused = refusal_of(get("/api/reservations/" + id));
    CHECK(refused.status == 404);
    CHECK(refused.code == error_code::reservation_not_found);
  }
  for (const auto& id :
       {std::string{}, std::string{"%0a"}, std::string{"%c3%a9"},
        std::string{"%4"}, std::string(257, 'a')}) {
    CAPTURE(id);
    const auto refused = refusal_of(get("/api/reservations/" + id));
    CHECK(refused.status == 400);
    CHECK(pointers_of(refused) == pointers{"reservationId"});
  }
}

TEST_CASE("a body of another type is 415 before it is read") {
  for (const std::string_view type :
       {std::string_view{}, std::string_view{"text/plain"},
        std::string_view{"application/merge-patch+json"}}) {
    auto request = send("POST", base + "/adjust", "{");
    request.content_type = type;
    request.idempotency_key = "a b";
    CHECK(refusal_of(request).status == 415);
  }
}

TEST_CASE("an empty body is not of another type but misses its members") {
  auto request = send("POST", base + "/adjust", "");
  request.content_type = {};
  const auto refused = refusal_of(request);
  CHECK(refused.status == 400);
  CHECK(pointers_of(refused) == pointers{"/delta"});
}

TEST_CASE("faults of the fields and of the body are told together") {
  auto request = send("POST", base + "/adjust", R"({"delta":0,"x":1})");
  request.idempotency_key = "\"\"";
  request.if_match = "7";
  request.if_none_match = "W/";
  request.duplicate_field = "Content-Type";
  const auto refused = refusal_of(request);
  CHECK(refused.status == 400);
  CHECK(pointers_of(refused)
        == pointers{"Content-Type", "Idempotency-Key", "If-Match",
                    "If-None-Match", "/delta", "/x"});
}

TEST_CASE("a field that is there but empty is malformed") {
  const std::string_view empty{"", 0};
  auto request = send("POST", base + "/adjust", R"({"delta":1})");
  request.idempotency_key = empty;
  request.if_match = empty;
  CHECK(pointers_of(refusal_of(request))
        == pointers{"Idempotency-Key", "If-Match"});
}

TEST_CASE("a field given twice is 400 wherever an operation would be") {
  auto request = get(base);
  request.duplicate_field = "Content-Type";
  CHECK(pointers_of(refusal_of(request)) == pointers{"Content-Type"});
  request.target = "/api/events";
  CHECK(pointers_of(refusal_of(request)) == pointers{"Content-Type"});
}

TEST_CASE("a refusal names the request and the route that was taken") {
  const auto result = interpreted(send("POST", base + "/adjust", "{}"));
  REQUIRE(result.taken != nullptr);
  CHECK(result.taken->what == action::adjust);
  const auto& refused = std::get<api_response>(result.next);
  const auto problem = nlohmann::json::parse(refused.body);
  CHECK(problem.at("instance") == "request-1");
  CHECK(problem.at("code") == "invalid_request");
}
