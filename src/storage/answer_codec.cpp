#include <utility>

#include "event_codec.hpp"
#include "value_codec.hpp"

namespace holdfast::storage {

namespace {

constexpr std::uint8_t answer_format = 1;

// Bits of the byte of flags that are its own.
constexpr std::uint8_t with_record = 8;
constexpr std::uint8_t created = 16;
constexpr std::uint8_t replayed = 32;

/// Members of an outcome that may be absent, in the order of their bits.
constexpr std::int64_t outcome::*answer_numbers[] = {
    &outcome::expected_version,
    &outcome::current_version,
    &outcome::requested,
    &outcome::available,
    &outcome::held,
    &outcome::limit,
};

constexpr std::pair<bool outcome::*, std::uint8_t> switches[] = {
    {&outcome::created, created},
    {&outcome::replayed, replayed},
    {&outcome::has_record, with_record},
    {&outcome::has_hold, with_hold},
};

std::uint8_t flags_of(const remembered_answer& answer) noexcept {
  auto flags = origin_flags(answer.from);
  for (const auto& [member, flag] : switches)
    if (answer.answer.*member)
      flags |= flag;
  return flags;
}

codec_base base_of(const remembered_answer& answer) noexcept {
  // A record that is not part of the answer is not stored either.
  const auto& told = answer.answer;
  return {0, told.has_record ? told.record.version : 0, answer.at_ms};
}

void put(byte_writer& out, const outcome& answer, const codec_base& base) {
  out.byte(static_cast<std::uint8_t>(answer.code));
  out.byte(static_cast<std::uint8_t>(answer.state));
  std::uint8_t present = 0;
  for (unsigned i = 0; i < std::size(answer_numbers); ++i)
    if (answer.*answer_numbers[i] != absent)
      present |= static_cast<std::uint8_t>(1u << i);
  out.byte(present);
  for (const auto member : answer_numbers)
    if (answer.*member != absent)
      out.zigzag(answer.*member);
  if (answer.has_record)
    put(out, answer.record);
  if (answer.has_hold)
    put(out, answer.hold, base);
}

void get_outcome(byte_reader& in, remembered_answer& into) {
  auto& answer = into.answer;
  const auto code = in.byte();
  if (code > static_cast<std::uint8_t>(error_code::version_not_supported))
    byte_reader::damaged("an unknown code");
  answer.code = static_cast<error_code>(code);
  answer.state = get_state(in);
  const auto present = in.byte();
  if (present >= 1u << std::size(answer_numbers))
    byte_reader::damaged("unknown members of an answer");
  for (unsigned i = 0; i < std::size(answer_numbers); ++i) {
    if ((present >> i & 1) == 0)
      continue;
    answer.*answer_numbers[i] = in.zigzag();
    if (answer.*answer_numbers[i] == absent)
      byte_reader::damaged("a number that is there and absent");
  }
  if (answer.has_record)
    answer.record = get_balances(in);
  if (answer.has_hold)
    answer.hold = get_reservation(in, base_of(into));
}

} // namespace

void encode_answer(const remembered_answer& answer, std::uint64_t prev_number,
                   std::string& out) {
  byte_writer body(out, 5 + 10 * varint_bytes_max + balances_bytes_max
                            + bytes_max(answer.from)
                            + bytes_max(answer.answer.hold));
  body.byte(answer_format);
  body.byte(flags_of(answer));
  body.varint(answer.number - prev_number);
  body.zigzag(answer.at_ms);
  body.varint(answer.ref.grant_version);
  body.varint(answer.ref.grant_seq);
  put(body, answer.from);
  put(body, answer.answer, base_of(answer));
}

stored_answer decode_answer(std::uint64_t number, std::string_view store,
                            std::string_view sku, std::string_view body) {
  byte_reader in(body);
  if (in.byte() != answer_format)
    byte_reader::damaged("an unknown format of an answer");
  const auto flags = in.byte();
  if (flags >= 64)
    byte_reader::damaged("unknown flags of an answer");
  stored_answer result;
  auto& answer = result.answer;
  for (const auto& [member, flag] : switches)
    answer.answer.*member = (flags & flag) != 0;
  answer.number = number;
  const auto back = in.varint();
  if (back == 0 || back > number)
    byte_reader::damaged("an answer that follows itself");
  result.prev_number = number - back;
  answer.at_ms = in.zigzag();
  answer.ref.grant_version = in.varint();
  answer.ref.grant_seq = in.varint();
  answer.from.store = store;
  answer.from.sku = sku;
  answer.from.by_reservation = (flags & by_reservation) != 0;
  get_origin(in, (flags & with_key) != 0, answer.from);
  get_outcome(in, answer);
  in.finish();
  return result;
}

} // namespace holdfast::storage
