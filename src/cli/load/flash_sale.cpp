// One SKU, some units of it, and everybody wants one.
#include <map>

#include "src/cli/load/workload.hpp"

namespace holdfast::cli {

namespace {

/// Each buyer tries for one unit after the other, and ships what it got. Holds
/// outlive the sale, so no unit comes back.
class buyers final : public workload {
public:
  std::optional<draft> next(std::uint32_t client) override {
    draft made;
    if (const auto hold = to_ship_.find(client); hold != to_ship_.end()) {
      made.what = action::commit;
      made.hold = hold->second;
      to_ship_.erase(hold);
      return made;
    }
    made.what = action::reserve;
    made.amount = 1;
    made.ttl_s = 14'400;
    return made;
  }

  void learn(std::uint32_t client, const draft& ask,
             const outcome& answer) override {
    if (answer.ok() && ask.what == action::reserve)
      to_ship_[client] = answer.hold.ref;
  }

private:
  std::map<std::uint32_t, reservation_ref> to_ship_;
};

class flash_sale final : public scenario {
public:
  explicit flash_sale(std::uint32_t units) : units_(units) {
    // nop
  }

  std::vector<draft> preparation() const override {
    draft receive;
    receive.what = action::adjust;
    receive.amount = static_cast<std::int32_t>(units_);
    return {receive};
  }
  std::uint32_t skus() const override {
    return 1;
  }
  workload_ptr make(std::uint32_t, std::uint64_t) override {
    return std::make_unique<buyers>();
  }
  std::string verdict(std::uint64_t granted, bool is_sold_out) const override {
    if (granted == units_ || (granted < units_ && !is_sold_out))
      return {};
    return std::to_string(granted) + " of " + std::to_string(units_)
           + " units were granted";
  }

private:
  std::uint32_t units_;
};

} // namespace

scenario_ptr make_flash_sale(const config::load_order& order) {
  return std::make_unique<flash_sale>(order.units);
}

} // namespace holdfast::cli
