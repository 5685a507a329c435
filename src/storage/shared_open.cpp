// The way to a journal that others may have open.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <limits>

#include "corrupt.hpp"
#include "opened_journal.hpp"
#include "redo_log.hpp"
#include "shared_journal_impl.hpp"

namespace holdfast::storage {

namespace {

using namespace std::chrono;

/// For the lock of the writers, at the start: a process that is stopped keeps
/// it, and then there is no use in starting another.
constexpr seconds start_patience{10};
/// For each transaction, unless somebody says otherwise.
constexpr microseconds patience{15'000};

/// The leases as threads beside that of the journal see them.
class file_board final : public lease_board {
public:
  file_board(std::shared_ptr<const lease_files> files, lease_policy policy)
      : files_(std::move(files)), policy_(std::move(policy)) {
    // nop
  }

  std::int64_t wait_ms(const std::string& store, const std::string& sku,
                       std::int64_t now_ms) const override {
    return policy_.wait_ms(files_->read({store, sku}), now_ms);
  }

  void want(const std::string& store, const std::string& sku,
            std::int64_t now_ms) override {
    const sku_view of{store, sku};
    if (const auto wish = policy_.wish(files_->wish(of), now_ms))
      files_->put_wish(of, *wish);
  }

private:
  std::shared_ptr<const lease_files> files_;
  const lease_policy policy_;
};

/// SQLite's log needs memory that processes share and one that moves it into
/// the database; without it the lock of the file is all there is.
void leave_log(database& content) {
  statement mode(content, "PRAGMA journal_mode=PERSIST");
  if (!mode.step() || mode.bytes(0) != "persist")
    throw journal_error(journal_error::kind::busy,
                        "somebody reads the journal: it cannot be made ready "
                        "to be shared");
}

void configure_sharer(database& content) {
  // Every wait is counted, see `shared_journal`.
  sqlite3_busy_timeout(content.handle(), 0);
  // A commit is synced to its last step, which ends the rollback journal.
  content.exec("PRAGMA synchronous=EXTRA");
  content.exec("PRAGMA journal_size_limit=16777216");
  content.exec("PRAGMA cache_size=-65536");
  content.exec("PRAGMA secure_delete=OFF");
  content.exec("PRAGMA temp_store=MEMORY");
}

/// Who came alone has put what was in the redo log into the tables. Who did not
/// may have taken somebody who only looks for one that shares.
void check_recovered(const journal_options& options, std::uint64_t last) {
  redo_content redo;
  read_redo_log(options.data_dir, redo, *options.on);
  const auto newest =
      redo.records.empty() ? 0 : redo.records.back().batch.end.batch;
  if (std::max(newest, redo.beyond) > last)
    throw journal_error(journal_error::kind::busy,
                        "the journal is to be recovered first, by a process "
                        "that has the directory for itself, but somebody "
                        "looks at it: start again");
}

void check_end(database& content, const journal_options& options) {
  constexpr auto any = std::numeric_limits<std::int64_t>::max();
  row_reader rows(content);
  const auto last = rows.batch_at_most(any);
  check_recovered(options, last ? last->end.batch : 0);
  const auto mark = high_water_mark::read(options.data_dir, *options.on);
  if (!mark)
    corrupt("the high-water mark is missing: how far the journal "
            "was acknowledged is unknown");
  check_mark(rows, last ? last->end : journal_end{}, *mark);
}

/// One more start. Of two that are open, none can have the same number.
journal_meta note_start(const journal_options& options,
                        const sharing_options& sharing, database& content) {
  content.exec("BEGIN IMMEDIATE");
  auto meta = read_meta(content);
  check_node(meta, options);
  agree_on(content, sharing.terms, sharing.is_alone);
  lease_table::create(content);
  know_skus(content);
  check_end(content, options);
  ++meta.epoch;
  meta.key_ttl_ms = std::min(meta.key_ttl_ms, options.key_ttl_ms);
  write_meta(content, meta);
  content.exec("COMMIT");
  return meta;
}

opened_shared open_tables(const journal_options& options,
                          const sharing_options& sharing) {
  opened_shared opened;
  opened.content = std::make_unique<database>(
      journal_path(options.data_dir), database::access::create, *options.on);
  leave_log(*opened.content);
  opened.meta = note_start(options, sharing, *opened.content);
  configure_sharer(*opened.content);
  opened.with.self = opened.meta.epoch;
  opened.with.owner = sharing.owner;
  opened.with.ttl_ms = sharing.lease_ttl_ms;
  opened.files =
      std::make_shared<lease_files>(options.data_dir, opened.meta.epoch);
  if (sharing.is_alone)
    opened.files->clear();
  return opened;
}

} // namespace

shared_parts open_shared_journal(const journal_options& options,
                                 const sharing_options& sharing) {
  // Recovers and checks the journal, and leaves everything in its tables; a
  // disk that has no room for that is an error here.
  if (sharing.is_alone)
    open_sqlite_journal(options)->seal();
  lease_files(options.data_dir, 0);
  // Until the journal is there: what is looked up on the way would find the
  // tables locked, again and again, where others write all the time.
  process_lock writers(lease_files::directory(options.data_dir) + "/writer");
  if (!writers.lock(start_patience))
    throw journal_error(journal_error::kind::busy,
                        "another process keeps the journal busy: it may have "
                        "been stopped");
  auto opened = open_tables(options, sharing);
  shared_parts made;
  made.leases =
      std::make_shared<file_board>(opened.files, lease_policy{opened.with});
  auto log = std::make_unique<shared_journal>(options, std::move(opened));
  writers.unlock();
  log->be_patient(duration_cast<microseconds>(start_patience).count());
  log->follow_others();
  log->be_patient(patience.count());
  made.log = std::move(log);
  return made;
}

} // namespace holdfast::storage
