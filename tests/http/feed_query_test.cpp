#include "bodies.hpp"
#include "requests.hpp"

#include "holdfast/limits.hpp"
#include "http/cursor.hpp"
#include "http/feed_query.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

pointers feed_faults(std::string_view query) {
  feed_part feed;
  faults found;
  read_feed_query(query, "n1", feed, found);
  return pointers_of(found);
}

} // namespace

TEST_CASE("the feed begins at its first event") {
  const auto feed = operation_of(get("/api/events"));
  CHECK(feed->todo == errand::feed);
  CHECK(feed->feed->after == 0);
  CHECK(feed->feed->limit == limits::page_default);
  CHECK(feed->feed->filter.store.empty());
  CHECK(feed->feed->filter.sku.empty());
}

TEST_CASE("the feed takes a position, a size and two filters") {
  const auto feed = operation_of(get(
      "/api/events?sku=BANK%20CHARGES&limit=1000&after=17&storeId=store-1"));
  CHECK(feed->feed->after == 17);
  CHECK(feed->feed->limit == limits::page_max);
  CHECK(feed->feed->filter.store == "store-1");
  CHECK(feed->feed->filter.sku == "BANK CHARGES");
  const auto next =
      operation_of(get("/api/events?after=" + encode_cursor("n1", 99)));
  CHECK(next->feed->after == 99);
}

TEST_CASE("every parameter that is wrong is named") {
  CHECK(feed_faults("limit=0") == pointers{"limit"});
  CHECK(feed_faults("limit=1001") == pointers{"limit"});
  CHECK(feed_faults("limit=") == pointers{"limit"});
  CHECK(feed_faults("limit=-1") == pointers{"limit"});
  CHECK(feed_faults("limit=1.0") == pointers{"limit"});
  CHECK(feed_faults("limit=007") == pointers{"limit"});
  CHECK(feed_faults("limit=1%00") == pointers{"limit"});
  CHECK(feed_faults("after=x") == pointers{"after"});
  CHECK(feed_faults("after=") == pointers{"after"});
  CHECK(feed_faults("after=" + encode_cursor("n2", 1)) == pointers{"after"});
  CHECK(feed_faults("storeId=") == pointers{"storeId"});
  CHECK(feed_faults("storeId=a%2Fb") == pointers{"storeId"});
  CHECK(feed_faults("sku=%0A") == pointers{"sku"});
  CHECK(feed_faults("sku=%zz") == pointers{"sku"});
  CHECK(feed_faults("limit=1&limit=1") == pointers{"limit"});
  CHECK(feed_faults("Limit=1") == pointers{"Limit"});
  CHECK(feed_faults("%ff=1") == pointers{""});
  CHECK(feed_faults("after=x&limit=0&page=2")
        == pointers{"after", "limit", "page"});
}

TEST_CASE("a wrong parameter of the feed is 400") {
  const auto refused = refusal_of(get("/api/events?after=-1&limit=x"));
  CHECK(refused.status == 400);
  CHECK(refused.code == error_code::invalid_request);
  CHECK(pointers_of(refused) == pointers{"after", "limit"});
}

TEST_CASE("other resources do not mind a query") {
  CHECK(operation_of(get(base + "?x=%zz"))->ask.from.sku == "85123A");
}
