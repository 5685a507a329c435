// What follows once no client asks any more: every outcome is settled, every
// SKU is read, and everything is judged.
#include <algorithm>

#include "src/cli/load/load_run.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;
using clock = transport::clock;

/// How long questions are asked again that were not settled.
constexpr auto settle_patience = 60s;
/// Longer than the holds that a workload lets expire.
constexpr auto expiry_pause = 1'500ms;
constexpr auto view_retry_pause = 100ms;
/// As the table of faults has it.
constexpr std::int64_t expiry_tolerance_ms = 1'000;

} // namespace

void load_run::conclude() {
  if (!order_.no_check)
    settle();
  const auto all = counts();
  // With those whose outcome was settled only now.
  figures_.whole.counts.granted = all.granted;
  const auto sold_out =
      static_cast<std::size_t>(error_code::insufficient_stock);
  auto complaint = scenario_->verdict(
      all.granted, !order_.no_check && all.refused[sold_out] > 0);
  if (!complaint.empty())
    figures_.complaints.push_back(std::move(complaint));
  if (!order_.no_check)
    read_all();
  judge();
}

/// What was told by now may be all that is left of it.
void load_run::give_up(const std::string& why) {
  figures_.cut_short = why;
  figures_.complaints.push_back("it failed, and was not checked: " + why);
  for (const auto& each : groups_)
    each->give_up();
  // Who judges keeps them.
  if (!order_.no_check && !groups_.empty())
    keep_calls(gather());
}

void load_run::settle() {
  std::uint64_t left = 0;
  in_parallel([&](std::size_t i) {
    groups_[i]->settle(groups_[i]->unknown(), clock::now() + settle_patience);
  });
  for (const auto& each : groups_)
    left += each->unknown().size();
  if (left > 0)
    figures_.complaints.push_back(grouped(left)
                                  + " outcomes could not be settled");
}

void load_run::read_all() {
  std::vector<bool> touched(scenario_->skus());
  for (const auto& each : groups_)
    each->add_touched(touched);
  std::vector<draft> all;
  for (std::uint32_t sku = 0; sku < touched.size(); ++sku)
    if (touched[sku]) {
      draft look;
      look.what = action::read;
      look.sku = sku;
      look.store = scenario_->store_of(sku);
      all.push_back(look);
    }
  std::this_thread::sleep_for(order_.workload == "mixed" ? expiry_pause : 0ms);
  auto tasks = shares(std::move(all));
  in_parallel([&](std::size_t i) {
    groups_[i]->settle(tasks[i], clock::now() + settle_patience);
  });
  for (const auto& left : tasks)
    if (!left.empty())
      figures_.complaints.push_back(grouped(left.size())
                                    + " SKUs could not be read in the end");
}

/// What the central view shows, now that nobody asks for anything.
std::optional<view_record> load_run::read_view() {
  for (const auto give_up_at = clock::now() + settle_patience;;) {
    view_record made;
    try {
      const auto is_there =
          target_.read_central([&](checker::central_entry&& shown) {
            made.take(*names_, std::move(shown));
          });
      return is_there ? std::optional{std::move(made)} : std::nullopt;
    } catch (const node_away&) {
      if (clock::now() > give_up_at)
        throw;
      std::this_thread::sleep_for(view_retry_pause);
    }
  }
}

/// All that clients were told; nobody asks any more.
load_evidence load_run::gather() {
  load_evidence evidence;
  evidence.names = names_.get();
  evidence.over = &watch_;
  evidence.with_fingerprints = target_.keeps_fingerprints();
  evidence.with.key_ttl_ms = order_.idemp_ttl_ms;
  evidence.with.expiry_tolerance_ms = expiry_tolerance_ms;
  evidence.with.is_real_time = true;
  evidence.history = history_;
  for (const auto& each : groups_) {
    each->record().move_to(evidence.calls);
    auto& reads = each->reads();
    evidence.finals.insert(evidence.finals.end(), reads.begin(), reads.end());
  }
  groups_.clear();
  return evidence;
}

void load_run::judge() {
  auto view = order_.no_check ? std::optional<view_record>{} : read_view();
  auto evidence = gather();
  evidence.view = std::move(view);
  target_.close();
  if (!order_.no_check)
    figures_.verdict = cli::judge(std::move(evidence), target_);
}

} // namespace holdfast::cli
