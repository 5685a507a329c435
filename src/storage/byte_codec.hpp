// Numbers and texts as bytes: the alphabet of everything the journal stores.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "corrupt.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

static_assert(std::endian::native == std::endian::little,
              "fixed numbers are stored in little-endian order");

/// Bytes of the longest varint.
inline constexpr std::size_t varint_bytes_max = 10;

/// Appends to a string whose room is taken once and given back at the end.
class byte_writer {
public:
  /// At most `bytes_max` bytes will be written.
  byte_writer(std::string& out, std::size_t bytes_max)
      : out_(out), start_(out.size()) {
    out_.resize(start_ + bytes_max);
    at_ = out_.data() + start_;
  }
  byte_writer(const byte_writer&) = delete;
  byte_writer& operator=(const byte_writer&) = delete;
  ~byte_writer() {
    out_.resize(static_cast<std::size_t>(at_ - out_.data()));
  }

  void byte(std::uint8_t value) noexcept {
    *at_++ = static_cast<char>(value);
  }

  void raw(const void* bytes, std::size_t count) noexcept {
    if (count != 0)
      std::memcpy(at_, bytes, count);
    at_ += count;
  }

  void fixed32(std::uint32_t value) noexcept {
    raw(&value, sizeof(value));
  }

  void fixed64(std::uint64_t value) noexcept {
    raw(&value, sizeof(value));
  }

  /// LEB128: seven bits a byte, low ones first.
  void varint(std::uint64_t value) noexcept {
    for (; value >= 0x80; value >>= 7)
      byte(static_cast<std::uint8_t>(value | 0x80));
    byte(static_cast<std::uint8_t>(value));
  }

  /// Small numbers of either sign become small varints.
  void zigzag(std::int64_t value) noexcept {
    const auto bits = static_cast<std::uint64_t>(value);
    varint(bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
  }

  void text(std::string_view value) noexcept {
    varint(value.size());
    raw(value.data(), value.size());
  }

private:
  std::string& out_;
  std::size_t start_;
  char* at_ = nullptr;
};

/// Reads what a `byte_writer` wrote and nothing else: every value has one
/// spelling. Throws `journal_error::corrupt`.
class byte_reader {
public:
  explicit byte_reader(std::string_view bytes) : left_(bytes) {
    // nop
  }

  [[noreturn]] static void damaged(const char* what) {
    corrupt(std::string("damaged record: ") + what);
  }

  std::string_view raw(std::size_t count) {
    if (count > left_.size())
      damaged("it ends too early");
    const auto result = left_.substr(0, count);
    left_.remove_prefix(count);
    return result;
  }

  std::uint8_t byte() {
    return static_cast<std::uint8_t>(raw(1).front());
  }

  std::uint32_t fixed32() {
    std::uint32_t value;
    std::memcpy(&value, raw(sizeof(value)).data(), sizeof(value));
    return value;
  }

  std::uint64_t fixed64() {
    std::uint64_t value;
    std::memcpy(&value, raw(sizeof(value)).data(), sizeof(value));
    return value;
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint64_t next = byte();
      if (shift == 63 && next > 1)
        break;
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        if (next == 0 && shift != 0)
          damaged("a number is spelled with needless bytes");
        return value;
      }
    }
    damaged("a number is too long");
  }

  std::int64_t zigzag() {
    const auto bits = varint();
    return static_cast<std::int64_t>(bits >> 1 ^ (~(bits & 1) + 1));
  }

  std::string_view text() {
    return raw(varint());
  }

  /// Whatever has not been read.
  std::string_view rest() const noexcept {
    return left_;
  }

  /// Nothing may follow.
  void finish() const {
    if (!left_.empty())
      damaged("bytes follow its end");
  }

private:
  std::string_view left_;
};

} // namespace holdfast::storage
