// The checks between a data directory and a journal that may serve.
#pragma once

#include <memory>

#include "high_water_mark.hpp"
#include "schema.hpp"
#include "sku_heads.hpp"
#include "sqlite_journal.hpp"

namespace holdfast::storage {

class row_reader;

/// A journal that passed, and what was learned on the way.
struct opened_journal {
  std::unique_ptr<database> content;
  journal_meta meta;
  journal_end end;
  sku_heads heads;
  std::int64_t last_time_ms = 0;
};

/// See `open_sqlite_journal`.
opened_journal open_checked(const journal_options& options);

/// Throws `journal_error::corrupt` unless the journal, which ends at `end`,
/// contains what `mark` says was acknowledged.
void check_mark(row_reader& rows, const journal_end& end,
                const high_water_mark::reading& mark);

} // namespace holdfast::storage
