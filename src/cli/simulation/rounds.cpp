// The central view of a simulation: who asks for rounds, and what they owe.
#include "src/cli/simulation/enactment.hpp"

#include "holdfast/limits.hpp"

namespace holdfast::simulation {

void enactment::ask_round() {
  const auto caller = ++last_round_caller_;
  say("round " + std::to_string(caller) + " is wanted");
  round_callers_[caller] = told_versions_;
  caf::anon_send(
      node_->sync.rounds,
      round_request{node_->schedule.clock().now() + limits::request_deadline,
                    [this, caller, life = lives_](const round_answer& said) {
                      if (life == lives_)
                        on_round(caller, said);
                    }});
}

void enactment::on_round(std::uint64_t caller, const round_answer& said) {
  say("round " + std::to_string(caller) + ": "
      + std::string{to_string(said.code)} + ", "
      + std::to_string(said.report.skus) + " SKUs, "
      + std::to_string(said.report.failed_stores.size()) + " stores failed");
  const auto waits = round_callers_.extract(caller);
  if (!waits)
    return complain(0, "a second answer about a round");
  if (said.code != error_code::none || !said.report.failed_stores.empty())
    return;
  ++verdict_.rounds;
  if (!node_->board->view()->complete)
    complain(0, "a complete round left an incomplete view");
  check_fresh(waits.mapped());
}

/// A round shows at least what was told to anyone before it was asked for.
void enactment::check_fresh(const sku_versions& seen) {
  const auto view = node_->board->view();
  for (const auto& [of, version] : seen) {
    std::uint64_t shown = 0;
    if (const auto found = view->find(of.second))
      for (const auto& part : found->parts)
        if (part.store == of.first)
          shown = part.is.version;
    if (shown < version)
      complain(6, "the central view shows version " + std::to_string(shown)
                      + " of " + of.first + '/' + of.second + ", but "
                      + std::to_string(version) + " was told before");
  }
}

/// A process that ends takes its callers along.
void enactment::end_rounds() {
  round_callers_.clear();
  ++lives_;
}

std::vector<checker::central_entry> enactment::shown() const {
  const auto view = node_->board->view();
  std::vector<checker::central_entry> entries;
  for (const auto& sku : view->page({"", "", 1'000}).skus) {
    entries.push_back(
        {std::string{sku.sku}, sku.on_hand, sku.reserved, sku.available, {}});
    for (const auto& part : sku.parts)
      entries.back().records.push_back(
          {std::string{part.store}, entries.back().sku, part.is});
  }
  return entries;
}

/// At rest the view is the journal, once a round found nothing new meanwhile.
void enactment::judge_view() {
  for (int i = 0; i < 10; ++i) {
    const auto before = journal().size();
    const auto complete = verdict_.rounds;
    ask_round();
    node_->run();
    if (verdict_.rounds == complete || journal().size() != before) {
      wait(plan_.with.breaker_cooldown_ms);
      node_->run();
      continue;
    }
    complain(checker::check_central(journal(), shown()));
    if (!round_callers_.empty())
      complain(0, "somebody still waits for a round");
    return;
  }
  complain(0, "a healthy node has no complete central view");
}

} // namespace holdfast::simulation
