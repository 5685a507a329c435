#include "http/one_member_body.hpp"

#include "holdfast/limits.hpp"
#include "http/object_reader.hpp"

namespace holdfast::http {

namespace {

/// Reads a body whose one member is `name`, which breaks `rule` unless `accept`
/// takes it.
template <class Value, class Accept>
void read_one(std::string_view body, std::string_view name,
              std::string_view rule, faults& found, Accept accept) {
  bool is_given = false;
  const auto take = [&](std::string_view given, json_scanner& from) {
    if (given != name)
      return refuse_member(given, not_a_member, from, found);
    if (is_given)
      return refuse_member(given, given_twice, from, found);
    is_given = true;
    Value value;
    const char* wrong = nullptr;
    if (!read_value(from, value, wrong))
      return false;
    if (wrong != nullptr)
      add_fault(found, pointer_to(name), wrong);
    else if (!accept(value))
      add_fault(found, pointer_to(name), rule);
    return true;
  };
  if (read_object(body, found, take) && !is_given)
    add_fault(found, pointer_to(name), "is required");
}

} // namespace

std::string read_one_text(std::string_view body, const text_member& wanted,
                          faults& found) {
  std::string text;
  read_one<json_text>(body, wanted.name, wanted.rule, found,
                      [&](const json_text& given) {
                        text = unescape(given);
                        return wanted.accept(text);
                      });
  return text;
}

std::chrono::milliseconds read_interval(std::string_view body, faults& found) {
  std::int64_t ms = 0;
  read_one<json_number>(body, "intervalMs", "must be 100 to 86400000", found,
                        [&](const json_number& given) {
                          ms = given.value;
                          return given.fits
                                 && ms >= limits::sync_interval_ms_min
                                 && ms <= limits::sync_interval_ms_max;
                        });
  return std::chrono::milliseconds{ms};
}

void read_nothing(std::string_view body, faults& found) {
  read_object(body, found, [&](std::string_view name, json_scanner& from) {
    return refuse_member(name, not_a_member, from, found);
  });
}

} // namespace holdfast::http
