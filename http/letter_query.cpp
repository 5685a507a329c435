#include "http/letter_query.hpp"

#include "holdfast/limits.hpp"
#include "http/cursor.hpp"
#include "http/one_member_body.hpp"
#include "http/preconditions.hpp"
#include "http/query_reader.hpp"

namespace holdfast::http {

namespace {

/// What is wrong with one parameter, or null.
const char* read_parameter(const query_parameter& given, letter_part& into) {
  if (given.name == "cursor") {
    const auto after = decode_letter_cursor(given.value);
    into.after = after.value_or(0);
    return after ? nullptr : "must be a cursor of this list";
  }
  if (given.name == "limit")
    return take_limit(given.value, into.limit);
  return not_a_parameter;
}

void read_list_query(std::string_view query, letter_part& into, faults& found) {
  into.limit = limits::page_default;
  read_query(query, found, [&](const query_parameter& given) {
    return read_parameter(given, into);
  });
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
