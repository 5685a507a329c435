// What a body may be, and where its members go.
#include "requests.hpp"

#include <string>

#include "holdfast/limits.hpp"
#include "holdfast/reservation_id.hpp"
#include "http/body_reader.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

command command_of(action what, std::string_view body, bool by_id = false) {
  command ask;
  ask.from.what = what;
  ask.from.by_reservation = by_id;
  ask.from.store = "store-1";
  ask.from.sku = "85123A";
  faults found;
  read_body(body, ask, found);
  for (const auto& [pointer, message] : found)
    FAIL_CHECK(pointer << " " << message);
  return ask;
}

} // namespace

TEST_CASE("an adjust has its members") {
  const auto ask = command_of(
      action::adjust, R"({"delta":-5,"expectedVersion":7,"reason":"broken",)"
                      R"("reference":"t-1"})");
  CHECK(ask.amount == -5);
  CHECK(ask.expected_version == 7);
  CHECK(ask.from.reason == "broken");
  CHECK(ask.from.reference == "t-1");
}

TEST_CASE("a member that was left out is absent") {
  const auto ask = command_of(action::adjust, R"({"delta":1})");
  CHECK(ask.expected_version == absent);
  CHECK(ask.ttl_s == absent);
  CHECK(ask.from.reason.empty());
  CHECK(command_of(action::count, R"({"safetyStock":0})").on_hand == absent);
}

TEST_CASE("a count has its levels") {
  const auto ask = command_of(
      action::count,
      R"({"onHand":1000000000000000,"safetyStock":0,"backorderLimit":-0})");
  CHECK(ask.on_hand == limits::balance_max);
  CHECK(ask.safety_stock == 0);
  CHECK(ask.backorder_limit == 0);
}

TEST_CASE("a reserve has its members") {
  const auto ask = command_of(
      action::reserve, R"({"quantity":1000000000,"ttlSeconds":14400,)"
                       R"("owner":"cart-1","reason":"","reference":"o"})");
  CHECK(ask.amount == limits::amount_max);
  CHECK(ask.ttl_s == limits::ttl_s_max);
  CHECK(ask.owner == "cart-1");
}

TEST_CASE("the bounds of every range are inside") {
  CHECK(command_of(action::adjust, R"({"delta":-1000000000})").amount
        == -limits::amount_max);
  CHECK(command_of(action::adjust, R"({"delta":1,"expectedVersion":0})")
            .expected_version
        == 0);
  CHECK(command_of(action::adjust,
                   R"({"delta":1,"expectedVersion":9223372036854775807})")
            .expected_version
        == INT64_MAX);
  CHECK(command_of(action::extend, R"({"ttlSeconds":1})", true).ttl_s == 1);
}

TEST_CASE("white space and order are free") {
  const auto ask = command_of(
      action::adjust, "\r\n\t {\t\"reason\" :\n\"x\" ,\r\"delta\":  2 } \n");
  CHECK(ask.amount == 2);
  CHECK(ask.from.reason == "x");
}

TEST_CASE("escapes are resolved in names and texts") {
  const auto ask =
      command_of(action::adjust, R"({"\u0064elta":3,)"
                                 R"("reason":"a\/\\c\"\u00e9\ud83d\ude00é"})");
  CHECK(ask.amount == 3);
  CHECK(ask.from.reason == "a/\\c\"é😀é");
}

TEST_CASE("a text has up to 256 bytes once its escapes are resolved") {
  const std::string text(256, 'x');
  CHECK(command_of(action::adjust, R"({"delta":1,"reason":")" + text + "\"}")
            .from.reason
        == text);
  std::string escapes;
  for (int i = 0; i < 256; ++i)
    escapes += "\\u0078";
  CHECK(command_of(action::adjust, R"({"delta":1,"reason":")" + escapes + "\"}")
            .from.reason
        == text);
}

TEST_CASE("the reservation of this SKU is pointed at") {
  const auto id = format_reservation_id("store-1", "85123A", {7, 12});
  const auto ask = command_of(
      action::commit, R"({"quantity":2,"reservationId":")" + id + "\"}");
  CHECK(ask.reservation == reservation_ref{7, 12});
  CHECK(ask.amount == 2);
}

TEST_CASE("a reservation of elsewhere, or of nowhere, is none of ours") {
  for (const auto& id : {format_reservation_id("store-2", "85123A", {7, 12}),
                         format_reservation_id("store-1", "85123B", {7, 12}),
                         std::string{"not an id"}, std::string(256, '~')}) {
    CAPTURE(id);
    const auto ask =
        command_of(action::release, R"({"reservationId":")" + id + "\"}");
    CHECK(ask.reservation == reservation_ref{});
  }
}

TEST_CASE("an id that no client was ever given is malformed") {
  for (const auto& id :
       {std::string{}, std::string(257, 'a'), std::string{"x\x7f"},
        std::string{"é"}, std::string{"\\u0007"}}) {
    CAPTURE(id);
    command ask;
    ask.from.what = action::release;
    faults found;
    read_body(R"({"reservationId":")" + id + "\"}", ask, found);
    REQUIRE(found.size() == 1);
    CHECK(found[0].pointer == "/reservationId");
  }
}

TEST_CASE("commit and release by id need no body") {
  CHECK(command_of(action::commit, "", true).amount == absent);
  CHECK(command_of(action::release, "{}", true).amount == absent);
  CHECK(command_of(action::release, R"({"quantity":4})", true).amount == 4);
}
