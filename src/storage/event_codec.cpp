#include "event_codec.hpp"

#include "value_codec.hpp"

namespace holdfast::storage {

namespace {

constexpr std::uint8_t event_format = 1;

std::uint8_t flags_of(const stock_change& change, const origin& from) noexcept {
  return static_cast<std::uint8_t>(origin_flags(from)
                                   | (change.has_hold() ? with_hold : 0));
}

codec_base base_of(const stock_change& change) noexcept {
  return {change.seq, change.after.version, change.after.updated_at_ms};
}

event_type get_type(byte_reader& in) {
  const auto type = in.byte();
  if (type < static_cast<std::uint8_t>(event_type::stock_adjusted)
      || type > static_cast<std::uint8_t>(event_type::reservation_expired))
    byte_reader::damaged("an unknown type of event");
  return static_cast<event_type>(type);
}

} // namespace

void encode_event(const stock_change& change, const origin& from,
                  std::string& out) {
  // A reservation that is not there is not looked at either: what is read here
  // comes from another processor.
  const auto hold_bytes = change.has_hold() ? bytes_max(change.hold) : 0;
  byte_writer body(out, 3 + 3 * varint_bytes_max + balances_bytes_max
                            + bytes_max(from) + hold_bytes);
  body.byte(event_format);
  body.byte(static_cast<std::uint8_t>(change.type));
  body.byte(flags_of(change, from));
  body.varint(change.seq - change.prev_seq);
  put(body, change.after);
  body.zigzag(change.delta);
  body.zigzag(change.reserved_delta);
  put(body, from);
  if (change.has_hold())
    put(body, change.hold, base_of(change));
}

event decode_event(std::uint64_t seq, std::string_view store,
                   std::string_view sku, std::string_view body) {
  byte_reader in(body);
  if (in.byte() != event_format)
    byte_reader::damaged("an unknown format of an event");
  event change;
  change.seq = seq;
  change.type = get_type(in);
  const auto flags = in.byte();
  if (flags > (with_hold | with_key | by_reservation))
    byte_reader::damaged("unknown flags of an event");
  const auto back = in.varint();
  if (back == 0 || back > seq)
    byte_reader::damaged("an event that follows itself");
  change.prev_seq = seq - back;
  change.after = get_balances(in);
  change.delta = in.zigzag();
  change.reserved_delta = in.zigzag();
  change.from.store = store;
  change.from.sku = sku;
  change.from.by_reservation = (flags & by_reservation) != 0;
  get_origin(in, (flags & with_key) != 0, change.from);
  if ((flags & with_hold) != 0)
    change.hold = get_reservation(in, base_of(change));
  in.finish();
  return change;
}

ledger_change decode_change(std::uint64_t seq, std::string_view store,
                            std::string_view sku, std::string_view body) {
  byte_reader in(body);
  if (in.byte() != event_format)
    byte_reader::damaged("an unknown format of an event");
  get_type(in);
  in.byte();   // flags
  in.varint(); // to the event before
  ledger_change change;
  change.seq = seq;
  change.store = store;
  change.sku = sku;
  change.after = get_balances(in);
  change.delta = in.zigzag();
  change.reserved_delta = in.zigzag();
  return change;
}

} // namespace holdfast::storage
