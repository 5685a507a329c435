// The request line, the body, and the way through them.
#include "http/edge_scanner.hpp"

#include <algorithm>

#include "holdfast/limits.hpp"
#include "http/edge_bytes.hpp"

namespace holdfast::http {

edge_scanner::result edge_scanner::feed(const char* data,
                                        std::size_t size) noexcept {
  const auto* const end = data + size;
  const auto* at = data;
  while (at != end && at_ != place::done) {
    at = advance(at, end);
    if (at == nullptr)
      return {verdict::violation, 0, code_, message_};
  }
  const auto is = at_ == place::done ? verdict::complete : verdict::need_more;
  return {is, static_cast<std::size_t>(at - data), error_code::none, {}};
}

const char* edge_scanner::advance(const char* at, const char* end) noexcept {
  switch (at_) {
  case place::start:
    return scan_start(at);
  case place::start_lf:
    return scan_line_feed(at, place::start);
  case place::method:
    return scan_method(at, end);
  case place::target_start:
    return scan_target_start(at);
  case place::target_scheme:
    return scan_scheme(at);
  case place::target_authority:
    return scan_authority(at);
  case place::target_asterisk:
  case place::target_rest:
    return scan_target(at, end);
  case place::version:
    return scan_version(at, end);
  case place::line_lf:
    return scan_line_feed(at, place::field_start);
  case place::field_start:
    return scan_field_start(at);
  case place::field_name:
    return scan_name(at, end);
  case place::value_start:
    return scan_value_start(at, end);
  case place::value:
    return scan_value(at, end);
  case place::head_lf:
    return scan_head_end(at);
  case place::body:
    return scan_body(at, end);
  case place::done:
    break;
  }
  return end;
}

const char* edge_scanner::refuse(error_code code,
                                 std::string_view message) noexcept {
  code_ = code;
  message_ = message;
  return nullptr;
}

const char* edge_scanner::scan_start(const char* at) noexcept {
  if (*at == '\n')
    return refuse(error_code::invalid_request,
                  "A line ends without a carriage return.");
  if (*at != '\r') {
    at_ = place::method;
    return at;
  }
  if (empty_lines_ == limits::empty_lines_max)
    return refuse(error_code::invalid_request,
                  "There are empty lines before the request line.");
  ++empty_lines_;
  at_ = place::start_lf;
  return at + 1;
}

const char* edge_scanner::scan_line_feed(const char* at, place next) noexcept {
  if (*at != '\n')
    return refuse(error_code::invalid_request,
                  "A carriage return is not followed by a line feed.");
  at_ = next;
  return at + 1;
}

const char* edge_scanner::scan_method(const char* at,
                                      const char* end) noexcept {
  const auto* const from = at;
  at = skip(token_byte, at, end);
  const auto size = word_size_ + static_cast<std::size_t>(at - from);
  if (size > limits::method_bytes_max)
    return refuse(error_code::not_implemented, "The method is not known.");
  if (at == end)
    return hold_word(from, at);
  if (*at != ' ' || size == 0)
    return refuse(error_code::invalid_request, "The method is not a token.");
  const auto word = take_word(from, at);
  // How HTTP/2 begins (RFC 9113, section 3.4).
  if (word == "PRI")
    return refuse(error_code::version_not_supported,
                  "HTTP/2 is not spoken here.");
  method_ = method_of(word);
  if (method_ == method::unknown)
    return refuse(error_code::not_implemented, "The method is not known.");
  at_ = place::target_start;
  return at + 1;
}

// CONNECT is well known and not among them on purpose.
edge_scanner::method edge_scanner::method_of(std::string_view word) noexcept {
  if (word == "POST")
    return method::post;
  if (word == "GET")
    return method::get;
  if (word == "PUT")
    return method::put;
  if (word == "HEAD")
    return method::head;
  if (word == "DELETE")
    return method::del;
  if (word == "PATCH")
    return method::patch;
  if (word == "OPTIONS")
    return method::options;
  if (word == "TRACE")
    return method::trace;
  return method::unknown;
}

const char* edge_scanner::scan_version(const char* at,
                                       const char* end) noexcept {
  constexpr std::string_view expected = "HTTP/1.1\r";
  // What nearly everyone sends, in one go.
  const auto left = std::string_view{at, static_cast<std::size_t>(end - at)};
  if (version_size_ == 0 && left.starts_with(expected)) {
    minor_version_ = 1;
    at_ = place::line_lf;
    return at + expected.size();
  }
  constexpr std::size_t major_at = 5;
  constexpr std::size_t minor_at = 7;
  const auto byte = *at;
  const auto is_digit_here =
      version_size_ == major_at || version_size_ == minor_at;
  if (is_digit_here ? !is_in(digit_byte, byte)
                    : byte != expected[version_size_])
    return refuse(error_code::invalid_request,
                  "The request line does not end in an HTTP version.");
  if (version_size_ == major_at)
    major_digit_ = byte;
  if (version_size_ == minor_at)
    minor_digit_ = byte;
  if (++version_size_ < expected.size())
    return at + 1;
  if (major_digit_ != '1' || minor_digit_ > '1')
    return refuse(error_code::version_not_supported,
                  "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
  minor_version_ = static_cast<std::uint8_t>(minor_digit_ - '0');
  at_ = place::line_lf;
  return at + 1;
}

const char* edge_scanner::scan_body(const char* at, const char* end) noexcept {
  const auto size = std::min(static_cast<std::size_t>(end - at),
                             static_cast<std::size_t>(body_left_));
  body_left_ -= static_cast<std::uint32_t>(size);
  // Who sends its body already waits for nothing.
  expects_continue_ = false;
  if (body_left_ == 0)
    at_ = place::done;
  return at + size;
}

const char* edge_scanner::hold_word(const char* from, const char* to) noexcept {
  for (; from != to; ++from, ++word_size_)
    if (word_size_ < word_.size())
      word_[word_size_] = *from;
  return to;
}

std::string_view edge_scanner::take_word(const char* from,
                                         const char* to) noexcept {
  if (word_size_ == 0)
    return {from, static_cast<std::size_t>(to - from)};
  hold_word(from, to);
  const auto size = std::min<std::size_t>(word_size_, word_.size());
  word_size_ = 0;
  return {word_.data(), size};
}

} // namespace holdfast::http
