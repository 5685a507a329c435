#include <doctest/doctest.h>

#include "holdfast/words.hpp"

using namespace holdfast;

TEST_CASE("every word is read as what it was written for") {
  for (int i = 1; i <= static_cast<int>(action::extend); ++i)
    CHECK(action_named(to_string(static_cast<action>(i)))
          == static_cast<action>(i));
  for (int i = 1; i <= static_cast<int>(reservation_state::expired); ++i)
    CHECK(reservation_state_named(to_string(static_cast<reservation_state>(i)))
          == static_cast<reservation_state>(i));
  for (int i = 1; i <= static_cast<int>(event_type::reservation_expired); ++i)
    CHECK(event_type_named(to_string(static_cast<event_type>(i)))
          == static_cast<event_type>(i));
  for (int i = 1; i <= static_cast<int>(error_code_last); ++i)
    CHECK(refusal_named(to_string(static_cast<error_code>(i)))
          == static_cast<error_code>(i));
}

TEST_CASE("states have the names of the contract") {
  CHECK(to_string(reservation_state::active) == "active");
  CHECK(to_string(reservation_state::committed) == "committed");
  CHECK(to_string(reservation_state::released) == "released");
  CHECK(to_string(reservation_state::expired) == "expired");
}

TEST_CASE("another word names nothing") {
  for (const auto* word : {"", "none", "unknown", "Active", "reserve "}) {
    CAPTURE(word);
    CHECK_FALSE(action_named(word).has_value());
    CHECK_FALSE(reservation_state_named(word).has_value());
    CHECK_FALSE(event_type_named(word).has_value());
    CHECK_FALSE(refusal_named(word).has_value());
  }
}
