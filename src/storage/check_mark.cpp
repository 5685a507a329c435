// Is it the right journal, and everything that was acknowledged still there?
#include "corrupt.hpp"
#include "opened_journal.hpp"
#include "row_reader.hpp"
#include "wrong_data_dir.hpp"

namespace holdfast::storage {

namespace {

std::string count(std::uint64_t number, const std::string& noun) {
  return number == 1 ? "1 " + noun + " is"
                     : std::to_string(number) + " " + noun + "s are";
}

[[noreturn]] void refuse_short(const journal_end& end,
                               const journal_end& marked) {
  if (marked.last_seq > end.last_seq)
    corrupt("the journal ends at seq " + std::to_string(end.last_seq) + ", but "
            + std::to_string(marked.last_seq) + " was acknowledged: "
            + count(marked.last_seq - end.last_seq, "event") + " missing");
  corrupt("the journal ends at answer " + std::to_string(end.last_answer)
          + ", but " + std::to_string(marked.last_answer)
          + " was acknowledged: "
          + count(marked.last_answer - end.last_answer, "answer") + " missing");
}

} // namespace

void check_node(const journal_meta& meta, const journal_options& options) {
  if (meta.node_name != options.node_name)
    throw wrong_data_dir("the journal belongs to node " + meta.node_name
                         + ", not to " + options.node_name);
}

void check_lost(const std::optional<high_water_mark::reading>& mark) {
  if (mark && mark->latest.batch != 0)
    corrupt("the journal is gone, but seq "
            + std::to_string(mark->latest.last_seq) + " was acknowledged");
}

void check_mark(row_reader& rows, const journal_end& end,
                const high_water_mark::reading& mark) {
  const auto& marked = mark.latest;
  if (end.batch < marked.batch)
    refuse_short(end, marked);
  if (marked.batch != 0) {
    const auto found = rows.batch_at_most(marked.batch);
    if (!found || found->end != marked)
      corrupt("batch " + std::to_string(marked.batch)
              + " is not the one that was acknowledged");
  }
  // A write of the mark is torn only after its batch became durable.
  if (mark.torn && end.batch == marked.batch)
    corrupt("one slot of the high-water mark is damaged, and the journal ends "
            "where the other does, at seq "
            + std::to_string(end.last_seq)
            + ": whether more was acknowledged is unknown");
}

} // namespace holdfast::storage
