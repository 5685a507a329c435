// What SQLite takes by itself: rows as long as ours, one table, no index but
// the row number, nothing hashed, nothing looked up. The base of a comparison
// is the least that makes rows durable: a commit with a sync, and the log moved
// into the file every 16 MiB, by the one connection there is; its pages are of
// the size that SQLite gives them. All else, care for the next start
// included, is what journal and actors cost.
#include "src/cli/load/sqlite_alone.hpp"

#include <chrono>
#include <string>

#include "src/storage/sqlite.hpp"

namespace holdfast::cli {

namespace {

constexpr std::uint64_t batch = 1'024;
constexpr std::size_t body_bytes = 120;

constexpr const char* set_up = R"(
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
PRAGMA wal_autocheckpoint=4000;
CREATE TABLE events(seq INTEGER PRIMARY KEY, store TEXT, sku TEXT, body BLOB);
)";

} // namespace

double sqlite_rows_per_second(const std::string& directory,
                              std::uint64_t rows) {
  using storage::database;
  database into{directory + "/alone.db", database::access::create};
  into.exec(set_up);
  storage::statement begin{into, "BEGIN"};
  storage::statement commit{into, "COMMIT"};
  storage::statement insert{into, "INSERT INTO events(seq, store, sku, body)"
                                  " VALUES(?1, ?2, ?3, ?4)"};
  const std::string body(body_bytes, 'x');
  const auto start = std::chrono::steady_clock::now();
  for (std::uint64_t done = 0; done < rows;) {
    begin.run();
    for (std::uint64_t i = 0; i < batch; ++i) {
      ++done;
      const auto sku = "sku-" + std::to_string(done * 7'919 % 1'000);
      insert.bind(1, done);
      insert.bind_text(2, "store-1");
      insert.bind_text(3, sku);
      insert.bind_blob(4, body);
      insert.run();
    }
    commit.run();
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  return static_cast<double>(rows / batch * batch) / took.count();
}

} // namespace holdfast::cli
