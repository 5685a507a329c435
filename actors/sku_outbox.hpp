// What leaves a SKU actor at the end of a handler run.
#pragma once

#include <utility>

#include "actors/answers.hpp"
#include "actors/sku.hpp"

namespace holdfast {

/// Decided operations are in the journal's inbox at once; answered ones go home
/// together. Use one per handler run: the destructor does not send.
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
    hand_on(std::move(op));
  }

  /// What nobody need remember until it is settled.
  void hand_on(operation_ptr op) {
    has_arrived_ |= state_.config->inbox->put(std::move(op));
  }

  /// Its handling failed for good. It has a life of its own: it is kept even
  /// if what was decided before is not.
  void bury(operation_ptr op) {
    op->todo = errand::bury;
    op->life = std::make_shared<sku_life>();
    hand_on(std::move(op));
  }

  void refuse(operation_ptr op, error_code code) {
    home_.refuse(std::move(op), code);
  }

  void send(sku_actor::stateful_pointer<sku_state> self) {
    if (std::exchange(has_arrived_, false))
      self->send(journal_, arrival_atom_v);
    home_.send(self);
  }

private:
  sku_state& state_;
  const journal_actor& journal_;
  /// The journal writer is to be told.
  bool has_arrived_ = false;
  answers home_;
};

} // namespace holdfast
