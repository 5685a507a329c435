// The public name of a reservation. It carries its own address, so no table
// has to be asked which store and SKU it belongs to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "holdfast/command.hpp"

namespace holdfast {

/// A reservation and the SKU it holds stock of.
struct reservation_address {
  std::string store;
  std::string sku;
  reservation_ref ref;
};

/// `{version}.{seq}~{store}~{sku:base64url}`, numbers in base 36: printable,
/// unreserved characters only (RFC 3986, section 2.3), at most 256 bytes for
/// numbers up to `limits::seq_max`.
std::string format_reservation_id(std::string_view store, std::string_view sku,
                                  const reservation_ref& ref);

/// Nothing unless `text` is exactly what `format_reservation_id` writes for
/// valid parts: one reservation has one spelling.
std::optional<reservation_address> parse_reservation_id(std::string_view text);

} // namespace holdfast
