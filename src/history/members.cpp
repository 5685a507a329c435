#include "src/history/members.hpp"

#include "holdfast/command.hpp"
#include "holdfast/limits.hpp"
#include "src/history/time_text.hpp"

namespace holdfast::history {

namespace {

constexpr std::int64_t amount_max = 4 * limits::balance_max;
constexpr std::int64_t end_of_year_9999_ms = 253'402'300'799'999;

} // namespace

nlohmann::json parse_line(const std::string& line) {
  using event = nlohmann::json::parse_event_t;
  // Of each object that is open.
  std::vector<std::set<std::string>> names;
  const auto look = [&](int, event is, nlohmann::json& value) {
    if (is == event::object_start)
      names.emplace_back();
    else if (is == event::object_end)
      names.pop_back();
    else if (is == event::key
             && !names.back().insert(value.get<std::string>()).second)
      throw line_fault{'/' + value.get<std::string>() + " comes twice"};
    return true;
  };
  try {
    return nlohmann::json::parse(line, look);
  } catch (const nlohmann::json::out_of_range&) {
    throw line_fault{"it has a number that is too large"};
  }
}

members::members(const nlohmann::json& of, std::string path)
    : of_(of), path_(std::move(path)) {
  if (!of_.is_object())
    throw line_fault{(path_.empty() ? "it" : path_) + " must be an object"};
}

bool members::has(const char* name) const {
  return of_.contains(name);
}

const nlohmann::json* members::find(const char* name) {
  const auto found = of_.find(name);
  if (found == of_.end())
    return nullptr;
  taken_.insert(name);
  return &*found;
}

const nlohmann::json& members::get(const char* name) {
  const auto* found = find(name);
  if (found == nullptr)
    throw line_fault{path_ + '/' + name + " is missing"};
  return *found;
}

std::int64_t members::integer(const char* name) {
  const auto& value = get(name);
  if (!value.is_number_integer()
      || (value.is_number_unsigned() && value.get<std::uint64_t>() >> 63 != 0))
    fail(name, "must be an integer");
  const auto number = value.get<std::int64_t>();
  // Elsewhere it stands for a member that was left out.
  if (number == absent)
    fail(name, "is less than there can be");
  return number;
}

std::int64_t members::integer_or(const char* name, std::int64_t missing) {
  return has(name) ? integer(name) : missing;
}

std::uint64_t members::number(const char* name) {
  const auto value = integer(name);
  if (value < 0)
    fail(name, "must not be negative");
  return static_cast<std::uint64_t>(value);
}

std::uint64_t members::number_to(const char* name, std::uint64_t max) {
  const auto value = number(name);
  if (value > max)
    fail(name, "must not be above " + std::to_string(max));
  return value;
}

std::int64_t members::amount(const char* name) {
  const auto value = integer(name);
  if (value < -amount_max || value > amount_max)
    fail(name, "is more than there can be");
  return value;
}

std::int64_t members::amount_or(const char* name, std::int64_t missing) {
  return has(name) ? amount(name) : missing;
}

std::uint64_t members::number_or(const char* name, std::uint64_t missing) {
  return has(name) ? number(name) : missing;
}

std::string members::text(const char* name) {
  const auto& value = get(name);
  if (!value.is_string())
    fail(name, "must be a string");
  return value.get<std::string>();
}

std::string members::text_or(const char* name, const char* missing) {
  return has(name) ? text(name) : missing;
}

bool members::flag(const char* name) {
  const auto* value = find(name);
  if (value == nullptr)
    return false;
  if (!value->is_boolean())
    fail(name, "must be true or false");
  return value->get<bool>();
}

std::int64_t members::time(const char* name) {
  if (!get(name).is_string())
    return static_cast<std::int64_t>(number_to(name, end_of_year_9999_ms));
  const auto read = time_named(text(name));
  if (!read)
    fail(name, "must be milliseconds or a time like 2026-11-22T06:11:00.123Z");
  return *read;
}

std::optional<members> members::object(const char* name) {
  const auto* value = find(name);
  if (value == nullptr)
    return std::nullopt;
  return members{*value, path_ + '/' + name};
}

std::vector<members> members::objects(const char* name) {
  const auto& value = get(name);
  if (!value.is_array())
    fail(name, "must be an array");
  std::vector<members> all;
  for (const auto& each : value)
    all.emplace_back(each,
                     path_ + '/' + name + '/' + std::to_string(all.size()));
  return all;
}

void members::finish() const {
  for (const auto& [name, value] : of_.items())
    if (!taken_.contains(name))
      throw line_fault{path_ + '/' + name + " is not known"};
}

void members::fail(const char* name, const std::string& why) const {
  throw line_fault{path_ + '/' + name + ' ' + why};
}

} // namespace holdfast::history
