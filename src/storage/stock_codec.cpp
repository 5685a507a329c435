#include "event_codec.hpp"
#include "value_codec.hpp"

namespace holdfast::storage {

namespace {

constexpr std::uint8_t snapshot_format = 1;

codec_base base_of(const stock& state) noexcept {
  return {0, state.now.version, state.now.updated_at_ms};
}

} // namespace

void encode_stock(const stock& state, std::string& out) {
  std::size_t room = 1 + balances_bytes_max + varint_bytes_max;
  for (const auto& [version, hold] : state.holds)
    room += bytes_max(hold);
  byte_writer body(out, room);
  body.byte(snapshot_format);
  put(body, state.now);
  body.varint(state.holds.size());
  for (const auto& [version, hold] : state.holds)
    put(body, hold, base_of(state));
}

stock decode_stock(std::string_view bytes) {
  byte_reader in(bytes);
  if (in.byte() != snapshot_format)
    byte_reader::damaged("an unknown format of a snapshot");
  stock state;
  state.now = get_balances(in);
  std::uint64_t last = 0;
  for (auto left = in.varint(); left > 0; --left) {
    auto hold = get_reservation(in, base_of(state));
    const auto version = hold.ref.grant_version;
    if (version <= last)
      byte_reader::damaged("holds out of order");
    last = version;
    state.expiries.emplace(hold.expires_at_ms, version);
    state.holds.emplace_hint(state.holds.end(), version, std::move(hold));
  }
  in.finish();
  return state;
}

balances decode_record(std::string_view bytes) {
  byte_reader in(bytes);
  if (in.byte() != snapshot_format)
    byte_reader::damaged("an unknown format of a snapshot");
  return get_balances(in);
}

} // namespace holdfast::storage
