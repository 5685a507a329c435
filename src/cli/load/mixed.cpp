// Everything a shop does at once: reads, holds that are shipped, given back or
// left to expire, and stock that comes in.

#include "src/cli/load/workload.hpp"

namespace holdfast::cli {

namespace {

constexpr std::int32_t first_stock = 1'000;
/// Holds a thread remembers; more would only let old ones pile up.
constexpr std::size_t holds_max = 4'096;
constexpr std::int32_t short_ttl_s = 1;
constexpr std::int32_t long_ttl_s = 900;

class shop final : public workload {
public:
  shop(std::uint32_t skus, std::uint16_t stores, std::uint64_t seed)
      : skus_(skus), stores_(stores), random_(seed) {
    // nop
  }

  std::optional<draft> next(std::uint32_t) override {
    draft made;
    made.sku = static_cast<std::uint32_t>(below(skus_));
    made.store = static_cast<std::uint16_t>(made.sku % stores_);
    const auto die = below(100);
    if (die < 40) {
      made.what = action::read;
    } else if (die < 65) {
      made.what = action::reserve;
      made.amount = 1 + static_cast<std::int32_t>(below(5));
      made.ttl_s = below(4) == 0 ? short_ttl_s : long_ttl_s;
    } else if (die < 75 || holds_.empty()) {
      made.what = action::adjust;
      made.amount = 1 + static_cast<std::int32_t>(below(20));
      if (below(4) == 0)
        made.amount = -made.amount;
    } else {
      use_hold(made);
    }
    return made;
  }

  void learn(std::uint32_t, const draft& ask, const outcome& answer) override {
    if (!answer.ok() || ask.what != action::reserve)
      return;
    auto held = ask;
    held.hold = answer.hold.ref;
    if (holds_.size() < holds_max)
      holds_.push_back(held);
    else
      holds_[below(holds_.size())] = held;
  }

private:
  std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(random_() % bound);
  }

  /// Some are kept, and so are closed twice.
  void use_hold(draft& made) {
    auto& held = holds_[below(holds_.size())];
    const auto die = below(20);
    made.what = die < 13   ? action::commit
                : die < 19 ? action::release
                           : action::extend;
    made.store = held.store;
    made.sku = held.sku;
    made.hold = held.hold;
    if (made.what == action::extend) {
      made.ttl_s = long_ttl_s;
      return;
    }
    if (below(3) == 0)
      made.amount = 1;
    if (below(10) != 0) {
      held = holds_.back();
      holds_.pop_back();
    }
  }

  std::uint32_t skus_;
  std::uint16_t stores_;
  std::mt19937_64 random_;
  std::vector<draft> holds_;
};

class mixed final : public scenario {
public:
  mixed(std::uint32_t skus, std::uint16_t stores)
      : skus_(skus), stores_(stores) {
    // nop
  }

  std::vector<draft> preparation() const override {
    std::vector<draft> all(skus_);
    for (std::uint32_t i = 0; i < skus_; ++i) {
      all[i].what = action::adjust;
      all[i].sku = i;
      all[i].store = static_cast<std::uint16_t>(i % stores_);
      all[i].amount = first_stock;
    }
    return all;
  }
  std::uint32_t skus() const override {
    return skus_;
  }
  std::uint16_t store_of(std::uint32_t sku) const override {
    return static_cast<std::uint16_t>(sku % stores_);
  }
  workload_ptr make(std::uint32_t thread, std::uint64_t seed) override {
    return std::make_unique<shop>(skus_, stores_, seed + thread);
  }

private:
  std::uint32_t skus_;
  std::uint16_t stores_;
};

} // namespace

scenario_ptr make_mixed(const config::load_order& order, std::uint16_t stores) {
  return std::make_unique<mixed>(order.skus, stores);
}

} // namespace holdfast::cli
