#include "http/query_reader.hpp"

#include <algorithm>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

namespace holdfast::http {

namespace {

/// More than any resource takes. Each is compared with all before it.
constexpr std::size_t parameters_max = 16;

} // namespace

void read_query(std::string_view query, faults& found,
                const take_parameter& take) {
  auto given = parse_query(query);
  if (given.size() > parameters_max) {
    add_fault(found, "", "has more parameters than any resource takes");
    return;
  }
  for (auto one = given.begin(); one != given.end(); ++one) {
    const auto is_repeated =
        std::any_of(given.begin(), one, [&](const query_parameter& earlier) {
          return earlier.name == one->name;
        });
    const char* wrong = nullptr;
    if (is_repeated)
      wrong = given_twice;
    else
      wrong = one->malformed ? "has a broken escape" : take(*one);
    if (wrong != nullptr)
      add_fault(found, is_utf8(one->name) ? one->name : "", wrong);
  }
}

const char* take_limit(std::string_view text, std::size_t& into) {
  return read_number(text, into) && into <= limits::page_max
             ? nullptr
             : "must be 1 to 1000";
}

} // namespace holdfast::http
