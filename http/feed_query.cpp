#include "http/feed_query.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "http/cursor.hpp"
#include "http/target.hpp"

namespace holdfast::http {

namespace {

bool read_span(std::string_view text, operation& into) {
  auto start = decode_feed(text);
  if (!start)
    return false;
  into.feed_after = start->seq;
  into.span = std::make_unique<feed_span>();
  into.span->is_plain = start->is_plain;
  into.span->marks = std::move(start->marks);
  return true;
}

bool read_after(std::string_view text, std::string_view node, operation& into) {
  if (node.empty())
    return read_span(text, into);
  const auto seq = decode_after(text, node);
  into.feed_after = seq.value_or(0);
  return seq.has_value();
}

bool read_limit(std::string_view text, operation& into) {
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, into.feed_limit);
  return error == std::errc{} && stop == end && into.feed_limit >= 1
         && into.feed_limit <= limits::page_max;
}

/// What is wrong with one parameter, or null.
const char* read_parameter(query_parameter& given, std::string_view node,
                           operation& into) {
  if (given.malformed)
    return "has a broken escape";
  if (given.name == "after")
    return read_after(given.value, node, into)
               ? nullptr
               : "must be a cursor of this feed or a sequence number";
  if (given.name == "limit")
    return read_limit(given.value, into) ? nullptr : "must be 1 to 1000";
  if (given.name == "storeId") {
    into.feed_filter.store = given.value;
    return is_store_id(given.value) ? nullptr : "must be a store id";
  }
  if (given.name == "sku") {
    into.feed_filter.sku = given.value;
    return is_sku(given.value) ? nullptr : "must be a SKU";
  }
  return "is not a parameter of this resource";
}

} // namespace

void read_feed_query(std::string_view query, std::string_view node,
                     operation& into, faults& found) {
  into.feed_limit = limits::page_default;
  auto given = parse_query(query);
  for (auto one = given.begin(); one != given.end(); ++one) {
    const bool repeated =
        std::any_of(given.begin(), one, [&](const query_parameter& earlier) {
          return earlier.name == one->name;
        });
    const auto* wrong =
        repeated ? "is given twice" : read_parameter(*one, node, into);
    if (wrong != nullptr)
      add_fault(found, is_utf8(one->name) ? one->name : "", wrong);
  }
}

} // namespace holdfast::http
