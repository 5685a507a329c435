#include "requests.hpp"

#include "holdfast/reservation_id.hpp"
#include "http/render.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

namespace {

/// A finished operation on version 7 of a record.
void finish(operation& done, action what) {
  done.ask.from.what = what;
  done.ask.from.store = "store-1";
  done.ask.from.sku = "85123A";
  done.answer.emplace().has_record = true;
  done.answer->record = {120, 6, 0, 0, 7, 1'795'327'860'123};
}

void finish_with_hold(operation& done, action what) {
  finish(done, what);
  done.answer->has_hold = true;
  done.answer->hold.ref = {7, 12};
  done.answer->hold.quantity = 6;
}

std::uint16_t status_for(etag_condition known) {
  operation done;
  finish(done, action::read);
  done.ask.if_none_match = std::move(known);
  return rendered(done).status;
}

} // namespace

TEST_CASE("a read and an adjust answer the record and its ETag") {
  for (const auto what : {action::read, action::adjust}) {
    operation done;
    finish(done, what);
    done.answer->created = true; // A first adjust creates, and is still 200.
    const auto response = rendered(done);
    CHECK(response.status == 200);
    CHECK(response.code == error_code::none);
    CHECK(response.content_type == "application/json");
    CHECK(response.etag == 7);
    CHECK(response.location.empty());
    CHECK_FALSE(response.replayed);
    CHECK(json::parse(response.body).at("version") == 7);
  }
}

TEST_CASE("what an accepted command is told is made of its event") {
  operation done;
  done.ask.from.what = action::reserve;
  done.ask.from.store = "store-1";
  done.ask.from.sku = "A";
  done.todo = errand::append;
  done.change.type = event_type::stock_reserved;
  done.change.seq = 12;
  done.change.after.version = 7;
  done.change.hold.ref = {7, 12};
  done.change.hold.quantity = 6;
  const auto response = rendered(done);
  CHECK(response.status == 201);
  CHECK(response.etag == 7);
  CHECK(response.location
        == "/api/reservations/"
               + format_reservation_id("store-1", "A", {7, 12}));
  CHECK(json::parse(response.body).at("reservation").at("quantity") == 6);
  done.answer = refusal(error_code::read_only);
  CHECK(rendered(done).status == 503);
}

TEST_CASE("a count that created the record is 201") {
  operation done;
  finish(done, action::count);
  CHECK(rendered(done).status == 200);
  done.answer->created = true;
  CHECK(rendered(done).status == 201);
  CHECK(rendered(done).etag == 7);
}

TEST_CASE("a read whose version is known is 304") {
  using kind = etag_condition::kind;
  CHECK(status_for({kind::list, {6, 7}}) == 304);
  CHECK(status_for({kind::any, {}}) == 304);
  CHECK(status_for({kind::list, {6, 8}}) == 200);
  CHECK(status_for({kind::list, {}}) == 200);
  CHECK(status_for({}) == 200);
  operation done;
  finish(done, action::read);
  done.ask.if_none_match = {kind::any, {}};
  CHECK(rendered(done).etag == 7);
  // Not sent, but its length is that of the answer 200.
  const auto body = rendered(done).body;
  done.ask.if_none_match = {};
  CHECK(body == rendered(done).body);
}

TEST_CASE("a write is never 304") {
  operation done;
  finish(done, action::count);
  done.ask.if_none_match.is = etag_condition::kind::any;
  CHECK(rendered(done).status == 200);
}

TEST_CASE("a reserve is 201 with the place of its reservation") {
  operation done;
  finish_with_hold(done, action::reserve);
  const auto response = rendered(done);
  const auto id = format_reservation_id("store-1", "85123A", {7, 12});
  CHECK(response.status == 201);
  CHECK(response.location == "/api/reservations/" + id);
  CHECK(response.etag == 7);
  const auto body = json::parse(response.body);
  CHECK(body.size() == 2);
  CHECK(body.at("reservation").at("reservationId") == id);
  CHECK(body.at("record").at("reserved") == 6);
}

TEST_CASE("no decoded text reaches the Location") {
  operation done;
  finish_with_hold(done, action::reserve);
  done.ask.from.sku = "é\" x";
  for (const unsigned char c : rendered(done).location)
    CHECK((c > 0x20 && c < 0x7f && c != '"'));
}

TEST_CASE("release, commit and extend answer both objects") {
  for (const auto what : {action::release, action::commit, action::extend}) {
    operation done;
    finish_with_hold(done, what);
    const auto response = rendered(done);
    CHECK(response.status == 200);
    CHECK(response.location.empty());
    const auto body = json::parse(response.body);
    CHECK(body.contains("reservation"));
    CHECK(body.contains("record"));
  }
}

TEST_CASE("a read of a reservation answers it alone") {
  operation done;
  finish_with_hold(done, action::read_reservation);
  const auto response = rendered(done);
  CHECK(response.etag == 0);
  CHECK(json::parse(response.body).at("quantity") == 6);
}

TEST_CASE("a replayed answer is the same but for its mark") {
  for (const auto what : {action::adjust, action::count, action::reserve}) {
    operation done;
    finish(done, what);
    done.answer->has_hold = what == action::reserve;
    done.answer->hold.ref = {7, 12};
    const auto first = rendered(done);
    done.answer->replayed = true;
    const auto again = rendered(done);
    CHECK(again.replayed);
    CHECK(again.status == first.status);
    CHECK(again.body == first.body);
    CHECK(again.etag == first.etag);
    CHECK(again.location == first.location);
  }
}

TEST_CASE("a refusal is a problem, of the feed too") {
  operation done;
  finish(done, action::adjust);
  done.answer = refusal(error_code::insufficient_stock);
  done.answer->replayed = true;
  CHECK(rendered(done).status == 409);
  CHECK(rendered(done).replayed);
  CHECK(rendered(done).etag == 0);
  CHECK(json::parse(rendered(done).body).at("instance") == "request-1");
  done.todo = errand::feed;
  done.feed = std::make_unique<feed_part>();
  CHECK(rendered(done).status == 409);
}

TEST_CASE("a refusal that knows when to come back says so") {
  operation done;
  done.answer = refusal(error_code::circuit_open);
  CHECK(rendered(done).retry_after_s == 1);
  done.retry_after_s = 30;
  CHECK(rendered(done).retry_after_s == 30);
}
