#include "schema.hpp"

#include <filesystem>
#include <map>

#include "checksum.hpp"
#include "corrupt.hpp"
#include "wrong_data_dir.hpp"

namespace holdfast::storage {

namespace {

/// Since 2 there is a redo log, since 3 each record of it begins with a block,
/// and since 4 `meta` has a sum. What is as it was before can be read too.
constexpr std::uint64_t journal_format = 4;
constexpr std::uint64_t sum_format = 4;

constexpr const char* journal_tables = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE events(seq INTEGER PRIMARY KEY, store TEXT, sku TEXT, body BLOB);
CREATE TABLE answers(
  number INTEGER PRIMARY KEY, store TEXT, sku TEXT, body BLOB);
CREATE TABLE batches(
  id INTEGER PRIMARY KEY, first_seq INTEGER, last_seq INTEGER,
  first_answer INTEGER, last_answer INTEGER, hash BLOB);
CREATE TABLE closed(grant_seq INTEGER PRIMARY KEY, close_seq INTEGER);
CREATE TABLE snapshots(
  store TEXT, sku TEXT, seq INTEGER, last_answer INTEGER, state BLOB,
  PRIMARY KEY(store, sku)) WITHOUT ROWID;
)";

/// All rows at once: beside a writer each statement sees a state of its own.
class meta_rows {
public:
  explicit meta_rows(database& in) {
    statement all(in, "SELECT key, value FROM meta");
    while (all.step()) {
      const auto number = all.number(1);
      rows_.emplace(all.bytes(0), row{number, std::string(all.bytes(1))});
    }
  }

  std::uint64_t number(const std::string& key) const {
    return find(key).number;
  }
  const std::string& text(const std::string& key) const {
    return find(key).text;
  }

private:
  struct row {
    std::uint64_t number;
    std::string text;
  };

  const row& find(const std::string& key) const {
    const auto found = rows_.find(key);
    if (found == rows_.end())
      corrupt("the journal says nothing about its " + key);
    return found->second;
  }

  std::map<std::string, row> rows_;
};

class meta_writer {
public:
  explicit meta_writer(database& in)
      : replace_(in, "REPLACE INTO meta(key, value) VALUES(?1, ?2)") {
    // nop
  }

  void set(std::string_view key, std::uint64_t value) {
    replace_.bind_text(1, key);
    replace_.bind(2, value);
    replace_.run();
  }

  void set(std::string_view key, std::string_view value) {
    replace_.bind_text(1, key);
    replace_.bind_text(2, value);
    replace_.run();
  }

private:
  statement replace_;
};

/// Of all else that `meta` says: a tail beyond the one that was written would
/// hide events from every start.
std::uint64_t sum_of(const journal_meta& meta) {
  std::string text = meta.node_name;
  for (const auto number :
       {meta.epoch, static_cast<std::uint64_t>(meta.key_ttl_ms), meta.tail.seq,
        meta.tail.answer})
    text.append(" ").append(std::to_string(number));
  return checksum(text);
}

/// A trigger could undo what was acknowledged, a view hide it. There are none
/// of ours.
void check_foreign(database& journal) {
  statement find(journal, "SELECT type, name FROM sqlite_schema"
                          " WHERE type IN ('trigger', 'view')");
  if (find.step())
    corrupt("the " + std::string(find.bytes(0)) + " "
            + std::string(find.bytes(1))
            + " in the journal is none of its own");
}

} // namespace

std::string journal_path(const std::string& data_dir) {
  return (std::filesystem::path(data_dir) / "journal.db").string();
}

void configure_writer(database& journal) {
  // Only of a journal that is made by this.
  journal.exec(("PRAGMA page_size=" + std::to_string(page_bytes)).c_str());
  journal.exec("PRAGMA journal_mode=WAL");
  journal.exec("PRAGMA synchronous=FULL");
  // Checkpoints are ours: SQLite's own would hide a failed sync.
  journal.exec("PRAGMA wal_autocheckpoint=0");
  journal.exec("PRAGMA journal_size_limit=67108864");
  journal.exec("PRAGMA cache_size=-65536");
  journal.exec("PRAGMA secure_delete=OFF");
  journal.exec("PRAGMA temp_store=MEMORY");
  // A transaction touches the disk when it is committed, and not before.
  journal.exec("PRAGMA cache_spill=OFF");
}

bool has_table(database& journal, std::string_view name) {
  statement find(journal, "SELECT 1 FROM sqlite_schema"
                          " WHERE type = 'table' AND name = ?1");
  find.bind_text(1, name);
  return find.step();
}

void create_schema(database& journal) {
  journal.exec(journal_tables);
  know_skus(journal);
}

void know_skus(database& journal) {
  if (!has_table(journal, "skus"))
    journal.exec(
        "CREATE TABLE skus("
        " store TEXT, sku TEXT, PRIMARY KEY(store, sku)) WITHOUT ROWID;"
        "INSERT INTO skus SELECT store, sku FROM snapshots");
}

journal_meta read_meta(database& journal) {
  const meta_rows rows(journal);
  const auto found = rows.number("format");
  const auto text = "the journal has format " + std::to_string(found)
                    + ", this program reads format "
                    + std::to_string(journal_format);
  if (found > journal_format)
    throw wrong_data_dir(text + ": it was written by a newer version");
  if (found == 0)
    throw journal_error(journal_error::kind::corrupt, text);
  check_foreign(journal);
  journal_meta meta;
  meta.node_name = rows.text("node_name");
  meta.epoch = rows.number("epoch");
  meta.key_ttl_ms = static_cast<std::int64_t>(rows.number("key_ttl_ms"));
  meta.tail.seq = rows.number("tail_from");
  meta.tail.answer = rows.number("tail_from_answer");
  if (found >= sum_format && rows.number("sum") != sum_of(meta))
    corrupt("what the journal says about itself is not what was written");
  return meta;
}

void write_meta(database& journal, const journal_meta& meta) {
  meta_writer rows(journal);
  rows.set("format", journal_format);
  rows.set("node_name", meta.node_name);
  rows.set("epoch", meta.epoch);
  rows.set("key_ttl_ms", static_cast<std::uint64_t>(meta.key_ttl_ms));
  rows.set("tail_from", meta.tail.seq);
  rows.set("tail_from_answer", meta.tail.answer);
  rows.set("sum", sum_of(meta));
}

} // namespace holdfast::storage
