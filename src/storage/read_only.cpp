#include "read_only.hpp"

#include "read_connection.hpp"
#include "redo_overlay.hpp"
#include "row_reader.hpp"
#include "schema.hpp"

namespace holdfast::storage {

class event_reader::connection {
public:
  connection(const std::string& data_dir, disk& on)
      : content(open_read_only(data_dir, on)), redo(*content, data_dir, on),
        meta(read_meta(*content)), rows(*content),
        last(*content, "SELECT seq FROM events ORDER BY seq DESC LIMIT 1") {
    // nop
  }

  std::uint64_t last_seq() {
    const rewind_at_end rewind(last);
    redo.refresh();
    return last.step() ? last.number(0) : 0;
  }

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
  return to_->rows.scan(after, limit, filter, to_->last_seq());
}

std::uint64_t event_reader::last_seq() {
  return to_->last_seq();
}

std::string event_reader::node_name() {
  return to_->meta.node_name;
}

} // namespace holdfast::storage
