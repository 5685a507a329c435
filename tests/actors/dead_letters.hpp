// Dead letters of a node in one thread.
#pragma once

#include <doctest/doctest.h>

#include "tests/support/poison.hpp"
#include "tests/support/world.hpp"

namespace holdfast::test {

/// A world whose rules throw at poison until they are cured.
struct poisoned_world : world {
  using world::world;
  ~poisoned_world() {
    is_cured = false;
  }

  static operation_ptr poisoned(operation_ptr op) {
    op->ask.from.reason = poison;
    return op;
  }

  /// About one letter, or the page behind it.
  static operation_ptr about_letter(errand what, std::uint64_t id) {
    auto op = std::make_shared<operation>();
    op->todo = what;
    op->letter = std::make_unique<letter_part>();
    op->letter->id = op->letter->after = id;
    op->letter->limit = 1'000;
    return op;
  }

  /// Sends it and lets all its tries pass.
  outcome fail(operation_ptr op) {
    send({op});
    run();
    for (std::uint32_t i = 0; i <= with.retry_times && !answered(op); ++i)
      pass(std::chrono::milliseconds{with.retry_base_ms << i});
    REQUIRE(answered(op));
    return answer_of(*op);
  }

  std::vector<dead_letter> letters() {
    auto op = about_letter(errand::list_letters, 0);
    ask(op);
    return op->letter->found;
  }

  outcome retry(std::uint64_t id) {
    return ask(about_letter(errand::retry_letter, id));
  }

  std::int64_t on_hand(const std::string& sku) {
    return ask(make(action::read, sku)).record.on_hand;
  }
};

} // namespace holdfast::test
