// A record of the redo log. First byte: 1 makes its sums right, so that what
// is behind them is reached too; rest: its bytes.
#include "src/storage/batch_buffer.hpp"
#include "src/storage/batch_layout.hpp"
#include "src/storage/checksum.hpp"
#include "tests/fuzz/input.hpp"

using namespace holdfast;
using namespace holdfast::fuzz;
using namespace holdfast::storage;

namespace {

/// Puts the sums where they belong, if the sizes leave room for them.
void make_right(std::string& bytes, sha256& with) {
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    bytes.copy(reinterpret_cast<char*>(&value), sizeof value, at);
    return std::size_t{value};
  };
  constexpr auto header = layout::record_header_bytes;
  if (bytes.size() < header)
    return;
  bytes.replace(0, record_magic.size(), record_magic);
  const auto text = number(record_magic.size());
  const auto rows = number(record_magic.size() + sizeof(std::uint32_t));
  const auto hash = header + text + rows * sizeof(std::uint32_t);
  const auto sum = hash + sizeof(digest);
  if (bytes.size() < sum + sizeof(std::uint64_t))
    return;
  const std::string_view view = bytes;
  const auto right = with(view.substr(header, text));
  bytes.replace(hash, right.size(), reinterpret_cast<const char*>(right.data()),
                right.size());
  const auto ends = view.substr(header + text, sum - header - text);
  const auto total = checksum(view.substr(0, header)) ^ checksum(ends);
  bytes.replace(sum, sizeof total, reinterpret_cast<const char*>(&total),
                sizeof total);
}

/// Every row lies inside the bytes it was read from.
void check(const batch_record& read, std::string_view bytes) {
  require(read.size <= bytes.size(), "a record beyond its bytes");
  std::string scratch;
  for (const auto& [kind, row] : read.rows)
    try {
      checked_body(kind, row, scratch);
    } catch (const journal_error& refused) {
      require(refused.is() == journal_error::kind::corrupt, "another error");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static sha256 with;
  input from{data, size};
  const auto is_right = from.byte() == 1;
  std::string bytes{from.rest()};
  if (is_right)
    make_right(bytes, with);
  try {
    if (const auto read = read_record(bytes, with))
      check(*read, bytes);
  } catch (const journal_error& refused) {
    require(is_right, "torn bytes are not just no record");
    require(refused.is() == journal_error::kind::corrupt, "another error");
  }
  return 0;
}
