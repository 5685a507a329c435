// What leaves a SKU actor at the end of a handler run.
#pragma once

#include <utility>

#include "actors/answers.hpp"
#include "actors/sku.hpp"
#include "holdfast/expiries.hpp"

namespace holdfast {

/// Decided operations are in the journal's inbox at once; answered ones go home
/// together. Use one per handler run: the destructor does not send them.
class sku_outbox {
public:
  sku_outbox(sku_actor::stateful_pointer<sku_state> self,
             const journal_actor& journal)
      : self_(self), journal_(journal) {
    // nop
  }

  void add(operation_ptr op) {
    // What was decided under a lease leaves once that was still good.
    auto& state = self_->state;
    if (op->todo == errand::none && state.life->token != 0)
      op->todo = errand::barrier;
    if (op->todo == errand::none) {
      home_.add(std::move(op));
      return;
    }
    op->life = state.life;
    op->settlement = &leave_receipt(*op);
    hand_on(std::move(op));
  }

  /// What nobody need remember until it is settled. Others do not tell the
  /// writer either once this one is to: so it does at once.
  void hand_on(operation_ptr op) {
    if (self_->state.config->inbox->put(std::move(op)))
      self_->send(journal_, arrival_atom_v);
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

  void send() {
    home_.send(self_);
  }

private:
  receipt& leave_receipt(const operation& op) {
    auto& made = op.life->open.emplace_back();
    made.hash = op.hash;
    if (op.todo == errand::append
        && op.change.type == event_type::stock_reserved)
      made.grant_version = op.change.hold.ref.grant_version;
    made.is_full_portion = op.expired.size() == expiries_max;
    return made;
  }

  const sku_actor::stateful_pointer<sku_state> self_;
  const journal_actor& journal_;
  answers home_;
};

} // namespace holdfast
