#include "http/feed_query.hpp"

#include <string>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "http/cursor.hpp"
#include "http/query_reader.hpp"

namespace holdfast::http {

namespace {

bool read_span(std::string_view text, feed_part& into) {
  auto start = decode_feed(text);
  if (!start)
    return false;
  into.after = start->seq;
  into.span = std::make_unique<feed_span>();
  into.span->is_plain = start->is_plain;
  into.span->marks = std::move(start->marks);
  return true;
}

bool read_after(std::string_view text, std::string_view node, feed_part& into) {
  if (node.empty())
    return read_span(text, into);
  const auto seq = decode_after(text, node);
  into.after = seq.value_or(0);
  return seq.has_value();
}

/// What is wrong with one parameter, or null.
const char* read_parameter(query_parameter& given, std::string_view node,
                           feed_part& into) {
  if (given.name == "after")
    return read_after(given.value, node, into)
               ? nullptr
               : "must be a cursor of this feed or a sequence number";
  if (given.name == "limit")
    return take_limit(given.value, into.limit);
  if (given.name == "storeId") {
    into.filter.store = given.value;
    return is_store_id(given.value) ? nullptr : "must be a store id";
  }
  if (given.name == "sku") {
    into.filter.sku = given.value;
    return is_sku(given.value) ? nullptr : "must be a SKU";
  }
  return not_a_parameter;
}

} // namespace

void read_feed_query(std::string_view query, std::string_view node,
                     feed_part& into, faults& found) {
  into.limit = limits::page_default;
  read_query(query, found, [&](query_parameter& given) {
    return read_parameter(given, node, into);
  });
}

} // namespace holdfast::http
