// The lines of an order file, each once.
#include <atomic>
#include <fstream>
#include <map>
#include <sstream>

#include "src/cli/load/transport.hpp"
#include "src/cli/load/workload.hpp"

namespace holdfast::cli {

namespace {

/// Stock beyond what the orders take, so that no count ends at zero.
constexpr std::int32_t spare = 5;

/// Longer than anybody takes to ship.
constexpr std::int32_t hold_ttl_s = 900;

struct order_line {
  std::uint32_t sku = 0;
  /// Negative on returns.
  std::int32_t quantity = 0;
};

struct order_book {
  std::vector<std::string> skus;
  std::vector<order_line> lines;
  /// The next line that nobody took.
  std::atomic<std::size_t> next{0};
};

std::vector<std::string> cells_of(std::string line) {
  if (line.ends_with('\r'))
    line.pop_back();
  std::vector<std::string> cells;
  std::istringstream from{line};
  for (std::string cell; std::getline(from, cell, ',');)
    cells.push_back(cell);
  return cells;
}

std::size_t column_of(const std::vector<std::string>& head, const char* name,
                      const std::string& path) {
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == name)
      return i;
  throw load_failure{path + " has no column " + name};
}

void read_orders(const std::string& path, order_book& into) {
  std::ifstream from{path};
  std::string line;
  if (!std::getline(from, line))
    throw load_failure{"cannot read " + path};
  const auto head = cells_of(line);
  const auto code = column_of(head, "StockCode", path);
  const auto quantity = column_of(head, "Quantity", path);
  std::map<std::string, std::uint32_t> known;
  while (std::getline(from, line)) {
    const auto cells = cells_of(line);
    char* end = nullptr;
    const auto units = cells.size() <= std::max(code, quantity)
                           ? 0
                           : std::strtol(cells[quantity].c_str(), &end, 10);
    if (units == 0 || cells[code].empty())
      continue;
    const auto [at, is_new] = known.emplace(
        cells[code], static_cast<std::uint32_t>(into.skus.size()));
    if (is_new)
      into.skus.push_back(cells[code]);
    into.lines.push_back({at->second, static_cast<std::int32_t>(units)});
  }
  if (into.lines.empty())
    throw load_failure{path + " has no order lines"};
}

/// Each client takes a line, reserves and commits it, or takes a return back.
class shoppers final : public workload {
public:
  explicit shoppers(order_book& book) : book_(book) {
    // nop
  }

  std::optional<draft> next(std::uint32_t client) override {
    draft made;
    if (const auto held = held_.find(client); held != held_.end()) {
      made = held->second;
      held_.erase(held);
      return made;
    }
    const auto at = book_.next.fetch_add(1);
    if (at >= book_.lines.size())
      return std::nullopt;
    const auto& line = book_.lines[at];
    made.sku = line.sku;
    made.what = line.quantity > 0 ? action::reserve : action::adjust;
    made.amount = line.quantity > 0 ? line.quantity : -line.quantity;
    // A node may have another default, and the checker has to know it.
    if (made.what == action::reserve)
      made.ttl_s = hold_ttl_s;
    return made;
  }

  void learn(std::uint32_t client, const draft& ask,
             const outcome& answer) override {
    if (!answer.ok() || ask.what != action::reserve)
      return;
    draft ship;
    ship.what = action::commit;
    ship.sku = ask.sku;
    ship.hold = answer.hold.ref;
    held_[client] = ship;
  }

private:
  order_book& book_;
  /// By client: what it has to ship.
  std::map<std::uint32_t, draft> held_;
};

class order_scenario final : public scenario {
public:
  explicit order_scenario(const std::string& path) {
    read_orders(path, book_);
  }

  std::vector<draft> preparation() const override {
    std::vector<draft> all(book_.skus.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      all[i].what = action::adjust;
      all[i].sku = i;
      all[i].amount = spare;
    }
    for (const auto& line : book_.lines)
      if (line.quantity > 0)
        all[line.sku].amount += line.quantity;
    return all;
  }
  std::vector<std::string> sku_names() const override {
    return book_.skus;
  }
  std::uint32_t skus() const override {
    return static_cast<std::uint32_t>(book_.skus.size());
  }
  workload_ptr make(std::uint32_t, std::uint64_t) override {
    return std::make_unique<shoppers>(book_);
  }

private:
  order_book book_;
};

} // namespace

scenario_ptr make_orders(const config::load_order& order) {
  return std::make_unique<order_scenario>(order.file);
}

} // namespace holdfast::cli
