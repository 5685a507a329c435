// Random histories of one SKU.
#pragma once

#include <rapidcheck.h>

#include <ostream>
#include <vector>

#include "tests/domain/one_sku.hpp"

namespace holdfast::test {

/// One random choice; what it means depends on what came before it.
struct step {
  action what;
  int amount;
  int other;
  int pick;
  int condition;
  int wait_ms;
  bool settles;
};

std::ostream& operator<<(std::ostream& out, const step& s);

/// Up to some hundred steps; the first ones stock the SKU in most histories.
rc::Gen<std::vector<step>> any_history();

/// The command that `s` stands for at this point of the history.
command to_command(const step& s, const one_sku& sku);

} // namespace holdfast::test
