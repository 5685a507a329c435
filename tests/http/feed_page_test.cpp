#include "requests.hpp"

#include "http/cursor.hpp"
#include "http/render.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

TEST_CASE("a page of the feed ends with where to go on") {
  operation done;
  done.todo = errand::feed;
  done.feed = std::make_unique<feed_part>();
  done.feed->page.events.resize(2);
  done.feed->page.events[0].seq = 3;
  done.feed->page.events[1].seq = 5;
  done.feed->page.last_seq = 8;
  const auto response = rendered(done);
  CHECK(response.status == 200);
  CHECK(response.etag == 0);
  const auto body = json::parse(response.body);
  REQUIRE(body.at("events").size() == 2);
  CHECK(body.at("events")[1].at("seq") == 5);
  CHECK(body.at("events")[1].at("node") == "n1");
  CHECK(decode_after(body.at("next").get<std::string>(), "n1") == 8);
}

TEST_CASE("an empty page leaves the reader where it was") {
  operation done;
  done.todo = errand::feed;
  done.feed = std::make_unique<feed_part>();
  done.feed->after = 17;
  const auto body = json::parse(rendered(done).body);
  CHECK(body.at("events").empty());
  CHECK(decode_after(body.at("next").get<std::string>(), "n1") == 17);
}
