// What other processes wrote, and the care for the next start.
#include <algorithm>
#include <limits>

#include "corrupt.hpp"
#include "holdfast/limits.hpp"
#include "shared_journal_impl.hpp"
#include "stale_snapshots.hpp"

namespace holdfast::storage {

namespace {

/// Batches that are followed while others cannot write; further back they are
/// followed a few at a time.
constexpr std::uint64_t near = 32;
/// SKUs of one step: others wait for its end.
constexpr std::size_t step_max = 16;
/// So many bytes have to be left on a disk that was full.
constexpr std::uint64_t room_min = 64 * 1024;
constexpr auto any =
    static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

} // namespace

void shared_journal::follow_others() {
  reading([] { return true; });
}

void shared_journal::start_reading() {
  begin_reading_.run();
  try {
    follow(limits::seq_max);
    follow_letters();
  } catch (...) {
    end_transaction();
    throw;
  }
}

void shared_journal::follow(std::uint64_t batches_max) {
  const auto last =
      rows_.batch_at_most(std::min(any, known_.end.batch + batches_max));
  const auto end = last ? last->end : journal_end{};
  if (end.batch == known_.end.batch) {
    now_ = known_;
    return;
  }
  if (end.batch < known_.end.batch || end.last_seq < known_.end.last_seq
      || end.last_answer < known_.end.last_answer)
    corrupt("the journal has lost what it had");
  const auto since = unread_;
  follow_rows(events_after_, row_kind::event, end.last_seq, since);
  follow_rows(answers_after_, row_kind::answer, end.last_answer, since);
  known_.end = end;
  if (end.last_seq != 0)
    known_.time_ms = std::max(
        known_.time_ms, rows_.must_event(end.last_seq).after.updated_at_ms);
  if (end.last_answer != 0)
    known_.time_ms = std::max(known_.time_ms,
                              rows_.must_answer(end.last_answer).answer.at_ms);
  now_ = known_;
}

/// Letters come and go without a batch, so whatever others did may have been
/// about them.
void shared_journal::follow_letters() {
  const rewind_at_end rewind(find_version_);
  find_version_.step();
  const auto version = find_version_.number(0);
  if (!letters_ || version != data_version_)
    letters_.emplace(*content_);
  data_version_ = version;
}

void shared_journal::follow_rows(statement& rows, row_kind kind,
                                 std::uint64_t last,
                                 const log_position& since) {
  auto& number = kind == row_kind::event ? unread_.seq : unread_.answer;
  const rewind_at_end rewind(rows);
  rows.bind(1, number - 1);
  for (; number <= last; ++number) {
    if (!rows.step() || rows.number(0) != number)
      throw journal_error(
          journal_error::kind::corrupt,
          std::string(kind == row_kind::event ? "event " : "answer ")
              + std::to_string(number) + " is missing");
    auto& head = heads_.restore({rows.bytes(1), rows.bytes(2)}, since);
    (kind == row_kind::event ? head.seq : head.answer) = number;
    if (kind == row_kind::event)
      holds_.ends.hear(row_of(rows));
  }
}

/// The last batch without a row at `start` or after it. Batches have no gaps.
journal_end shared_journal::end_before(const log_position& start) {
  journal_end found;
  const auto newest = rows_.batch_at_most(any);
  auto first = std::uint64_t{1};
  auto last = newest ? newest->end.batch : 0;
  while (first <= last) {
    const auto middle = first + (last - first) / 2;
    const auto batch = rows_.batch_at_most(middle);
    if (batch && batch->end.last_seq < start.seq
        && batch->end.last_answer < start.answer) {
      found = batch->end;
      first = middle + 1;
    } else {
      last = middle - 1;
    }
  }
  return found;
}

void shared_journal::follow_from_afar() {
  for (auto is_far = true; is_far;)
    until_free([&] {
      const auto last = rows_.batch_at_most(any);
      is_far = last && last->end.batch - known_.end.batch > near;
      if (!is_far)
        return;
      begin_reading_.run();
      try {
        follow(near);
        commit_.run();
      } catch (...) {
        end_transaction();
        throw;
      }
    });
}

log_position shared_journal::next() const noexcept {
  return {known_.end.last_seq + 1, known_.end.last_answer + 1};
}

std::size_t shared_journal::checkpoint(std::size_t budget, bool all) {
  const auto rows_max =
      all ? 0
          : std::max<std::uint64_t>(options_.tail_rows_min, 2 * heads_.size());
  // With no budget it is asked whether there is room to write.
  if (rows_between(meta_.tail, next()) <= rows_max && budget != 0)
    return 0;
  std::size_t taken = 0;
  try {
    guarded([&] {
      // It can wait until nobody else is at it.
      lock_writers({});
      start_transaction();
      // Who only writes over what is there needs no room, and would find it on
      // a full disk, too.
      if (budget == 0 && !has_room(*options_.on, options_.data_dir, room_min))
        throw journal_error(journal_error::kind::full, "the disk is full");
      taken = advance_tail(std::min(budget, step_max), rows_max / 4 * 3);
    });
  } catch (const journal_error&) {
    rollback();
    throw;
  }
  writers_.unlock();
  committed_at_ = std::chrono::steady_clock::now();
  return taken;
}

std::size_t shared_journal::advance_tail(std::size_t budget,
                                         std::uint64_t rows_max) {
  auto meta = read_meta(*content_);
  const auto made =
      take_stale(heads_, rows_, snapshots_, budget, next(), rows_max);
  // Others may have come further.
  meta.tail.seq = std::max(meta.tail.seq, made.tail.seq);
  meta.tail.answer = std::max(meta.tail.answer, made.tail.answer);
  write_meta(*content_, meta);
  until_free([this] { commit_.run(); });
  heads_.commit();
  meta_ = meta;
  return made.taken;
}

} // namespace holdfast::storage
