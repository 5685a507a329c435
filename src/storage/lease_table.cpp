#include "lease_table.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "holdfast/journal.hpp"
#include "read_connection.hpp"

namespace holdfast::storage {

namespace {

constexpr const char* tables = R"(
CREATE TABLE IF NOT EXISTS leases(
  store TEXT, sku TEXT, token INTEGER, PRIMARY KEY(store, sku)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tenures(
  token INTEGER PRIMARY KEY, store TEXT, sku TEXT, owner TEXT,
  after_seq INTEGER);
CREATE TABLE IF NOT EXISTS authors(seq INTEGER PRIMARY KEY, token INTEGER);
)";

bool has_tables(database& in) {
  statement find(in, "SELECT 1 FROM sqlite_schema WHERE name = 'authors'");
  return find.step();
}

[[noreturn]] void fault(std::uint64_t seq, const std::string& what) {
  throw journal_error(journal_error::kind::corrupt,
                      "event " + std::to_string(seq) + what);
}

} // namespace

void lease_table::create(database& in) {
  in.exec(tables);
}

lease_table::lease_table(database& in)
    : in_(in),
      find_(in, "SELECT token FROM leases WHERE store = ?1 AND sku = ?2"),
      put_(in, "REPLACE INTO leases(store, sku, token) VALUES(?1, ?2, ?3)"),
      add_tenure_(in, "INSERT INTO tenures(store, sku, owner, after_seq)"
                      " VALUES(?1, ?2, ?3, ?4)"),
      add_author_(in, "INSERT INTO authors(seq, token) VALUES(?1, ?2)") {
  // nop
}

std::uint64_t lease_table::token_of(sku_view names) {
  const rewind_at_end rewind(find_);
  find_.bind_text(1, names.store);
  find_.bind_text(2, names.sku);
  return find_.step() ? find_.number(0) : 0;
}

std::uint64_t lease_table::grant(sku_view names, const std::string& owner,
                                 std::uint64_t after_seq) {
  add_tenure_.bind_text(1, names.store);
  add_tenure_.bind_text(2, names.sku);
  add_tenure_.bind_text(3, owner);
  add_tenure_.bind(4, after_seq);
  add_tenure_.run();
  const auto token =
      static_cast<std::uint64_t>(sqlite3_last_insert_rowid(in_.handle()));
  put_.bind_text(1, names.store);
  put_.bind_text(2, names.sku);
  put_.bind(3, token);
  put_.run();
  return token;
}

void lease_table::note_author(std::uint64_t seq, std::uint64_t token) {
  add_author_.bind(1, seq);
  add_author_.bind(2, token);
  add_author_.run();
}

lease_history read_lease_history(database& in) {
  lease_history found;
  if (!has_tables(in))
    return found;
  statement tenures(in, "SELECT token, store, sku, owner, after_seq"
                        " FROM tenures ORDER BY token");
  while (tenures.step())
    found.tenures.push_back({tenures.number(0), std::string(tenures.bytes(1)),
                             std::string(tenures.bytes(2)),
                             std::string(tenures.bytes(3)), tenures.number(4)});
  statement authors(in, "SELECT seq, token FROM authors ORDER BY seq");
  while (authors.step())
    found.authors.push_back({authors.number(0), authors.number(1)});
  return found;
}

lease_history read_lease_history(const std::string& data_dir) {
  return read_lease_history(*open_read_only(data_dir));
}

void check_authors(database& in) {
  const auto known = read_lease_history(in);
  std::map<std::uint64_t, const tenure*> by_token;
  std::map<std::pair<std::string, std::string>, std::vector<const tenure*>>
      by_sku;
  for (const auto& each : known.tenures) {
    by_token.emplace(each.token, &each);
    by_sku[{each.store, each.sku}].push_back(&each);
  }
  statement event(in, "SELECT store, sku FROM events WHERE seq = ?1");
  for (const auto& [seq, token] : known.authors) {
    const rewind_at_end rewind(event);
    event.bind(1, seq);
    if (!event.step())
      fault(seq, " has an author and is missing");
    const auto by = by_token.find(token);
    if (by == by_token.end() || by->second->store != event.bytes(0)
        || by->second->sku != event.bytes(1))
      fault(seq, " was written under the token of another SKU");
    const auto& all = by_sku[{by->second->store, by->second->sku}];
    const auto next = std::upper_bound(
        all.begin(), all.end(), token,
        [](auto value, const auto* each) { return value < each->token; });
    if (next != all.end() && (*next)->after_seq < seq)
      fault(seq, " was written by " + by->second->owner
                     + ", which had lost its lease to " + (*next)->owner);
  }
}

} // namespace holdfast::storage
