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
/// A run that was over before it began has figures, too.
constexpr auto shortest = 1us;

} // namespace

void load_run::begin_measuring() {
  // Over HTTP that takes a while, in which others are answered.
  batches_from_ = target_.batches();
  measured_from_ = counts();
  started_ = clock::now();
}

/// Looks every now and then; tells every second.
void load_run::watch_from(clock::time_point begin) {
  const auto end = begin + std::chrono::seconds{order_.seconds};
  const auto nap = [this](clock::time_point until) {
    while (clock::now() < until && running_ > 0) {
      limit_record();
      heed_end();
      std::this_thread::sleep_for(std::min<clock::duration>(
          glance, std::max(until - clock::now(), clock::duration::zero())));
    }
  };
  if (started_ < begin) {
    nap(begin);
    begin_measuring();
  }
  auto before = measured_from_;
  auto last = started_;
  for (auto is_over = false; !is_over;) {
    // Seconds that this process was kept from looking at are one.
    const auto passed =
        std::chrono::floor<std::chrono::seconds>(last - started_);
    nap(std::min(end, started_ + passed + 1s));
    // What is over was over before anybody looked.
    is_over = running_ == 0;
    const auto now =
        std::max(last + shortest, is_over ? ended_.load() : clock::now());
    is_over = is_over || now >= end;
    load_second made;
    made.at_s = seconds{now - started_}.count();
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
  figures_.whole.span_s = seconds{last - started_}.count();
  figures_.whole.at_s = figures_.whole.span_s;
  figures_.whole.counts = before;
  figures_.whole.counts -= measured_from_;
  // Last, so that it makes no second longer.
  take_batches();
}

/// A node that restarted has forgotten what it did before.
void load_run::take_batches() {
  auto now = batches_from_ ? target_.batches() : std::nullopt;
  if (!now)
    return;
  figures_.is_restarted = !goes_on(*batches_from_, *now);
  if (!figures_.is_restarted)
    now->sizes -= batches_from_->sizes;
  figures_.batches = std::move(now->sizes);
}

/// Who was waiting at the end had to wait, however fast others had been.
void load_run::add_late() {
  auto& whole = figures_.whole.counts;
  auto late = counts();
  late -= measured_from_;
  late -= whole;
  whole.late = late.latency.total();
  whole.unknown += late.unknown;
  whole.latency += late.latency;
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
    figures_.cut_short =
        "the record is full and has one SKU left (see --record-max)";
    stop_ = true;
    return;
  }
  while (watch_.mask() < narrower.mask())
    watch_.narrow();
}

/// What was asked by then is settled and judged like that of any other run.
void load_run::heed_end() {
  if (end_ != nullptr && *end_ && !stop_.exchange(true))
    figures_.cut_short = "it was told to";
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
