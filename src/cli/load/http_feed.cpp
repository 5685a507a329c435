#include "src/cli/load/http_feed.hpp"

#include <chrono>
#include <thread>
#include <utility>

#include <nlohmann/json.hpp>

#include "holdfast/words.hpp"
#include "src/cli/load/http_connection.hpp"
#include "src/history/parts.hpp"

namespace holdfast::cli {

namespace {

using nlohmann::json;

using namespace std::chrono_literals;

constexpr const char* feed = "/api/events?limit=1000";
constexpr auto feed_page_patience = 10s;
/// For a node that is away and may come back.
constexpr auto feed_patience = 30s;
constexpr auto feed_retry_pause = 100ms;

json page_after(http_connection& to, const std::string& cursor) {
  const auto body =
      to.get(cursor.empty() ? feed : feed + std::string{"&after="} + cursor,
             feed_page_patience);
  auto page = json::parse(body, nullptr, false);
  if (!page.is_object() || !page.contains("next") || !page.contains("events")
      || !page["events"].is_array())
    throw load_failure{"a page of the feed that is none"};
  return page;
}

std::string next_of(const json& page) {
  const auto& next = page.at("next");
  return next.is_string() ? next.get<std::string>() : next.dump();
}

void tell_page(const json& page, const target::listener& tell) {
  for (const auto& each : page.at("events")) {
    try {
      history::members members{each, ""};
      const auto type = event_type_named(members.text("type"));
      if (!type)
        members.fail("type", "is unknown");
      std::int64_t available = absent;
      auto change = history::read_event(members, *type, available);
      tell(members.text("node"), std::move(change), available);
    } catch (const history::line_fault& fault) {
      throw load_failure{std::string{"an event of the feed: "} + fault.what()};
    }
  }
}

} // namespace

http_feed::http_feed(const http_base& of) : of_(of) {
  // What is there already others did.
  read({});
}

void http_feed::read(const target::listener& tell) {
  using clock = std::chrono::steady_clock;
  http_connection to{of_};
  auto give_up_at = clock::now() + (tell ? feed_patience : 0s);
  for (;;) {
    std::string why;
    try {
      const auto page = page_after(to, from_);
      if (tell)
        tell_page(page, tell);
      else
        was_empty_ &= page.at("events").empty();
      const auto next = next_of(page);
      if (std::exchange(from_, next) != next) {
        give_up_at = clock::now() + feed_patience;
        continue;
      }
      const auto away = page.value("unavailable", json::array());
      was_empty_ &= tell || away.empty();
      if (away.empty() || !tell)
        return;
      why = "the events of " + away.dump() + " cannot be read";
    } catch (const node_away& gone) {
      why = gone.what();
    }
    if (clock::now() >= give_up_at)
      throw load_failure{why};
    std::this_thread::sleep_for(feed_retry_pause);
  }
}

} // namespace holdfast::cli
