#include "holdfast/error_code.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "holdfast/event.hpp"

using namespace holdfast;

namespace {

constexpr auto last_code = static_cast<int>(error_code_last);

/// Names of all codes with a property, in the order of their numbers.
template <class Predicate>
std::string names_where(Predicate holds) {
  std::string names;
  for (int i = 0; i <= last_code; ++i) {
    const auto code = static_cast<error_code>(i);
    if (!holds(code))
      continue;
    if (!names.empty())
      names += ' ';
    names += to_string(code);
  }
  return names;
}

} // namespace

TEST_CASE("every error code has a name of its own in lower case") {
  std::set<std::string_view> seen;
  for (int i = 0; i <= last_code; ++i) {
    const auto name = to_string(static_cast<error_code>(i));
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_")
          == std::string_view::npos);
    CHECK(name != "unknown");
    CHECK(seen.insert(name).second);
  }
}

TEST_CASE("the numbers of stored error codes stay what they are") {
  CHECK(static_cast<int>(error_code::none) == 0);
  CHECK(static_cast<int>(error_code::version_conflict) == 1);
  CHECK(static_cast<int>(error_code::reservation_not_found) == 8);
  CHECK(static_cast<int>(error_code::internal) == 20);
  CHECK(static_cast<int>(error_code::version_not_supported) == 34);
  CHECK(last_code == 35);
}

TEST_CASE("a number without a code has the name unknown") {
  CHECK(to_string(static_cast<error_code>(250)) == "unknown");
  CHECK_FALSE(is_retryable(static_cast<error_code>(250)));
}

TEST_CASE("keys remember the refusals of the business and no others") {
  CHECK(names_where(is_business_refusal)
        == "version_conflict insufficient_stock reservation_closed "
           "quantity_exceeds_hold limit_exceeded precondition_failed "
           "sku_not_found reservation_not_found");
}

TEST_CASE("what the contract calls retryable is retryable") {
  CHECK(names_where(is_retryable)
        == "version_conflict idempotency_in_flight overloaded bulkhead_full "
           "circuit_open store_unavailable lease_held read_only "
           "shutting_down deadline_exceeded rate_limited");
}

TEST_CASE("a breaker counts only what failed inside the callee") {
  CHECK(names_where(is_fault) == "deadline_exceeded internal");
}

TEST_CASE("every event type has its name on the wire") {
  CHECK(to_string(event_type::stock_adjusted) == "stock_adjusted");
  CHECK(to_string(event_type::stock_counted) == "stock_counted");
  CHECK(to_string(event_type::stock_reserved) == "stock_reserved");
  CHECK(to_string(event_type::stock_released) == "stock_released");
  CHECK(to_string(event_type::stock_committed) == "stock_committed");
  CHECK(to_string(event_type::reservation_extended) == "reservation_extended");
  CHECK(to_string(event_type::reservation_expired) == "reservation_expired");
  CHECK(to_string(static_cast<event_type>(0)) == "unknown");
}
