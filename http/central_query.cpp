#include "http/central_query.hpp"

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "http/cursor.hpp"
#include "http/query_reader.hpp"

namespace holdfast::http {

namespace {

/// What is wrong with one parameter, or null.
const char* read_parameter(const query_parameter& given, central_query& into) {
  if (given.name == "storeId") {
    into.store = given.value;
    return is_store_id(given.value) ? nullptr : "must be a store id";
  }
  if (given.name == "cursor") {
    const auto after = decode_sku_cursor(given.value);
    into.after = after.value_or("");
    return after ? nullptr : "must be a cursor of this list";
  }
  if (given.name == "limit")
    return take_limit(given.value, into.limit);
  return not_a_parameter;
}

} // namespace

central_query read_central_query(std::string_view query, faults& found) {
  central_query result;
  result.limit = limits::page_default;
  read_query(query, found, [&](const query_parameter& given) {
    return read_parameter(given, result);
  });
  return result;
}

} // namespace holdfast::http
