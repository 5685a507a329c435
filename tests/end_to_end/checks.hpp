// Holds answers against the contract, member by member.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tests/support/raw_client.hpp"

namespace holdfast::live {

using nlohmann::json;

/// The body of `answer`; the test ends if it is no JSON.
json body_of(const raw_response& answer);

/// RFC 3339, UTC, with milliseconds.
bool is_time(const json& text);
/// Milliseconds since the epoch of such a text.
std::int64_t time_ms(const json& text);

/// A problem with exactly the members of the contract and `more`, which the
/// code names; returns its body.
json check_problem(const raw_response& answer, int status,
                   std::string_view code, const json& more = json::object());

/// 400 whose faults point at exactly `pointers`, in this order.
void check_invalid(const raw_response& answer, const json& pointers);

struct place {
  std::string sku;
  std::string store = "store-1";
};

struct levels {
  std::uint64_t version = 1;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t safety_stock = 0;
  std::int64_t backorder_limit = 0;
};

/// `record` has exactly the members of the contract, with these values.
void check_record(const json& record, const place& at, const levels& expected);

/// The answer is `status` with such a record, its ETag and no more.
void check_record(const raw_response& answer, int status, const place& at,
                  const levels& expected);

struct hold {
  std::int64_t quantity = 0;
  std::string state = "active";
  std::int64_t committed = 0;
  std::int64_t released = 0;
  /// Empty: the member is absent.
  std::string owner = {};
  std::string reference = {};
};

/// `reservation` has exactly the members of the contract; returns its id.
std::string check_hold(const json& reservation, const place& at,
                       const hold& expected);

/// The answer is `status` with a reservation and a record; returns the id.
std::string check_both(const raw_response& answer, int status, const place& at,
                       const hold& reservation, const levels& record);

} // namespace holdfast::live
