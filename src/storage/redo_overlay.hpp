// The redo log as those see it who only read.
#pragma once

#include <string>

#include "sqlite.hpp"

namespace holdfast::storage {

struct redo_content;

/// Shows a connection that may not write the journal as if the tables had all
/// that is durable: its tables `events`, `answers`, `batches` and `closed` are
/// followed by what the redo log has beyond them. Outlives no connection.
class redo_overlay {
public:
  redo_overlay(database& in, std::string data_dir, disk& on = *system_disk());

  /// Reads the log again. Outside a transaction, before what is read through
  /// it: what leaves the log meanwhile is in the tables by then. Throws
  /// `journal_error::corrupt` if the log has a hole.
  void refresh();

private:
  /// Those of `redo` that come after batch `after`, and no others.
  void show(const redo_content& redo, std::uint64_t after);

  database& in_;
  std::string data_dir_;
  disk& on_;
  bool shows_some_ = false;
};

} // namespace holdfast::storage
