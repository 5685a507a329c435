// Reads the query of a resource that takes parameters.
#pragma once

#include <charconv>
#include <functional>
#include <string_view>

#include "http/problem.hpp"
#include "http/target.hpp"

namespace holdfast::http {

/// Takes one parameter of a query: what is wrong with it, or null.
using take_parameter = std::function<const char*(query_parameter&)>;
inline constexpr auto not_a_parameter = "is not a parameter of this resource";

/// Hands each parameter of `query` to `take`. Adds a fault for each that is
/// malformed, repeated or not taken; its pointer is the name of the parameter.
void read_query(std::string_view query, faults& found,
                const take_parameter& take);

/// A number from 1 on, without leading zeros: one number has one spelling.
template <class Number>
bool read_number(std::string_view text, Number& into) {
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, into);
  return error == std::errc{} && stop == end && !text.starts_with('0');
}

/// How many a page is to have at most: what is wrong with `text`, or null.
const char* take_limit(std::string_view text, std::size_t& into);

} // namespace holdfast::http
