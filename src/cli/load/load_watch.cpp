// Whoever looks on while clients ask.
#include <algorithm>

#include "src/cli/load/load_run.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;
using clock = transport::clock;
using seconds = std::chrono::duration<double>;

/// Time in which a record forgets what is not watched any more.
constexpr auto narrowing_time = 2s;
constexpr auto glance = 20ms;

} // namespace

/// Looks every now and then; tells every second.
void load_run::watch_until(clock::time_point end) {
  const auto begin = end - std::chrono::seconds{order_.seconds};
  const auto nap = [this](clock::time_point until) {
    while (clock::now() < until && running_ > 0) {
      limit_record();
      std::this_thread::sleep_for(std::min<clock::duration>(
          glance, std::max(until - clock::now(), clock::duration::zero())));
    }
  };
  if (clock::now() < begin) {
    nap(begin);
    measured_from_ = counts();
  }
  const auto first = measured_from_;
  const auto batches = target_.batches();
  const auto started = clock::now();
  auto before = first;
  auto last = started;
  while (running_ > 0 && clock::now() < end) {
    // Seconds that this process was kept from looking at are one.
    const auto passed =
        std::chrono::floor<std::chrono::seconds>(last - started);
    nap(std::min(end, started + passed + 1s));
    const auto now = clock::now();
    load_second made;
    made.at_s = seconds{now - started}.count();
    made.span_s = seconds{now - last}.count();
    auto state = counts();
    made.counts = state;
    made.counts -= before;
    made.resident_bytes = target_.resident_bytes();
    before = std::move(state);
    last = now;
    progress_ << progress_line(made) << std::endl;
    figures_.seconds.push_back(std::move(made));
  }
  figures_.whole.span_s = seconds{last - started}.count();
  figures_.whole.at_s = figures_.whole.span_s;
  figures_.whole.counts = before;
  figures_.whole.counts -= first;
  if (batches)
    figures_.batches = target_.batches();
  if (figures_.batches)
    *figures_.batches -= *batches;
}

/// Fewer SKUs rather than calls with gaps: what is watched is watched whole.
void load_run::limit_record() {
  std::uint64_t size = 0;
  for (const auto& each : groups_)
    size += each->record().size();
  const auto now = clock::now();
  if (size <= order_.record_max || now < narrowed_at_ + narrowing_time)
    return;
  narrowed_at_ = now;
  const auto covered_by = [this](const watch& over) {
    std::uint32_t count = 0;
    for (std::uint32_t sku = 0; sku < scenario_->skus(); ++sku)
      count += over.covers(sku) ? 1 : 0;
    return count;
  };
  const auto now_covered = covered_by(watch_);
  watch narrower;
  while (covered_by(narrower) == now_covered
         || narrower.mask() <= watch_.mask())
    narrower.narrow();
  if (covered_by(narrower) == 0) {
    figures_.is_cut_short = true;
    stop_ = true;
    return;
  }
  while (watch_.mask() < narrower.mask())
    watch_.narrow();
}

load_counts load_run::counts() const {
  load_counts sum;
  for (const auto& each : groups_) {
    const auto& from = each->tallies();
    sum.acknowledged += from.acknowledged.get();
    sum.unknown += from.unknown.get();
    sum.unreached += from.unreached.get();
    sum.granted += from.granted.get();
    for (std::size_t i = 0; i < sum.refused.size(); ++i)
      sum.refused[i] += from.refused[i].get();
    from.latency.add_to(sum.latency);
  }
  return sum;
}

} // namespace holdfast::cli
