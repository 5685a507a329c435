// A list of orders as shops export it: one line per article of an invoice.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace holdfast::live {

/// The columns that move stock.
struct order_line {
  std::string sku;
  /// Negative on returns.
  std::int64_t quantity = 0;
};

using order_lines = std::vector<order_line>;

/// As `holdfast load` reads them; the test ends where that throws.
order_lines read_orders(const std::string& path);

/// Writes such a file, with more columns: a few articles are in most of the
/// orders, one line in eighty is a return, and some codes are no article at
/// all.
void write_orders(const std::string& path, std::mt19937_64& engine,
                  std::size_t line_count);

/// Units of each SKU that must be there before the first order.
std::map<std::string, std::int64_t> needed_stock(const order_lines& orders);

/// Units of each SKU that are left after the last order.
std::map<std::string, std::int64_t> final_stock(const order_lines& orders);

} // namespace holdfast::live
