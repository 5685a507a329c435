#include "value_codec.hpp"

#include <algorithm>

namespace holdfast::storage {

namespace {

/// Distances wrap around: every pair of numbers has one, and it leads back.
std::int64_t distance(std::int64_t to, std::int64_t from) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(to)
                                   - static_cast<std::uint64_t>(from));
}

std::int64_t moved(std::int64_t from, std::int64_t by) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(from)
                                   + static_cast<std::uint64_t>(by));
}

} // namespace

std::size_t bytes_max(const reservation& hold) noexcept {
  return 1 + 9 * varint_bytes_max + hold.owner.size() + hold.reference.size();
}

std::size_t bytes_max(const origin& from) noexcept {
  return 1 + 4 * varint_bytes_max + from.reason.size() + from.reference.size()
         + from.actor.size() + from.key.size() + from.fingerprint.size();
}

std::uint8_t origin_flags(const origin& from) noexcept {
  return static_cast<std::uint8_t>(
      (from.key.empty() ? 0 : with_key)
      | (from.by_reservation ? by_reservation : 0));
}

void put(byte_writer& out, const balances& record) {
  out.varint(record.version);
  out.zigzag(record.updated_at_ms);
  out.zigzag(record.on_hand);
  out.zigzag(record.reserved);
  out.zigzag(record.safety_stock);
  out.zigzag(record.backorder_limit);
}

balances get_balances(byte_reader& in) {
  balances record;
  record.version = in.varint();
  record.updated_at_ms = in.zigzag();
  record.on_hand = in.zigzag();
  record.reserved = in.zigzag();
  record.safety_stock = in.zigzag();
  record.backorder_limit = in.zigzag();
  return record;
}

void put(byte_writer& out, const reservation& hold, const codec_base& base) {
  out.varint(base.version - hold.ref.grant_version);
  out.varint(base.seq - hold.ref.grant_seq);
  out.byte(static_cast<std::uint8_t>(hold.state));
  out.zigzag(hold.quantity);
  out.zigzag(hold.committed);
  out.zigzag(hold.released);
  out.zigzag(distance(hold.created_at_ms, base.at_ms));
  out.zigzag(distance(hold.expires_at_ms, base.at_ms));
  out.text(hold.owner);
  out.text(hold.reference);
}

reservation get_reservation(byte_reader& in, const codec_base& base) {
  reservation hold;
  hold.ref.grant_version = base.version - in.varint();
  hold.ref.grant_seq = base.seq - in.varint();
  hold.state = get_state(in);
  hold.quantity = in.zigzag();
  hold.committed = in.zigzag();
  hold.released = in.zigzag();
  hold.created_at_ms = moved(base.at_ms, in.zigzag());
  hold.expires_at_ms = moved(base.at_ms, in.zigzag());
  hold.owner = in.text();
  hold.reference = in.text();
  if (hold.ref.grant_version == 0)
    byte_reader::damaged("a reservation that no version granted");
  return hold;
}

reservation_state get_state(byte_reader& in) {
  const auto state = in.byte();
  if (state < static_cast<std::uint8_t>(reservation_state::active)
      || state > static_cast<std::uint8_t>(reservation_state::expired))
    byte_reader::damaged("a reservation in an unknown state");
  return static_cast<reservation_state>(state);
}

void put(byte_writer& out, const origin& from) {
  out.byte(static_cast<std::uint8_t>(from.what));
  out.text(from.reason);
  out.text(from.reference);
  out.text(from.actor);
  if (from.key.empty())
    return;
  out.text(from.key);
  out.raw(from.fingerprint.data(), from.fingerprint.size());
}

void get_origin(byte_reader& in, bool has_key, origin& from) {
  const auto what = in.byte();
  if (what < static_cast<std::uint8_t>(action::read)
      || what > static_cast<std::uint8_t>(action::extend))
    byte_reader::damaged("an unknown action");
  from.what = static_cast<action>(what);
  from.reason = in.text();
  from.reference = in.text();
  from.actor = in.text();
  if (!has_key)
    return;
  from.key = in.text();
  if (from.key.empty())
    byte_reader::damaged("an empty key");
  const auto print = in.raw(from.fingerprint.size());
  std::copy(print.begin(), print.end(), from.fingerprint.begin());
}

} // namespace holdfast::storage
