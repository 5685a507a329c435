#include "tests/end_to_end/order_file.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

namespace holdfast::live {

namespace {

constexpr auto columns =
    "InvoiceNo,StockCode,Quantity,InvoiceDate,CustomerID,Country";
constexpr std::size_t column_count = 6;
constexpr std::size_t quantity_column = 2;
/// Stock beyond what the orders take, so that no count ends at zero.
constexpr std::int64_t spare = 5;

std::vector<std::string> cells_of(std::string line) {
  if (line.ends_with('\r'))
    line.pop_back();
  std::vector<std::string> cells;
  std::istringstream from{line};
  for (std::string cell; std::getline(from, cell, ',');)
    cells.push_back(cell);
  // A last cell that is empty leaves nothing behind its comma.
  if (line.ends_with(','))
    cells.emplace_back();
  return cells;
}

std::string made_code(std::size_t rank) {
  static const std::vector<std::string> special = {
      "POST", "M", "BANK CHARGES", "D", "DOT", "C2", "gift_0001_20"};
  if (rank % 60 == 7)
    return special[rank / 60 % special.size()];
  const auto letter = static_cast<char>('A' + rank % 26);
  return std::to_string(20'000 + 37 * rank)
         + (rank % 3 == 0 ? std::string{letter} : std::string{});
}

} // namespace

order_lines read_orders(const std::string& path) {
  std::ifstream from{path};
  std::string line;
  CAPTURE(path);
  REQUIRE(std::getline(from, line));
  REQUIRE(cells_of(line).size() == column_count);
  order_lines orders;
  while (std::getline(from, line)) {
    const auto cells = cells_of(line);
    CAPTURE(line);
    REQUIRE(cells.size() == column_count);
    const auto quantity = std::stoll(cells[quantity_column]);
    if (quantity != 0)
      orders.push_back({cells[1], quantity});
  }
  REQUIRE_FALSE(orders.empty());
  return orders;
}

void write_orders(const std::string& path, std::mt19937_64& engine,
                  std::size_t line_count) {
  std::ofstream to{path};
  to << columns << '\n';
  std::uniform_real_distribution<> unit{0, 1};
  std::uint64_t invoice = 536'365;
  for (std::size_t i = 0; i < line_count; ++i) {
    invoice += unit(engine) < 0.05 ? 1 : 0;
    // Cubed: half of the lines are about an eighth of the codes.
    const auto rank =
        static_cast<std::size_t>(1'500 * std::pow(unit(engine), 3));
    const auto quantity = 1 + static_cast<int>(-10 * std::log(unit(engine)));
    const bool is_return = unit(engine) < 1.0 / 80;
    to << (is_return ? "C" : "") << invoice << ',' << made_code(rank) << ','
       << (is_return ? -quantity : quantity) << ",1/12/2010,"
       << (unit(engine) < 0.2 ? "" : "17850") << ",United Kingdom\n";
  }
}

std::map<std::string, std::int64_t> needed_stock(const order_lines& orders) {
  std::map<std::string, std::int64_t> needed;
  for (const auto& [sku, quantity] : orders)
    if (quantity > 0)
      needed.try_emplace(sku, spare).first->second += quantity;
  return needed;
}

std::map<std::string, std::int64_t> final_stock(const order_lines& orders) {
  auto left = needed_stock(orders);
  for (const auto& [sku, quantity] : orders)
    left[sku] -= quantity;
  return left;
}

} // namespace holdfast::live
