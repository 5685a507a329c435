#include "dead_letter_codec.hpp"

#include "checksum.hpp"
#include "holdfast/limits.hpp"
#include "value_codec.hpp"

namespace holdfast::storage {

namespace {

constexpr std::uint8_t letter_format = 1;

/// Members of a command that may be absent, in the order of their bits.
constexpr std::int64_t command::*command_numbers[] = {
    &command::amount,          &command::on_hand, &command::safety_stock,
    &command::backorder_limit, &command::ttl_s,   &command::expected_version,
};

std::size_t bytes_max(const dead_letter& letter) noexcept {
  const auto& ask = letter.ask;
  const auto versions =
      ask.if_match.versions.size() + ask.if_none_match.versions.size();
  return 5 + (16 + versions) * varint_bytes_max + letter.cause.size()
         + storage::bytes_max(ask.from) + ask.owner.size();
}

void put(byte_writer& out, const etag_condition& condition) {
  out.byte(static_cast<std::uint8_t>(condition.is));
  out.varint(condition.versions.size());
  for (const auto version : condition.versions)
    out.varint(version);
}

etag_condition get_condition(byte_reader& in) {
  etag_condition condition;
  const auto is = in.byte();
  if (is > static_cast<std::uint8_t>(etag_condition::kind::list))
    byte_reader::damaged("an unknown condition");
  condition.is = static_cast<etag_condition::kind>(is);
  // No room is taken on the word of a damaged row: each version is read first.
  for (auto left = in.varint(); left > 0; --left)
    condition.versions.push_back(in.varint());
  return condition;
}

void put(byte_writer& out, const command& ask) {
  put(out, ask.from);
  std::uint8_t present = 0;
  for (unsigned i = 0; i < std::size(command_numbers); ++i)
    if (ask.*command_numbers[i] != absent)
      present |= static_cast<std::uint8_t>(1u << i);
  out.byte(present);
  for (const auto member : command_numbers)
    if (ask.*member != absent)
      out.zigzag(ask.*member);
  put(out, ask.if_match);
  put(out, ask.if_none_match);
  out.varint(ask.reservation.grant_version);
  out.varint(ask.reservation.grant_seq);
  out.text(ask.owner);
}

void get_command(byte_reader& in, bool has_key, command& ask) {
  get_origin(in, has_key, ask.from);
  if (!is_write(ask.from.what))
    byte_reader::damaged("a command that changes nothing");
  const auto present = in.byte();
  if (present >= 1u << std::size(command_numbers))
    byte_reader::damaged("unknown members of a command");
  for (unsigned i = 0; i < std::size(command_numbers); ++i) {
    if ((present >> i & 1) == 0)
      continue;
    ask.*command_numbers[i] = in.zigzag();
    if (ask.*command_numbers[i] == absent)
      byte_reader::damaged("a number that is there and absent");
  }
  ask.if_match = get_condition(in);
  ask.if_none_match = get_condition(in);
  ask.reservation.grant_version = in.varint();
  ask.reservation.grant_seq = in.varint();
  ask.owner = in.text();
}

/// Over all columns: a letter in the wrong row is as bad as a wrong one.
std::uint64_t sum_of(std::uint64_t id, std::string_view store,
                     std::string_view sku, std::string_view body) {
  std::string all;
  {
    byte_writer out(all, 3 * varint_bytes_max + store.size() + sku.size()
                             + body.size());
    out.varint(id);
    out.text(store);
    out.text(sku);
    out.raw(body.data(), body.size());
  }
  return checksum(all);
}

std::string_view checked(std::uint64_t id, std::string_view store,
                         std::string_view sku, std::string_view body) {
  if (body.size() < checksum_bytes)
    byte_reader::damaged("it has no checksum");
  const auto inside = body.substr(0, body.size() - checksum_bytes);
  byte_reader sum(body.substr(inside.size()));
  if (sum.fixed64() != sum_of(id, store, sku, inside))
    byte_reader::damaged("its checksum is not its own");
  return inside;
}

} // namespace

void encode_letter(const dead_letter& letter, std::string& out) {
  const auto start = out.size();
  {
    byte_writer body(out, bytes_max(letter));
    body.byte(letter_format);
    body.byte(origin_flags(letter.ask.from));
    body.varint(letter.attempts);
    body.zigzag(letter.first_ms);
    body.zigzag(letter.last_ms);
    body.text(letter.cause);
    put(body, letter.ask);
  }
  const auto& from = letter.ask.from;
  const auto sum = sum_of(letter.id, from.store, from.sku,
                          std::string_view(out).substr(start));
  byte_writer(out, checksum_bytes).fixed64(sum);
}

dead_letter decode_letter(std::uint64_t id, std::string_view store,
                          std::string_view sku, std::string_view body) {
  byte_reader in(checked(id, store, sku, body));
  if (in.byte() != letter_format)
    byte_reader::damaged("an unknown format of a dead letter");
  const auto flags = in.byte();
  if ((flags & ~(with_key | by_reservation)) != 0)
    byte_reader::damaged("unknown flags of a dead letter");
  dead_letter letter;
  letter.id = id;
  const auto attempts = in.varint();
  letter.attempts = static_cast<std::uint32_t>(attempts);
  if (letter.attempts != attempts)
    byte_reader::damaged("too many attempts");
  letter.first_ms = in.zigzag();
  letter.last_ms = in.zigzag();
  letter.cause = in.text();
  if (letter.cause.size() > limits::cause_bytes_max)
    byte_reader::damaged("a cause that is too long");
  auto& from = letter.ask.from;
  from.store = store;
  from.sku = sku;
  from.by_reservation = (flags & by_reservation) != 0;
  get_command(in, (flags & with_key) != 0, letter.ask);
  in.finish();
  return letter;
}

} // namespace holdfast::storage
