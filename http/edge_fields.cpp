// The field lines (RFC 9112, section 5) and the end of the head.
#include <algorithm>

#include "holdfast/limits.hpp"
#include "http/edge_bytes.hpp"
#include "http/edge_scanner.hpp"

namespace holdfast::http {

std::size_t edge_scanner::field_room() const noexcept {
  return std::min(limits::field_bytes_max - field_bytes_,
                  limits::head_bytes_max - all_field_bytes_);
}

void edge_scanner::count_field_bytes(std::size_t count) noexcept {
  field_bytes_ = static_cast<std::uint16_t>(field_bytes_ + count);
  all_field_bytes_ = static_cast<std::uint16_t>(all_field_bytes_ + count);
}

const char* edge_scanner::refuse_fields() noexcept {
  return refuse(error_code::headers_too_large,
                "A field is over 8 KiB, or all of them are over 16 KiB.");
}

const char* edge_scanner::refuse_name(char byte) noexcept {
  if (byte == '\r' || byte == '\n')
    return refuse(error_code::invalid_request, "A field line has no colon.");
  if (is_blank(byte))
    return refuse(error_code::invalid_request,
                  "There is white space in a field name or after it.");
  return refuse(error_code::invalid_request, "A field name is not a token.");
}

const char* edge_scanner::refuse_value(char byte) noexcept {
  if (byte == '\n')
    return refuse(error_code::invalid_request,
                  "A line ends without a carriage return.");
  return refuse(error_code::invalid_request,
                "There is a control character in a field value.");
}

const char* edge_scanner::scan_field_start(const char* at) noexcept {
  if (*at == '\r') {
    at_ = place::head_lf;
    return at + 1;
  }
  if (*at == '\n')
    return refuse_value(*at);
  if (is_blank(*at))
    return refuse(error_code::invalid_request, "A field line is folded.");
  if (fields_ == limits::field_count_max)
    return refuse(error_code::headers_too_large,
                  "There are more than 64 fields.");
  ++fields_;
  field_bytes_ = 0;
  at_ = place::field_name;
  return at;
}

const char* edge_scanner::scan_name(const char* at, const char* end) noexcept {
  const auto* const from = at;
  at = skip(token_byte, at, end);
  const auto size = static_cast<std::size_t>(at - from);
  if (size > field_room())
    return refuse_fields();
  count_field_bytes(size);
  if (at == end)
    return hold_word(from, at);
  if (*at != ':')
    return refuse_name(*at);
  if (field_bytes_ == 0)
    return refuse(error_code::invalid_request, "A field has no name.");
  if (!begin_value(take_word(from, at)))
    return nullptr;
  at_ = place::value_start;
  return at + 1;
}

// The first blank is free, so that a line written the usual way counts its
// name and its value only; a flood of them is counted.
const char* edge_scanner::scan_value_start(const char* at,
                                           const char* end) noexcept {
  for (; at != end && is_blank(*at); ++at) {
    if (blank_seen_) {
      if (field_room() == 0)
        return refuse_fields();
      count_field_bytes(1);
    }
    blank_seen_ = true;
  }
  if (at != end) {
    blank_seen_ = false;
    at_ = place::value;
  }
  return at;
}

// What lies before a broken limit is judged before it: the verdict must not
// depend on how the bytes were cut.
const char* edge_scanner::scan_value(const char* at, const char* end) noexcept {
  const auto* const from = at;
  at = skip(value_byte, at, end);
  const auto size = static_cast<std::size_t>(at - from);
  const auto room = field_room();
  if (field_ != field::other && !take_value(from, from + std::min(size, room)))
    return nullptr;
  if (size > room)
    return refuse_fields();
  count_field_bytes(size);
  if (at == end)
    return at;
  if (*at != '\r')
    return refuse_value(*at);
  if (field_ != field::other && !finish_value())
    return nullptr;
  at_ = place::line_lf;
  return at + 1;
}

const char* edge_scanner::scan_head_end(const char* at) noexcept {
  if (scan_line_feed(at, place::head_lf) == nullptr)
    return nullptr;
  if (minor_version_ == 1 && !has_host_)
    return refuse(error_code::invalid_request, "There is no Host field.");
  if (!has_length_ && must_have_length())
    return refuse(error_code::length_required,
                  "This method needs a Content-Length.");
  at_ = body_left_ == 0 ? place::done : place::body;
  return at + 1;
}

} // namespace holdfast::http
