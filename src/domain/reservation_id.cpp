#include "holdfast/reservation_id.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>

#include "holdfast/base64url.hpp"
#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

namespace holdfast {

namespace {

/// Hexadecimal would let the longest names pass 256 bytes by two.
constexpr int number_base = 36;
constexpr std::size_t number_digits_max = 8;
static_assert(limits::seq_max < 2'821'109'907'456ULL, "36^8");
static_assert(2 * (number_digits_max + 1) + limits::store_id_bytes_max + 1
                  + (limits::sku_bytes_max * 8 + 5) / 6
              <= limits::reservation_id_bytes_max);

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 number, number_base)
                       .ptr;
  out.append(digits.data(), end);
}

/// Takes a number and the `mark` after it off the front of `text`; 0 if there
/// is none.
std::uint64_t take_number(std::string_view& text, char mark) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [next, error] =
      std::from_chars(text.data(), end, number, number_base);
  if (error != std::errc{} || next == end || *next != mark
      || number > limits::seq_max)
    return 0;
  text.remove_prefix(static_cast<std::size_t>(next - text.data()) + 1);
  return number;
}

} // namespace

std::string format_reservation_id(std::string_view store, std::string_view sku,
                                  const reservation_ref& ref) {
  std::string id;
  id.reserve(2 * (number_digits_max + 1) + store.size() + 1
             + (sku.size() * 8 + 5) / 6);
  append_number(id, ref.grant_version);
  id += '.';
  append_number(id, ref.grant_seq);
  id += '~';
  id += store;
  id += '~';
  append_base64url(id, sku);
  return id;
}

std::optional<reservation_address> parse_reservation_id(std::string_view text) {
  if (text.size() > limits::reservation_id_bytes_max)
    return std::nullopt;
  auto rest = text;
  reservation_address address;
  address.ref.grant_version = take_number(rest, '.');
  address.ref.grant_seq = take_number(rest, '~');
  const auto mark = rest.find('~');
  if (address.ref.grant_version == 0 || address.ref.grant_seq == 0
      || mark == std::string_view::npos)
    return std::nullopt;
  address.store = rest.substr(0, mark);
  auto sku = from_base64url(rest.substr(mark + 1));
  if (!sku || !is_store_id(address.store) || !is_sku(*sku))
    return std::nullopt;
  address.sku = std::move(*sku);
  // Leading zeros, capitals and left-over bits would be second spellings.
  if (format_reservation_id(address.store, address.sku, address.ref) != text)
    return std::nullopt;
  return address;
}

} // namespace holdfast
