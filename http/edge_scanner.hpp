// Strict reading of a request head (RFC 9112) before anything else sees it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "holdfast/error_code.hpp"
#include "http/authority_scanner.hpp"

namespace holdfast::http {

/// Finds the end of one request and the first violation in it, in reading
/// order. Bytes may come in pieces of any size: the verdict is the same. Keeps
/// no reference to them and allocates nothing. Stricter than RFC 9112 where
/// that lets a recipient choose: no Transfer-Encoding, no bare LF, no folding.
/// Not thread-safe.
class edge_scanner {
public:
  enum class verdict : std::uint8_t {
    /// Good so far, and not at its end.
    need_more,
    /// One whole request, body included, ends `consumed` bytes into the data.
    complete,
    /// The request must be refused with `code`.
    violation,
  };

  struct result {
    verdict is = verdict::need_more;
    std::size_t consumed = 0;
    error_code code = error_code::none;
    /// For people; needs no escaping in JSON.
    std::string_view message;
  };

  /// Reads on. After `complete` or `violation` only `reset` may follow.
  result feed(const char* data, std::size_t size) noexcept;

  /// Starts with the next request.
  void reset() noexcept {
    *this = edge_scanner{};
  }

  /// The head is whole and valid; what follows is body.
  bool is_past_head() const noexcept {
    return at_ >= place::body;
  }

  /// Something of a request was read, and not its end.
  bool is_inside() const noexcept {
    return at_ > place::start_lf && at_ < place::done;
  }

  /// True once, if the head is whole, asks for an interim answer before its
  /// body, and none of that came with it (RFC 9110, section 10.1.1).
  bool take_continue() noexcept {
    const auto is_due =
        expects_continue_ && minor_version_ == 1 && at_ == place::body;
    expects_continue_ = expects_continue_ && !is_due;
    return is_due;
  }

  /// The answer must not have a body (RFC 9110, section 9.3.2).
  bool is_head_request() const noexcept {
    return method_ == method::head;
  }

private:
  // In reading order: comparisons above rely on it.
  enum class place : std::uint8_t {
    start,
    start_lf,
    method,
    target_start,
    target_scheme,
    target_authority,
    target_asterisk,
    target_rest,
    version,
    line_lf,
    field_start,
    field_name,
    value_start,
    value,
    head_lf,
    body,
    done,
  };
  enum class method : std::uint8_t {
    unknown,
    get,
    head,
    post,
    put,
    del,
    patch,
    options,
    trace,
  };
  enum class field : std::uint8_t { other, host, content_length, expect };

  // Each reads on from `at` and returns where it stopped, or null after a
  // violation.
  const char* advance(const char* at, const char* end) noexcept;
  const char* scan_start(const char* at) noexcept;
  const char* scan_method(const char* at, const char* end) noexcept;
  const char* scan_target(const char* at, const char* end) noexcept;
  const char* scan_target_start(const char* at) noexcept;
  const char* scan_scheme(const char* at) noexcept;
  const char* scan_authority(const char* at) noexcept;
  const char* scan_version(const char* at, const char* end) noexcept;
  const char* scan_line_feed(const char* at, place next) noexcept;
  const char* scan_field_start(const char* at) noexcept;
  const char* scan_name(const char* at, const char* end) noexcept;
  const char* scan_value_start(const char* at, const char* end) noexcept;
  const char* scan_value(const char* at, const char* end) noexcept;
  const char* scan_head_end(const char* at) noexcept;
  const char* scan_body(const char* at, const char* end) noexcept;

  const char* refuse(error_code code, std::string_view message) noexcept;
  const char* refuse_target(char byte) noexcept;
  const char* refuse_name(char byte) noexcept;
  const char* refuse_value(char byte) noexcept;
  const char* refuse_fields() noexcept;

  bool begin_value(std::string_view name) noexcept;
  bool take_value(const char* from, const char* to) noexcept;
  bool take_host(char byte) noexcept;
  bool take_length(char byte) noexcept;
  bool finish_value() noexcept;
  bool finish_length() noexcept;
  bool may_have_body() const noexcept;
  bool must_have_length() const noexcept;
  static method method_of(std::string_view word) noexcept;

  std::size_t field_room() const noexcept;
  void count_field_bytes(std::size_t count) noexcept;
  const char* hold_word(const char* from, const char* to) noexcept;
  std::string_view take_word(const char* from, const char* to) noexcept;

  place at_ = place::start;
  method method_ = method::unknown;
  field field_ = field::other;
  std::uint8_t empty_lines_ = 0;
  std::uint8_t minor_version_ = 0;
  std::uint8_t fields_ = 0;
  bool has_host_ = false;
  bool has_length_ = false;
  bool has_digit_ = false;
  bool expects_continue_ = false;
  /// White space was seen where a value may have some only at its ends.
  bool blank_seen_ = false;
  /// Characters of `version_` read so far.
  std::uint8_t version_size_ = 0;
  char major_digit_ = 0;
  char minor_digit_ = 0;
  std::uint16_t target_bytes_ = 0;
  std::uint16_t field_bytes_ = 0;
  std::uint16_t all_field_bytes_ = 0;
  std::uint32_t body_left_ = 0;
  /// A word that came in pieces; longer ones than fit mean nothing here.
  std::uint16_t word_size_ = 0;
  std::array<char, 18> word_{};
  authority_scanner authority_;
  error_code code_ = error_code::none;
  std::string_view message_;
};

} // namespace holdfast::http
