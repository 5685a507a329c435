// Writes JSON (RFC 8259) by appending: no tree, no copies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast::http {

/// Appends `text` as the inside of a JSON string: `"`, `\` and the control
/// characters below 0x20 escaped, everything else as it is. Requires UTF-8.
/// One text has one spelling, so this is also the canonical form.
void append_escaped(std::string& out, std::string_view text);

/// Appends RFC 3339 UTC with milliseconds, e.g. `2026-11-22T06:11:00.123Z`,
/// for milliseconds since the epoch, years 0000 to 9999.
void append_time(std::string& out, std::int64_t ms);

/// A growing document. The caller opens and closes in pairs; commas come by
/// themselves.
class json_writer {
public:
  json_writer& open(char bracket);
  json_writer& close(char bracket);

  /// Name of the member whose value comes next; plain ASCII.
  json_writer& name(std::string_view text);

  json_writer& value(std::int64_t number);
  json_writer& value(std::string_view text);
  json_writer& flag(bool is);

  /// `"name":value`.
  json_writer& member(std::string_view name, std::int64_t number);
  json_writer& member(std::string_view name, std::string_view text);
  /// Left out when empty: a member that has no value is never null.
  json_writer& member_if(std::string_view name, std::string_view text);
  json_writer& member_time(std::string_view name, std::int64_t ms);

  void reserve(std::size_t bytes) {
    out_.reserve(bytes);
  }
  /// The document; leaves the writer empty.
  std::string take() {
    return std::move(out_);
  }
  std::string_view view() const noexcept {
    return out_;
  }

private:
  static constexpr std::size_t short_name_max = 32;

  void separate();
  bool opens_value() const noexcept;
  char* put_name(char* at, std::string_view name) const noexcept;

  std::string out_;
};

} // namespace holdfast::http
