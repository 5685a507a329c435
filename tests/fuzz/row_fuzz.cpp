// A row of the journal. First byte: which kind; rest: its bytes. Whatever is
// read is written back as the very same bytes; anything else is refused.
#include "src/storage/event_codec.hpp"
#include "tests/fuzz/input.hpp"

using namespace holdfast;
using namespace holdfast::fuzz;
using namespace holdfast::storage;

namespace {

constexpr std::uint64_t number = 1'000;

std::string as_event(std::string_view body) {
  std::string again;
  const auto change = decode_event(number, "store", "sku", body);
  encode_event(change, change.from, again);
  const auto part = decode_change(number, "store", "sku", body);
  require(part.after == change.after && part.delta == change.delta
              && part.reserved_delta == change.reserved_delta,
          "a part of an event that is not the event's");
  return again;
}

std::string as_answer(std::string_view body) {
  std::string again;
  const auto row = decode_answer(number, "store", "sku", body);
  encode_answer(row.answer, row.prev_number, again);
  return again;
}

std::string as_stock(std::string_view body) {
  std::string again;
  const auto state = decode_stock(body);
  encode_stock(state, again);
  require(decode_record(body) == state.now,
          "a record of a snapshot that is not the snapshot's");
  return again;
}

std::string read(std::uint8_t kind, std::string_view body) {
  switch (kind % 3) {
  case 0:
    return as_event(body);
  case 1:
    return as_answer(body);
  default:
    return as_stock(body);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  input from{data, size};
  const auto kind = from.byte();
  try {
    require(read(kind, from.rest()) == from.rest(), "two spellings of a row");
  } catch (const journal_error& refused) {
    require(refused.is() == journal_error::kind::corrupt, "another error");
  }
  return 0;
}
