#include "src/cli/load/http_central.hpp"

#include <chrono>

#include <nlohmann/json.hpp>

#include "src/cli/load/http_connection.hpp"
#include "src/history/parts.hpp"

namespace holdfast::cli {

namespace {

using nlohmann::json;

using namespace std::chrono_literals;

/// A round ends before that, or is given up.
constexpr auto round_patience = 10s;

json read_body(const std::string& body) {
  auto made = json::parse(body, nullptr, false);
  if (!made.is_object())
    throw load_failure{"a page of the central view that is none"};
  return made;
}

void tell_page(const json& page, const target::view_listener& tell) {
  if (!page.value("complete", false))
    throw node_away{"the central view is not complete"};
  try {
    for (auto& each : history::members{page, ""}.objects("skus")) {
      auto shown = history::read_central(each);
      each.finish();
      tell(std::move(shown));
    }
  } catch (const history::line_fault& fault) {
    throw load_failure{std::string{"the central view: "} + fault.what()};
  }
}

} // namespace

bool read_http_central(const http_base& of, const target::view_listener& tell) {
  http_connection to{of};
  try {
    const auto round = read_body(to.post("/api/sync", round_patience));
    if (!round.value("failedStores", json::array()).empty())
      throw node_away{"a round could not read all stores"};
    std::string cursor;
    do {
      const auto page =
          read_body(to.get("/api/inventory/skus?limit=1000"
                               + (cursor.empty() ? "" : "&cursor=" + cursor),
                           round_patience));
      tell_page(page, tell);
      cursor = page.value("nextCursor", "");
    } while (!cursor.empty());
  } catch (const not_allowed&) {
    return false;
  } catch (const json::exception& fault) {
    throw load_failure{std::string{"the central view: "} + fault.what()};
  }
  return true;
}

} // namespace holdfast::cli
