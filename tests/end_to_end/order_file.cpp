#include "tests/end_to_end/order_file.hpp"

#include <cmath>
#include <fstream>

#include "src/cli/load/order_file.hpp"

namespace holdfast::live {

namespace {

constexpr auto columns =
    "InvoiceNo,StockCode,Quantity,InvoiceDate,CustomerID,Country";
/// Stock beyond what the orders take, so that no count ends at zero.
constexpr std::int64_t spare = 5;

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
  const auto read = cli::read_orders(path);
  order_lines orders;
  for (const auto& [sku, quantity] : read.lines)
    orders.push_back({read.skus[sku], quantity});
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
