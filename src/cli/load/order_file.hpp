// A list of orders, as shops export it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::cli {

struct order_line {
  std::uint32_t sku = 0;
  /// Negative on returns, never 0.
  std::int32_t quantity = 0;
};

struct order_list {
  /// In the order in which they come first.
  std::vector<std::string> skus;
  std::vector<order_line> lines;
};

/// Reads CSV with columns StockCode and Quantity (RFC 4180, without line breaks
/// in cells; a byte order mark is none of it); lines that move nothing are left
/// out. Throws `config_error` for a line that cannot be sent, by its number,
/// and for a file that cannot be read or has no order lines.
order_list read_orders(const std::string& path);

} // namespace holdfast::cli
