// Adjusts by one: over all SKUs in turn, over some more than over others, or
// all to one.
#include <algorithm>
#include <cmath>
#include <memory>

#include "src/cli/load/workload.hpp"

namespace holdfast::cli {

namespace {

/// Primes, of which no number of SKUs is a multiple of both.
constexpr std::uint64_t stride = 7'919;
constexpr std::uint64_t other_stride = 7'907;

/// Which SKU comes next.
class chooser {
public:
  explicit chooser(const config::load_order& order)
      : skus_(order.workload == "hot" ? 1 : order.skus),
        stride_(skus_ % stride == 0 ? other_stride : stride) {
    if (order.workload != "zipf")
      return;
    double sum = 0;
    sums_.reserve(skus_);
    for (std::uint32_t i = 1; i <= skus_; ++i)
      sums_.push_back(sum += std::pow(i, -order.skew));
  }

  std::uint32_t skus() const noexcept {
    return skus_;
  }

  std::uint32_t operator()(std::uint64_t turn, std::mt19937_64& random) const {
    if (sums_.empty())
      return static_cast<std::uint32_t>(turn * stride_ % skus_);
    std::uniform_real_distribution<double> point{0, sums_.back()};
    const auto found =
        std::lower_bound(sums_.begin(), sums_.end(), point(random));
    return static_cast<std::uint32_t>(
        std::min<std::ptrdiff_t>(found - sums_.begin(), skus_ - 1));
  }

private:
  std::uint32_t skus_;
  /// From each SKU to the next, so that neighbours do not come together.
  std::uint64_t stride_;
  std::vector<double> sums_;
};

class adjusts final : public workload {
public:
  adjusts(const chooser& choose, std::uint16_t stores, std::uint64_t seed)
      : choose_(choose), stores_(stores), random_(seed), turn_(seed % stride) {
    // nop
  }

  std::optional<draft> next(std::uint32_t) override {
    draft made;
    made.what = action::adjust;
    made.sku = choose_(++turn_, random_);
    made.store = static_cast<std::uint16_t>(made.sku % stores_);
    made.amount = 1;
    return made;
  }

private:
  const chooser& choose_;
  std::uint16_t stores_;
  std::mt19937_64 random_;
  std::uint64_t turn_;
};

class adjust_scenario final : public scenario {
public:
  adjust_scenario(const config::load_order& order, std::uint16_t stores)
      : choose_(order), stores_(stores) {
    // nop
  }

  std::uint32_t skus() const override {
    return choose_.skus();
  }
  std::uint16_t store_of(std::uint32_t sku) const override {
    return static_cast<std::uint16_t>(sku % stores_);
  }
  workload_ptr make(std::uint32_t thread, std::uint64_t seed) override {
    return std::make_unique<adjusts>(choose_, stores_, seed + thread);
  }

private:
  chooser choose_;
  std::uint16_t stores_;
};

} // namespace

scenario_ptr make_adjusts(const config::load_order& order,
                          std::uint16_t stores) {
  return std::make_unique<adjust_scenario>(order, stores);
}

} // namespace holdfast::cli
