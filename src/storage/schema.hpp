// The tables of a journal and what it says about itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sku_heads.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// Rows of `meta`.
struct journal_meta {
  std::string node_name;
  /// Starts so far: of two writers of one journal, the later has the greater.
  std::uint64_t epoch = 0;
  /// The shortest time that keys have been promised to live here.
  std::int64_t key_ttl_ms = 0;
  /// Everything before it is covered by snapshots.
  log_position tail;
};

/// Bytes of a page of a new journal. SQLite copies each page twice, into its
/// log and from there, and pays for each by itself. Most rows go to the end of
/// their table, where pages of four times the usual size are no more bytes, and
/// fewer.
inline constexpr std::uint64_t page_bytes = 16'384;

std::string journal_path(const std::string& data_dir);

/// Connects with the settings that the journal's promises rest on.
void configure_writer(database& journal);

bool has_table(database& journal, std::string_view name);
/// False for a file that has no tables yet.
inline bool has_schema(database& journal) {
  return has_table(journal, "meta");
}
/// Inside a transaction of the caller.
void create_schema(database& journal);
/// Makes the table of SKUs that had a snapshot where there is none, for a
/// journal from before there was one. Inside a transaction of the caller.
void know_skus(database& journal);

/// Throws `wrong_data_dir` if the format is newer than this program, or
/// `journal_error::corrupt` if a value is not as it was written, or somebody
/// else's trigger or view is in the way of what is.
journal_meta read_meta(database& journal);
/// Inside a transaction of the caller.
void write_meta(database& journal, const journal_meta& meta);

} // namespace holdfast::storage
