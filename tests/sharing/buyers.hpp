// What the clients of a simulation ask for.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "holdfast/outcome.hpp"

namespace holdfast::test {

/// Makes requests out of chance and of what earlier answers told.
class buyers {
public:
  explicit buyers(std::mt19937_64& random) : random_(random) {
    // nop
  }

  command next();
  void learn(const command& ask, const outcome& answer);

  static constexpr int sku_count = 3;
  static std::string sku_name(int index) {
    return "SKU-" + std::to_string(index);
  }

private:
  std::uint64_t below(std::uint64_t bound) {
    return random_() % bound;
  }
  void aim_at_hold(command& ask);

  std::mt19937_64& random_;
  /// SKU and hold.
  std::vector<std::pair<std::string, reservation_ref>> holds_;
  std::uint64_t made_ = 0;
};

} // namespace holdfast::test
