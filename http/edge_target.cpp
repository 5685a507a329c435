// The request target (RFC 9112, section 3.2): origin form, absolute form, and
// the asterisk of OPTIONS. The authority form belongs to CONNECT alone.
#include "holdfast/limits.hpp"
#include "http/edge_bytes.hpp"
#include "http/edge_scanner.hpp"

namespace holdfast::http {

const char* edge_scanner::refuse_target(char byte) noexcept {
  if (byte == ' ')
    return refuse(error_code::invalid_request,
                  "The request target is missing or in no known form.");
  if (byte == '#')
    return refuse(error_code::invalid_request,
                  "The request target has a fragment.");
  if (byte == '\r' || byte == '\n')
    return refuse(error_code::invalid_request,
                  "The request line does not end in an HTTP version.");
  if (!is_in(target_byte, byte))
    return refuse(error_code::invalid_request,
                  "The request target has a byte outside 0x21-0x7e.");
  return refuse(error_code::invalid_request,
                "The request target is in no known form.");
}

const char* edge_scanner::scan_target_start(const char* at) noexcept {
  if (*at == '/')
    at_ = place::target_rest;
  else if (*at == '*' && method_ == method::options)
    at_ = place::target_asterisk;
  else if (to_lower(*at) == 'h')
    at_ = place::target_scheme;
  else
    return refuse_target(*at);
  return at;
}

// `http://` and `https://` in any case. Other schemes are no resources of
// this server.
const char* edge_scanner::scan_scheme(const char* at) noexcept {
  const auto byte = to_lower(*at);
  const auto size = word_size_;
  const auto is_secure = size > 4 && word_[4] == 's';
  const std::string_view expected = is_secure ? "https://" : "http://";
  if (byte != expected[size] && !(size == 4 && byte == 's'))
    return refuse_target(*at);
  hold_word(&byte, &byte + 1);
  ++target_bytes_;
  const auto is_whole = word_size_ == (is_secure ? 8 : 7);
  if (is_whole) {
    word_size_ = 0;
    at_ = place::target_authority;
  }
  return at + 1;
}

const char* edge_scanner::scan_authority(const char* at) noexcept {
  if (*at == '/' || *at == '?' || *at == ' ') {
    if (authority_.is_nameless() || !authority_.is_whole())
      return refuse(error_code::invalid_request,
                    "The authority of the request target is not valid.");
    authority_ = authority_scanner{};
    at_ = place::target_rest;
    return at;
  }
  if (!is_in(target_byte, *at))
    return refuse_target(*at);
  if (target_bytes_ == limits::target_bytes_max)
    return refuse(error_code::uri_too_long,
                  "The request target is over 2,048 bytes.");
  if (!authority_.feed(*at))
    return refuse(error_code::invalid_request,
                  "The authority of the request target is not valid.");
  ++target_bytes_;
  return at + 1;
}

const char* edge_scanner::scan_target(const char* at,
                                      const char* end) noexcept {
  const auto* const from = at;
  at = skip(target_byte, at, end);
  const auto size = static_cast<std::size_t>(at - from);
  if (at_ == place::target_asterisk && target_bytes_ + size > 1)
    return refuse(error_code::invalid_request,
                  "The request target is in no known form.");
  if (target_bytes_ + size > limits::target_bytes_max)
    return refuse(error_code::uri_too_long,
                  "The request target is over 2,048 bytes.");
  target_bytes_ = static_cast<std::uint16_t>(target_bytes_ + size);
  if (at == end)
    return at;
  if (*at != ' ')
    return refuse_target(*at);
  at_ = place::version;
  return at + 1;
}

} // namespace holdfast::http
