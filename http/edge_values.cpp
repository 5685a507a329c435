// The fields that decide where a request ends and whom it is for (RFC 9110,
// sections 7.2, 8.6 and 10.1.1; RFC 9112, section 6).
#include "holdfast/limits.hpp"
#include "http/edge_bytes.hpp"
#include "http/edge_scanner.hpp"

namespace holdfast::http {

bool edge_scanner::may_have_body() const noexcept {
  switch (method_) {
  case method::get:
  case method::head:
  case method::del:
  case method::trace:
    return false;
  case method::unknown:
  case method::post:
  case method::put:
  case method::patch:
  case method::options:
    break;
  }
  return true;
}

bool edge_scanner::must_have_length() const noexcept {
  return method_ == method::post || method_ == method::put;
}

// The length tells nearly every field that means nothing here.
bool edge_scanner::begin_value(std::string_view name) noexcept {
  constexpr std::string_view encoding = "transfer-encoding";
  field_ = field::other;
  if (is_same_word(name, "host")) {
    field_ = field::host;
    if (has_host_)
      refuse(error_code::invalid_request, "There is more than one Host.");
    has_host_ = true;
  } else if (is_same_word(name, "content-length")) {
    field_ = field::content_length;
    if (has_length_)
      refuse(error_code::invalid_request,
             "There is more than one Content-Length.");
    has_length_ = true;
  } else if (is_same_word(name, "expect")) {
    field_ = field::expect;
  } else if (is_same_word(name.substr(0, encoding.size()), encoding)) {
    // RESTinio's parser takes a longer name for the same and then closes.
    if (name.size() == encoding.size())
      refuse(error_code::length_required,
             "Transfer-Encoding is not taken; send a Content-Length.");
    else
      refuse(error_code::invalid_request,
             "A field name begins with Transfer-Encoding.");
  } else if (is_same_word(name, "upgrade")) {
    refuse(error_code::not_implemented, "There is nothing to upgrade to.");
  }
  return code_ == error_code::none;
}

bool edge_scanner::take_value(const char* from, const char* to) noexcept {
  if (field_ == field::expect) {
    hold_word(from, to);
    return true;
  }
  if (field_ == field::host && !blank_seen_)
    from = authority_.skip_name(from, to);
  for (; from != to; ++from) {
    // A tab behind the number is good HTTP, but RESTinio's parser would close
    // on it without a word.
    const auto is_end = field_ == field::host ? is_blank(*from) : *from == ' ';
    if (is_end)
      blank_seen_ = true;
    else if (field_ == field::host ? !take_host(*from) : !take_length(*from))
      return false;
  }
  return true;
}

bool edge_scanner::take_host(char byte) noexcept {
  if (!blank_seen_ && authority_.feed(byte))
    return true;
  refuse(error_code::invalid_request, "The Host is not valid.");
  return false;
}

bool edge_scanner::take_length(char byte) noexcept {
  if (blank_seen_ || !is_in(digit_byte, byte)) {
    refuse(error_code::invalid_request, "The Content-Length is not valid.");
    return false;
  }
  has_digit_ = true;
  // Past the limit the number does not matter, only that it is one.
  if (body_left_ <= limits::body_bytes_max)
    body_left_ = body_left_ * 10 + static_cast<std::uint32_t>(byte - '0');
  return true;
}

bool edge_scanner::finish_value() noexcept {
  blank_seen_ = false;
  switch (field_) {
  case field::other:
    return true;
  case field::content_length:
    return finish_length();
  case field::host:
    if (!authority_.is_whole())
      refuse(error_code::invalid_request, "The Host is not valid.");
    break;
  case field::expect: {
    auto text = take_word(nullptr, nullptr);
    while (!text.empty() && is_blank(text.back()))
      text.remove_suffix(1);
    expects_continue_ = expects_continue_ || is_same_word(text, "100-continue");
    break;
  }
  }
  return code_ == error_code::none;
}

bool edge_scanner::finish_length() noexcept {
  if (!has_digit_)
    refuse(error_code::invalid_request, "The Content-Length is not valid.");
  else if (body_left_ > limits::body_bytes_max)
    refuse(error_code::body_too_large, "The body is over 64 KiB.");
  else if (body_left_ > 0 && !may_have_body())
    refuse(error_code::invalid_request, "This method takes no body.");
  return code_ == error_code::none;
}

} // namespace holdfast::http
