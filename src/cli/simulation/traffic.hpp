// What clients ask for.
#pragma once

#include <string>
#include <vector>

#include "holdfast/outcome.hpp"
#include "src/cli/simulation/plan.hpp"

namespace holdfast::simulation {

/// Makes requests out of chance and of what earlier answers told.
class traffic {
public:
  traffic(dice& chance, const plan& by) : dice_(chance), plan_(by) {
    // nop
  }

  /// `number` makes the names of this request its own.
  command next(std::uint32_t number);
  /// Holds and versions that an answer gave away may be asked about later.
  void learn(const command& ask, const outcome& answer);

private:
  struct hint {
    std::string store;
    std::string sku;
    reservation_ref hold;
    std::uint64_t version = 0;
  };

  command about_nothing(std::uint32_t number);
  void choose_place(command& ask);
  void choose_amounts(command& ask, std::uint32_t number);
  void aim_at_hold(command& ask);
  void add_conditions(command& ask);
  void sign(command& ask, std::uint32_t number);

  dice& dice_;
  const plan& plan_;
  std::vector<hint> holds_;
  std::vector<hint> versions_;
  /// Requests with a key, to be sent again out of the blue.
  std::vector<command> sent_;
};

} // namespace holdfast::simulation
