#include "src/cli/load/workload.hpp"

namespace holdfast::cli {

bool workload::has_more() const {
  // Most have no end.
  return true;
}

void workload::learn(std::uint32_t, const draft&, const outcome&) {
  // Most need not know.
}

std::uint16_t scenario::store_of(std::uint32_t) const {
  return 0;
}

std::string scenario::verdict(std::uint64_t, bool) const {
  return {};
}

scenario_ptr make_scenario(const config::load_order& order,
                           std::uint16_t stores) {
  if (order.workload == "flash-sale")
    return make_flash_sale(order);
  if (order.workload == "orders")
    return make_orders(order);
  if (order.workload == "mixed")
    return make_mixed(order, stores);
  return make_adjusts(order, stores);
}

} // namespace holdfast::cli
