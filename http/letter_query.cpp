#include "http/letter_query.hpp"

#include <algorithm>
#include <charconv>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "http/cursor.hpp"
#include "http/preconditions.hpp"
#include "http/one_member_body.hpp"

namespace holdfast::http {

namespace {

/// A number without leading zeros: one letter has one spelling.
template <class Number>
bool read_number(std::string_view text, Number& into) {
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, into);
  return error == std::errc{} && stop == end && !text.starts_with('0');
}

/// What is wrong with one parameter, or null.
const char* read_parameter(const query_parameter& given, letter_part& into) {
  if (given.malformed)
    return "has a broken escape";
  if (given.name == "cursor") {
    const auto after = decode_letter_cursor(given.value);
    into.after = after.value_or(0);
    return after ? nullptr : "must be a cursor of this list";
  }
  if (given.name == "limit")
    return read_number(given.value, into.limit)
                   && into.limit <= limits::page_max
               ? nullptr
               : "must be 1 to 1000";
  return "is not a parameter of this resource";
}

void read_list_query(std::string_view query, letter_part& into, faults& found) {
  into.limit = limits::page_default;
  const auto given = parse_query(query);
  for (auto one = given.begin(); one != given.end(); ++one) {
    const auto repeated =
        std::any_of(given.begin(), one, [&](const query_parameter& earlier) {
          return earlier.name == one->name;
        });
    const auto* wrong =
        repeated ? "is given twice" : read_parameter(*one, into);
    if (wrong != nullptr)
      add_fault(found, is_utf8(one->name) ? one->name : "", wrong);
  }
}

error_code read_one(const api_request& request, const path_segment& id,
                    letter_part& into, faults& found) {
  if (id.malformed || !read_number(id.text, into.id)) {
    found.clear();
    add_fault(found, "id", "is malformed");
    return error_code::invalid_request;
  }
  if (!request.body.empty() && !is_json(request.content_type))
    return error_code::unsupported_media_type;
  read_nothing(request.body, found);
  return found.empty() ? error_code::none : error_code::invalid_request;
}

} // namespace

error_code read_letter_request(const api_request& request,
                               const request_target& target,
                               const route_match& match, operation& into,
                               faults& found) {
  into.letter = std::make_unique<letter_part>();
  auto& part = *into.letter;
  refuse_duplicate(request, found);
  if (match.hit->of == resource::letters) {
    into.todo = errand::list_letters;
    read_list_query(target.query(), part, found);
    return found.empty() ? error_code::none : error_code::invalid_request;
  }
  into.todo = match.hit->method == "DELETE" ? errand::drop_letter
                                            : errand::retry_letter;
  return read_one(request, match.captured[0], part, found);
}

} // namespace holdfast::http
