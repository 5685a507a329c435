#include "read_only.hpp"

#include "corrupt.hpp"
#include "data_dir_lock.hpp"
#include "high_water_mark.hpp"
#include "holdfast/limits.hpp"
#include "read_connection.hpp"
#include "redo_overlay.hpp"
#include "row_reader.hpp"
#include "schema.hpp"
#include "settled.hpp"

namespace holdfast::storage {

class event_reader::connection {
public:
  connection(const std::string& dir, disk& its)
      : data_dir(dir), on(its), content(open_read_only(data_dir, on)),
        redo(*content, data_dir, on), meta(read_meta(*content)), rows(*content),
        last(*content, "SELECT seq FROM events ORDER BY seq DESC LIMIT 1") {
    // nop
  }

  std::uint64_t last_seq() {
    const auto promised = marked_seq().value_or(0);
    const auto seen =
        look_until([this] { return fresh_seq(); },
                   [&](std::uint64_t seq) { return seq >= promised; });
    if (seen < promised)
      corrupt("the journal ends at seq " + std::to_string(seen) + ", but seq "
              + std::to_string(promised) + " was acknowledged");
    // A batch is written before it is synced, and marked after: who sees it
    // in between waits. Where nobody writes, the mark was left behind.
    const auto marked =
        look_until([this] { return marked_seq(); },
                   [&](const auto& mark) { return !mark || *mark >= seen; });
    if (!marked && seen != 0)
      corrupt("the high-water mark is missing: how far the journal "
              "was acknowledged is unknown");
    return marked.value_or(0) < seen && data_dir_lock::is_held(data_dir)
               ? *marked
               : seen;
  }

  std::uint64_t fresh_seq() {
    redo.refresh();
    return visible_seq();
  }

  std::uint64_t visible_seq() {
    const rewind_at_end rewind(last);
    return last.step() ? last.number(0) : 0;
  }

  /// Nothing if there is no mark.
  std::optional<std::uint64_t> marked_seq() const {
    const auto mark = high_water_mark::read(data_dir, on);
    return mark ? std::optional{mark->latest.last_seq} : std::nullopt;
  }

  std::string data_dir;
  disk& on;
  std::unique_ptr<database> content;
  redo_overlay redo;
  journal_meta meta;
  row_reader rows;
  statement last;
};

event_reader::event_reader(const std::string& data_dir, disk& on)
    : to_(std::make_unique<connection>(data_dir, on)) {
  // nop
}

event_reader::event_reader(event_reader&&) noexcept = default;
event_reader& event_reader::operator=(event_reader&&) noexcept = default;
event_reader::~event_reader() = default;

event_page event_reader::scan(std::uint64_t after, std::size_t limit,
                              const event_filter& filter) {
  // The redo log is read for the last pages only.
  auto end = to_->visible_seq();
  if (end <= after + limits::page_rows_max)
    end = to_->last_seq();
  return to_->rows.scan(after, limit, filter, end);
}

std::uint64_t event_reader::last_seq() {
  return to_->last_seq();
}

std::string event_reader::node_name() {
  return to_->meta.node_name;
}

} // namespace holdfast::storage
