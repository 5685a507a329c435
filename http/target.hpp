// The target of a request, taken apart: path segments and query parameters.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::http {

/// Decodes the escapes of `text` (RFC 3986, section 2.1) into the end of
/// `into`. `+` stays a plus. False where a `%` is not followed by two hex
/// digits; `into` is unspecified then.
bool percent_decode(std::string_view text, std::string& into);

/// One segment of a path, decoded. Decoding comes after splitting, so a `/`
/// in `text` was an escape.
struct path_segment {
  std::string_view text;
  /// An escape in it is broken; `text` is undecoded.
  bool malformed = false;
};

/// A request target in origin form or absolute form (RFC 9112, section 3.2).
/// Views into the text it was made from, which has to outlive it; only
/// segments with escapes are copied.
class request_target {
public:
  /// A longer path keeps its tail undivided in the last segment.
  static constexpr std::size_t segments_max = 9;

  explicit request_target(std::string_view text);
  request_target(const request_target&) = delete;
  request_target& operator=(const request_target&) = delete;

  /// Neither of the two forms, or one with a fragment.
  bool malformed() const noexcept {
    return malformed_;
  }
  /// Without the empty one before the leading `/`. None if malformed.
  std::span<const path_segment> segments() const noexcept {
    return {segments_.data(), count_};
  }
  /// What follows `?`, as received.
  std::string_view query() const noexcept {
    return query_;
  }

private:
  void split(std::string_view path);
  path_segment decode(std::string_view raw);

  bool malformed_ = false;
  bool escaped_ = false;
  std::size_t count_ = 0;
  std::array<path_segment, segments_max> segments_;
  std::string_view query_;
  std::string decoded_;
};

/// `name=value` of a query, both decoded.
struct query_parameter {
  std::string name;
  std::string value;
  /// An escape in it is broken; both are undecoded.
  bool malformed = false;
};

/// Parameters in their order; empty ones (`&&`) are left out.
std::vector<query_parameter> parse_query(std::string_view query);

} // namespace holdfast::http
