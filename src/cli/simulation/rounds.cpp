// The central view of a simulation: who asks for rounds, and what they owe.
#include "src/cli/simulation/enactment.hpp"

#include "holdfast/limits.hpp"

namespace holdfast::simulation {

void enactment::ask_round(machine& at) {
  const auto caller = ++last_round_caller_;
  say(at, "round " + std::to_string(caller) + " is wanted");
  auto& told = round_callers_[caller].told = told_versions_;
  round_callers_[caller].at = at.number;
  // A node that has just come for the first time need not know all stores.
  if (is_cluster())
    std::erase_if(told, [&](const auto& each) {
      return !at.remembers.owner_of(each.first.first);
    });
  caf::anon_send(
      at.node->sync.rounds,
      round_request{
          at.node->schedule.clock().now() + limits::request_deadline,
          [this, caller, &at, life = at.lives](const round_answer& said) {
            // Power may go in the middle of a turn; nobody hears the rest.
            if (life == at.lives && !at.disk->is_off())
              on_round(at, caller, said);
          }});
}

void enactment::on_round(machine& at, std::uint64_t caller,
                         const round_answer& said) {
  say(at, "round " + std::to_string(caller) + ": "
              + std::string{to_string(said.code)} + ", "
              + std::to_string(said.report.skus) + " SKUs, "
              + std::to_string(said.report.failed_stores.size())
              + " stores failed");
  const auto waits = round_callers_.extract(caller);
  if (!waits)
    return complain(0, "a second answer about a round");
  if (!said.is_complete())
    return;
  ++verdict_.rounds;
  if (!at.node->board->view()->complete)
    complain(0, "a complete round left an incomplete view");
  check_fresh(at, waits.mapped().told);
}

/// A round shows at least what was told to anyone before it was asked for.
void enactment::check_fresh(const machine& at, const sku_versions& seen) {
  const auto view = at.node->board->view();
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
void enactment::end_rounds(machine& at) {
  std::erase_if(round_callers_,
                [&](const auto& each) { return each.second.at == at.number; });
  ++at.lives;
}

std::vector<checker::central_entry> enactment::shown(const machine& by) const {
  const auto view = by.node->board->view();
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

/// At rest every view is the journal, once rounds found nothing new meanwhile.
void enactment::judge_views() {
  for (int i = 0; i < 10 && goes_on(); ++i) {
    const auto before = journals().size();
    const auto complete = verdict_.rounds;
    std::size_t asked = 0;
    for (auto& each : living()) {
      ask_round(each);
      ++asked;
    }
    run_dry();
    const auto events = journals();
    if (verdict_.rounds < complete + asked || events.size() != before) {
      wait(plan_.with.breaker_cooldown_ms);
      run_dry();
      continue;
    }
    for (const auto& each : living())
      complain(checker::check_central(events, shown(each)));
    if (!round_callers_.empty())
      complain(0, "somebody still waits for a round");
    return;
  }
  if (goes_on())
    complain(0, "a healthy node has no complete central view");
}

} // namespace holdfast::simulation
