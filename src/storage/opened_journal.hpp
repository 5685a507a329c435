// The checks between a data directory and a journal that may serve.
#pragma once

#include <memory>
#include <optional>

#include "high_water_mark.hpp"
#include "schema.hpp"
#include "sku_heads.hpp"
#include "sqlite_journal.hpp"

namespace holdfast::storage {

class row_reader;
struct redo_content;

/// A journal that passed, and what was learned on the way.
struct opened_journal {
  std::unique_ptr<database> content;
  journal_meta meta;
  journal_end end;
  sku_heads heads;
  std::int64_t last_time_ms = 0;
  /// The last batch that the tables have for good; what was recovered from the
  /// redo log is in a transaction that is still open.
  std::uint64_t settled = 0;
  std::uint64_t redo_bytes = 0;
};

/// See `open_sqlite_journal`.
opened_journal open_checked(const journal_options& options);

/// Moves what the redo log has beyond the tables into them, inside a
/// transaction of the caller. Returns the last batch that they had. Throws
/// `journal_error::corrupt` if the two do not fit together or the log has a
/// hole.
std::uint64_t recover(const redo_content& redo, database& content);

/// For a journal that is not there: throws `journal_error::corrupt` unless it
/// was never acknowledged anything, and may be made anew.
void check_lost(const std::optional<high_water_mark::reading>& mark);

/// Throws `wrong_data_dir` unless the journal is that of this node.
void check_node(const journal_meta& meta, const journal_options& options);

/// Throws `journal_error::corrupt` unless the journal, which ends at `end`,
/// contains what `mark` says was acknowledged.
void check_mark(row_reader& rows, const journal_end& end,
                const high_water_mark::reading& mark);

} // namespace holdfast::storage
