// The kinds of options: each makes an `option` of a member and its range.
#pragma once

#include <cstdint>
#include <utility>

#include "src/config/option.hpp"
#include "src/config/value.hpp"

namespace holdfast::config {

/// An integer from `min` to `max`, both of which the member can hold.
template <class T, class Integer>
option<T> integer(std::string name, Integer T::*member, std::int64_t min,
                  std::int64_t max, std::string help) {
  option<T> made{std::move(name), std::move(help)};
  made.in_file = spelling::bare;
  made.rule =
      "an integer from " + std::to_string(min) + " to " + std::to_string(max);
  made.assign = [member, min, max](T& target, const auto& items) {
    const auto value = parse_integer(items.front());
    if (!value || *value < min || *value > max)
      return false;
    target.*member = static_cast<Integer>(*value);
    return true;
  };
  made.show = [member](const T& from) {
    return std::to_string(from.*member);
  };
  return made;
}

/// The same, or 0, which turns off what the option is about.
template <class T, class Integer>
option<T> integer_or_0(std::string name, Integer T::*member, std::int64_t min,
                       std::int64_t max, std::string help) {
  auto made = integer(std::move(name), member, min, max, std::move(help));
  made.rule = "0, or " + made.rule;
  made.assign = [member, otherwise = made.assign](T& target,
                                                  const auto& items) {
    if (parse_integer(items.front()) != 0)
      return otherwise(target, items);
    target.*member = 0;
    return true;
  };
  return made;
}

/// A port, or `auto`: then `any` is set, and the port is 0.
template <class T>
option<T> port(std::string name, std::uint16_t T::*member, bool T::*any,
               std::string help) {
  option<T> made{std::move(name), std::move(help)};
  made.in_file = spelling::either;
  made.rule = "an integer from 0 to 65535, or auto";
  made.assign = [member, any](T& target, const auto& items) {
    const bool is_auto = items.front() == "auto";
    const auto value = is_auto ? 0 : parse_integer(items.front());
    if (!value || *value < 0 || *value > 65'535)
      return false;
    target.*member = static_cast<std::uint16_t>(*value);
    target.*any = is_auto;
    return true;
  };
  made.show = [member, any](const T& from) {
    return from.*any ? quote("auto") : std::to_string(from.*member);
  };
  return made;
}

/// A number from `min` to `max`.
template <class T>
option<T> number(std::string name, double T::*member, double min, double max,
                 std::string help) {
  option<T> made{std::move(name), std::move(help)};
  made.in_file = spelling::bare;
  made.rule = "a number from " + show_number(min) + " to " + show_number(max);
  made.assign = [member, min, max](T& target, const auto& items) {
    const auto value = parse_number(items.front());
    if (!value || *value < min || *value > max)
      return false;
    target.*member = *value;
    return true;
  };
  made.show = [member](const T& from) {
    return show_number(from.*member);
  };
  return made;
}

/// `true` or `false`.
template <class T>
option<T> toggle(std::string name, bool T::*member, std::string help) {
  option<T> made{std::move(name), std::move(help), "true or false", true};
  made.in_file = spelling::bare;
  made.assign = [member](T& target, const auto& items) {
    const auto value = parse_toggle(items.front());
    if (value)
      target.*member = *value;
    return value.has_value();
  };
  made.show = [member](const T& from) {
    return std::string{from.*member ? "true" : "false"};
  };
  return made;
}

/// Any text that `accept` takes.
template <class T, class Accept>
option<T> text(std::string name, std::string T::*member, Accept accept,
               std::string rule, std::string help) {
  option<T> made{std::move(name), std::move(help), std::move(rule)};
  made.assign = [member, accept](T& target, const auto& items) {
    if (!accept(items.front()))
      return false;
    target.*member = items.front();
    return true;
  };
  made.show = [member](const T& from) {
    return quote(from.*member);
  };
  return made;
}

/// One of `words`.
template <class T>
option<T> choice(std::string name, std::string T::*member,
                 std::vector<std::string> words, std::string help) {
  std::string rule = words.front();
  for (std::size_t i = 1; i < words.size(); ++i)
    rule += (i + 1 < words.size() ? ", " : " or ") + words[i];
  const auto accept = [words = std::move(words)](std::string_view value) {
    for (const auto& word : words)
      if (word == value)
        return true;
    return false;
  };
  return text(std::move(name), member, accept, std::move(rule),
              std::move(help));
}

/// Several texts that `accept` takes together.
template <class T, class Accept>
option<T> list(std::string name, std::vector<std::string> T::*member,
               Accept accept, std::string rule, std::string help) {
  option<T> made{std::move(name), std::move(help), std::move(rule)};
  made.is_list = true;
  made.assign = [member, accept](T& target, const auto& items) {
    if (!accept(items))
      return false;
    target.*member = items;
    return true;
  };
  made.show = [member](const T& from) {
    return quote_list(from.*member);
  };
  return made;
}

} // namespace holdfast::config
