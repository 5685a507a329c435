// A journal for those who only look, beside the node that writes it.
#pragma once

#include <memory>
#include <string>

#include "disk.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

/// Pages through the events of a data directory. Needs no lock and takes none
/// that a writer would notice. Every function may throw `journal_error`.
class event_reader {
public:
  /// Throws `journal_error::failed` if there is no journal in `data_dir`.
  explicit event_reader(const std::string& data_dir, disk& on = *system_disk());
  event_reader(event_reader&&) noexcept;
  event_reader& operator=(event_reader&&) noexcept;
  ~event_reader();

  /// See `journal::scan`; each page sees what is durable by then.
  event_page scan(std::uint64_t after, std::size_t limit,
                  const event_filter& filter);
  /// Highest `seq` by now, 0 for an empty journal. Throws
  /// `journal_error::corrupt` if more was acknowledged than is there, or if
  /// nobody knows.
  std::uint64_t last_seq();
  /// The node that writes it.
  std::string node_name();

private:
  class connection;
  std::unique_ptr<connection> to_;
};

} // namespace holdfast::storage
