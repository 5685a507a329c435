// Reads bodies that are one JSON object.
#pragma once

#include <string>
#include <string_view>

#include "http/json_scanner.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

inline constexpr auto not_a_member = "is not a member of this body";

/// Refuses a member that is not to be there, and reads over its value, which
/// comes next. False once the grammar is broken, like all that read on.
inline bool refuse_member(std::string_view name, std::string_view why,
                          json_scanner& from, faults& found) {
  add_fault(found, pointer_to(name), why);
  return from.skip_value(1);
}

/// Reads over a value that is not what `rule` says.
inline bool read_other(json_scanner& from, const char* rule,
                       const char*& wrong) {
  wrong = from.peek() == 'n' ? "must be left out rather than null" : rule;
  return from.skip_value(1);
}

/// Reads the value of a member, a text. `wrong` becomes what is wrong with it,
/// or null: `into` is of use then.
inline bool read_value(json_scanner& from, json_text& into,
                       const char*& wrong) {
  if (from.peek() != '"')
    return read_other(from, "must be a string", wrong);
  const bool is_read = from.read_text(into);
  wrong = into.flaw;
  return is_read;
}

/// The same for an integer, which may not fit.
inline bool read_value(json_scanner& from, json_number& into,
                       const char*& wrong) {
  constexpr auto rule = "must be an integer";
  const char next = from.peek();
  if (next != '-' && (next < '0' || next > '9'))
    return read_other(from, rule, wrong);
  const bool is_read = from.read_number(into);
  wrong = into.integer ? nullptr : rule;
  return is_read;
}

template <class OnMember>
bool read_member(json_scanner& from, faults& found, OnMember& on_member) {
  json_text name;
  if (!from.read_text(name) || !from.expect(':', "':' is expected"))
    return false;
  if (name.flaw != nullptr) {
    add_fault(found, "", std::string{"the name of a member "} + name.flaw);
    return from.skip_value(1);
  }
  const auto spelled = name.escaped ? unescape(name) : std::string{};
  return on_member(name.escaped ? std::string_view{spelled} : name.raw, from);
}

template <class OnMember>
bool read_members(json_scanner& from, faults& found, OnMember& on_member) {
  from.take('{');
  if (from.take('}'))
    return true;
  do {
    if (!read_member(from, found, on_member))
      return false;
  } while (from.take(','));
  return from.expect('}', "',' or '}' is expected");
}

/// Reads `body`, an object; an empty one is one without members. Calls
/// `on_member(name, scanner)` for each member, which reads the value that comes
/// next and is false once the grammar is broken. Adds what else is wrong to
/// `found`. True if it is an object to its end, so that a member that was not
/// seen is missing.
template <class OnMember>
bool read_object(std::string_view body, faults& found, OnMember&& on_member) {
  if (body.empty())
    return true;
  json_scanner from{body};
  const bool is_object = from.peek() == '{';
  const bool is_whole =
      (is_object ? read_members(from, found, on_member) : from.skip_value(0))
      && from.expect_end();
  if (!is_whole)
    add_fault(found, "",
              "invalid JSON at byte " + std::to_string(from.offset()) + ": "
                  + from.error());
  else if (!is_object)
    add_fault(found, "", "must be an object");
  return is_whole && is_object;
}

} // namespace holdfast::http
