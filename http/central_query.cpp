#include "http/central_query.hpp"

#include <algorithm>
#include <charconv>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "http/cursor.hpp"
#include "http/target.hpp"

namespace holdfast::http {

namespace {

bool read_limit(std::string_view text, std::size_t& limit) {
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, limit);
  return error == std::errc{} && stop == end && limit >= 1
         && limit <= limits::page_max;
}

/// What is wrong with one parameter, or null.
const char* read_parameter(const query_parameter& given, central_query& into) {
  if (given.malformed)
    return "has a broken escape";
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
    return read_limit(given.value, into.limit) ? nullptr : "must be 1 to 1000";
  return "is not a parameter of this resource";
}

} // namespace

central_query read_central_query(std::string_view query, faults& found) {
  central_query result;
  result.limit = limits::page_default;
  const auto given = parse_query(query);
  for (auto one = given.begin(); one != given.end(); ++one) {
    const auto repeated =
        std::any_of(given.begin(), one, [&](const query_parameter& earlier) {
          return earlier.name == one->name;
        });
    const auto* wrong =
        repeated ? "is given twice" : read_parameter(*one, result);
    if (wrong != nullptr)
      add_fault(found, is_utf8(one->name) ? one->name : "", wrong);
  }
  return result;
}

} // namespace holdfast::http
