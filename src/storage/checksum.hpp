// A checksum against accidents: a flipped bit, a torn write, a wrong row.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace holdfast::storage {

/// Of a checksum.
inline constexpr std::size_t checksum_bytes = sizeof(std::uint64_t);

/// 64 bits over `bytes`. Each step maps the state one to one (xor, odd factor,
/// xor of its own high half), so damage inside one word of eight bytes always
/// shows; wider damage slips through once in 2^64. No defence against forgery,
/// which is what the chain of hashes is for.
inline std::uint64_t checksum(std::string_view bytes) noexcept {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15;
  std::uint64_t state = factor ^ bytes.size();
  const auto absorb = [&state](std::uint64_t word) {
    state = (state ^ word) * factor;
    state ^= state >> 32;
  };
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data(), 8);
    absorb(word);
  }
  std::uint64_t last = 0;
  if (!bytes.empty())
    std::memcpy(&last, bytes.data(), bytes.size());
  absorb(last);
  absorb(0);
  return state;
}

} // namespace holdfast::storage
