// The parts that events, answers and snapshots have in common, as bytes.
#pragma once

#include "byte_codec.hpp"

namespace holdfast::storage {

/// What small numbers are counted from: near values make short varints.
struct codec_base {
  std::uint64_t seq = 0;
  std::uint64_t version = 0;
  std::int64_t at_ms = 0;
};

/// Upper bounds of what the writers below append.
std::size_t bytes_max(const reservation& hold) noexcept;
std::size_t bytes_max(const origin& from) noexcept;
inline constexpr std::size_t balances_bytes_max = 6 * varint_bytes_max;

void put(byte_writer& out, const balances& record);
balances get_balances(byte_reader& in);

void put(byte_writer& out, const reservation& hold, const codec_base& base);
reservation get_reservation(byte_reader& in, const codec_base& base);

/// Bits of a byte of flags: what of a record is there, or how it was asked for.
inline constexpr std::uint8_t with_hold = 1;
inline constexpr std::uint8_t with_key = 2;
inline constexpr std::uint8_t by_reservation = 4;

/// The last two of them.
std::uint8_t origin_flags(const origin& from) noexcept;

/// All but store, SKU and `by_reservation`, which have places of their own.
/// The fingerprint is written with a key only.
void put(byte_writer& out, const origin& from);
void get_origin(byte_reader& in, bool has_key, origin& from);

/// A state from its byte.
reservation_state get_state(byte_reader& in);

} // namespace holdfast::storage
