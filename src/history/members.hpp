// Members of one JSON object, taken one by one. Internal to histories.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace holdfast::history {

/// What is wrong with a line, and where in it.
class line_fault : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The value that a line is. Throws `line_fault` for a member that comes twice
/// in an object and a number beyond all that there are, and nlohmann's
/// `parse_error`.
nlohmann::json parse_line(const std::string& line);

/// Every function throws `line_fault` for a member that is not what it should
/// be, and one that is missing unless there is a value for that.
class members {
public:
  /// `path` leads to the object, as in a JSON pointer (RFC 6901).
  members(const nlohmann::json& of, std::string path);

  bool has(const char* name) const;

  std::int64_t integer(const char* name);
  std::int64_t integer_or(const char* name, std::int64_t missing);
  /// An integer that is not negative.
  std::uint64_t number(const char* name);
  std::uint64_t number_to(const char* name, std::uint64_t max);
  /// A balance, or a difference of two: adding some of them is safe.
  std::int64_t amount(const char* name);
  std::int64_t amount_or(const char* name, std::int64_t missing);
  std::uint64_t number_or(const char* name, std::uint64_t missing);
  std::string text(const char* name);
  std::string text_or(const char* name, const char* missing);
  bool flag(const char* name);
  /// Milliseconds since the epoch, as a number or in the form of RFC 3339.
  std::int64_t time(const char* name);
  /// An object in this one.
  std::optional<members> object(const char* name);
  /// An array of objects.
  std::vector<members> objects(const char* name);

  /// Complains about a member that nobody asked for.
  void finish() const;
  [[noreturn]] void fail(const char* name, const std::string& why) const;

private:
  const nlohmann::json* find(const char* name);
  const nlohmann::json& get(const char* name);

  const nlohmann::json& of_;
  std::string path_;
  std::set<std::string> taken_;
};

} // namespace holdfast::history
