// The lines of an order file, each once.
#include <algorithm>
#include <atomic>
#include <map>

#include "holdfast/limits.hpp"
#include "src/cli/load/order_file.hpp"
#include "src/cli/load/workload.hpp"

namespace holdfast::cli {

namespace {

/// Stock beyond what the orders take, so that no count ends at zero.
constexpr std::int64_t spare = 5;

/// Longer than anybody takes to ship.
constexpr std::int32_t hold_ttl_s = 900;

struct order_book {
  order_list all;
  /// The next line that nobody took.
  std::atomic<std::size_t> next{0};
};

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
    if (at >= book_.all.lines.size())
      return std::nullopt;
    const auto& line = book_.all.lines[at];
    made.sku = line.sku;
    made.what = line.quantity > 0 ? action::reserve : action::adjust;
    made.amount = line.quantity > 0 ? line.quantity : -line.quantity;
    // A node may have another default, and the checker has to know it.
    if (made.what == action::reserve)
      made.ttl_s = hold_ttl_s;
    return made;
  }

  bool has_more() const override {
    return book_.next < book_.all.lines.size();
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
  explicit order_scenario(const std::string& path) : book_{read_orders(path)} {
    // nop
  }

  std::vector<draft> preparation() const override {
    const auto& [skus, lines] = book_.all;
    std::vector<std::int64_t> needed(skus.size(), spare);
    for (const auto& line : lines)
      needed[line.sku] += std::max(line.quantity, 0);
    std::vector<draft> all;
    draft receive;
    receive.what = action::adjust;
    for (std::uint32_t i = 0; i < needed.size(); ++i) {
      receive.sku = i;
      for (auto left = needed[i]; left > 0; left -= limits::amount_max) {
        receive.amount =
            static_cast<std::int32_t>(std::min(left, limits::amount_max));
        all.push_back(receive);
      }
    }
    return all;
  }
  std::vector<std::string> sku_names() const override {
    return book_.all.skus;
  }
  std::uint32_t skus() const override {
    return static_cast<std::uint32_t>(book_.all.skus.size());
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
