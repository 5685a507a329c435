// Random histories of one SKU against the naive model. A failure prints its
// seed; RC_PARAMS="seed=…" repeats it.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/domain/history.hpp"
#include "tests/support/naive_model.hpp"

namespace holdfast::test {

namespace {

void settle_both(one_sku& sku, naive_model& model) {
  const auto from = sku.settled;
  sku.settle();
  for (auto i = from; i < sku.log.size(); ++i)
    if (sku.log[i].type == event_type::stock_reserved)
      model.number_grant(sku.log[i].after.version, sku.log[i].seq);
}

void check_state(const one_sku& sku, const naive_model& model) {
  RC_ASSERT(sku.state.now == model.record());
  std::vector<reservation> live;
  for (const auto& [version, hold] : sku.state.holds)
    live.push_back(hold);
  RC_ASSERT(live == model.live());
  const auto* broken = broken_invariant(sku.state);
  RC_ASSERT(broken == nullptr);
  const auto& record = sku.state.now;
  RC_ASSERT(record.on_hand - record.reserved >= -record.backorder_limit);
}

/// Versions have no gaps, and each event says what changed.
void check_log(const one_sku& sku) {
  balances before;
  for (const auto& change : sku.log) {
    RC_ASSERT(change.after.version == before.version + 1);
    RC_ASSERT(change.after.on_hand - before.on_hand == change.delta);
    RC_ASSERT(change.after.reserved - before.reserved == change.reserved_delta);
    RC_ASSERT(change.after.updated_at_ms >= before.updated_at_ms);
    if (closes_hold(change))
      RC_ASSERT(change.hold.held() == 0);
    before = change.after;
  }
}

} // namespace

TEST_CASE("a random history is answered as the naive model answers it") {
  CHECK(rc::check("answers, states and invariants", [] {
    one_sku sku;
    sku.settles_at_once = false;
    sku.ttl_s = 3;
    naive_model model(sku.ttl_s);
    const auto steps = *any_history().as("steps");
    for (const auto& s : steps) {
      sku.now_ms += s.wait_ms;
      const auto ask = to_command(s, sku);
      const auto expected = model.answer(ask, sku.now_ms);
      const auto answer = sku.ask(ask);
      RC_ASSERT(answer.code == expected.code);
      RC_ASSERT(answer == expected);
      check_state(sku, model);
      if (s.settles)
        settle_both(sku, model);
    }
    check_log(sku);
  }));
}

TEST_CASE("folding the events of a random history rebuilds its state") {
  CHECK(rc::check("refold", [] {
    one_sku sku;
    sku.ttl_s = 3;
    const auto steps = *any_history().as("steps");
    for (const auto& s : steps) {
      sku.now_ms += s.wait_ms;
      sku.ask(to_command(s, sku));
      RC_ASSERT(sku.refold(sku.log.size()) == sku.state);
    }
  }));
}

} // namespace holdfast::test
