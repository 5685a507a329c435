// What clients ask for.
#pragma once

#include <string>
#include <vector>

#include "holdfast/outcome.hpp"
#include "tests/simulation/plan.hpp"

namespace holdfast::test {

/// Makes requests out of chance and of what earlier answers told.
class traffic {
public:
  traffic(dice& chance, const plan& by) : dice_(chance), plan_(by) {
    // nop
  }

  command next();
  /// Holds and versions that an answer gave away may be asked about later.
  void learn(const command& ask, const outcome& answer);

private:
  struct hint {
    std::string store;
    std::string sku;
    reservation_ref hold;
    std::uint64_t version = 0;
  };

  command about_nothing();
  void choose_place(command& ask);
  void choose_amounts(command& ask);
  void aim_at_hold(command& ask);
  void add_conditions(command& ask);
  void sign(command& ask);

  dice& dice_;
  const plan& plan_;
  std::vector<hint> holds_;
  std::vector<hint> versions_;
  /// Requests with a key, to be sent again out of the blue.
  std::vector<command> sent_;
  std::uint64_t made_ = 0;
};

} // namespace holdfast::test
