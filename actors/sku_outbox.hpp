// What leaves a SKU actor at the end of a handler run.
#pragma once

#include <utility>

#include "actors/answers.hpp"
#include "actors/sku.hpp"

namespace holdfast {

/// Decided operations go on together; answered ones go home. Use one per
/// handler run: the destructor does not send.
class sku_outbox {
public:
  sku_outbox(sku_state& state, const journal_actor& journal)
      : state_(state), journal_(journal) {
    // nop
  }

  void add(operation_ptr op) {
    // What was decided under a lease leaves once that was still good.
    if (op->todo == errand::none && state_.life->token != 0)
      op->todo = errand::barrier;
    if (op->todo == errand::none) {
      home_.add(std::move(op));
      return;
    }
    op->life = state_.life;
    state_.unsettled.push_back(op);
    onward_.items.push_back(std::move(op));
  }

  /// Its handling failed for good. It has a life of its own: it is kept even
  /// if what was decided before is not.
  void bury(operation_ptr op) {
    op->todo = errand::bury;
    op->life = std::make_shared<sku_life>();
    onward_.items.push_back(std::move(op));
  }

  void refuse(operation_ptr op, error_code code) {
    home_.refuse(std::move(op), code);
  }

  void send(sku_actor::stateful_pointer<sku_state> self) {
    if (!onward_.items.empty())
      self->send(journal_, std::move(onward_));
    home_.send(self);
  }

private:
  sku_state& state_;
  const journal_actor& journal_;
  batch onward_;
  answers home_;
};

} // namespace holdfast
