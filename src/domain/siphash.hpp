// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a
// fast short-input PRF", and the authors' reference `siphash.c`).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "holdfast/idempotency.hpp"

namespace holdfast {

/// The first half of every key that is fixed; the second is for one purpose.
inline constexpr std::uint64_t fixed_key_low = 0x686f6c6466617374;

/// Absorbs whole words, then one tail of bytes, as if they stood in memory one
/// after another in little-endian order.
class siphash {
public:
  constexpr siphash(std::uint64_t key_low, std::uint64_t key_high) noexcept
      : v0_(0x736f6d6570736575 ^ key_low),
        v1_(0x646f72616e646f6d ^ key_high ^ 0xee),
        v2_(0x6c7967656e657261 ^ key_low), v3_(0x7465646279746573 ^ key_high) {
    // nop
  }

  void absorb(std::uint64_t word) noexcept {
    v3_ ^= word;
    round();
    round();
    v0_ ^= word;
    bytes_ += 8;
  }

  /// Ends the message; `low` holds the first eight bytes of the output.
  key_hash finish(std::string_view tail) noexcept {
    static_assert(std::endian::native == std::endian::little);
    const auto length = bytes_ + tail.size();
    for (; tail.size() >= 8; tail.remove_prefix(8)) {
      std::uint64_t word;
      std::memcpy(&word, tail.data(), 8);
      absorb(word);
    }
    std::uint64_t last = 0;
    if (!tail.empty())
      std::memcpy(&last, tail.data(), tail.size());
    absorb(last | static_cast<std::uint64_t>(length) << 56);
    key_hash result;
    v2_ ^= 0xee;
    result.low = squeeze();
    v1_ ^= 0xdd;
    result.high = squeeze();
    return result;
  }

private:
  std::uint64_t squeeze() noexcept {
    for (int i = 0; i < 4; ++i)
      round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

  void round() noexcept {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }

  std::uint64_t v0_;
  std::uint64_t v1_;
  std::uint64_t v2_;
  std::uint64_t v3_;
  std::size_t bytes_ = 0;
};

} // namespace holdfast
