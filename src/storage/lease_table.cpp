#include "lease_table.hpp"

#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "corrupt.hpp"
#include "holdfast/journal.hpp"
#include "read_connection.hpp"
#include "schema.hpp"

namespace holdfast::storage {

namespace {

constexpr const char* lease_tables = R"(
CREATE TABLE IF NOT EXISTS leases(
  store TEXT, sku TEXT, token INTEGER, PRIMARY KEY(store, sku)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tenures(
  token INTEGER PRIMARY KEY, store TEXT, sku TEXT, owner TEXT,
  after_seq INTEGER);
CREATE TABLE IF NOT EXISTS authors(seq INTEGER PRIMARY KEY, token INTEGER);
)";

constexpr const char* all_authors =
    "SELECT seq, token FROM authors ORDER BY seq";

std::vector<tenure> read_tenures(database& in) {
  std::vector<tenure> found;
  statement each(in, "SELECT token, store, sku, owner, after_seq"
                     " FROM tenures ORDER BY token");
  while (each.step())
    found.push_back({each.number(0), std::string(each.bytes(1)),
                     std::string(each.bytes(2)), std::string(each.bytes(3)),
                     each.number(4)});
  return found;
}

/// A tenure and the one of the same SKU that ended it, if any.
struct reign {
  const tenure* is = nullptr;
  const tenure* next = nullptr;
};

/// By token.
std::unordered_map<std::uint64_t, reign>
reigns_of(const std::vector<tenure>& tenures) {
  std::unordered_map<std::uint64_t, reign> found;
  std::map<std::pair<std::string_view, std::string_view>, const tenure*> last;
  for (const auto& each : tenures) {
    auto& before = last[{each.store, each.sku}];
    if (before != nullptr)
      found[before->token].next = &each;
    found[each.token].is = &each;
    before = &each;
  }
  return found;
}

[[noreturn]] void fault(std::uint64_t seq, const std::string& what) {
  corrupt("event " + std::to_string(seq) + what);
}

/// A SKU whose newest token is not known as such may have two writers.
void check_newest(database& in, const std::vector<tenure>& tenures) {
  std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> newest;
  for (const auto& each : tenures)
    newest[{each.store, each.sku}] = each.token;
  statement known(in, "SELECT store, sku, token FROM leases");
  while (known.step()) {
    const auto is = newest.extract({known.bytes(0), known.bytes(1)});
    const auto token = is.empty() ? 0 : is.mapped();
    if (token != known.number(2))
      corrupt("token " + std::to_string(known.number(2)) + " of "
              + std::string(known.bytes(0)) + "/" + std::string(known.bytes(1))
              + " is not the newest, which is " + std::to_string(token));
  }
  if (!newest.empty()) {
    const auto& [of, token] = *newest.begin();
    corrupt("token " + std::to_string(token) + " of " + std::string(of.first)
            + "/" + std::string(of.second) + " is missing");
  }
}

} // namespace

void lease_table::create(database& in) {
  in.exec(lease_tables);
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
  if (!has_table(in, "authors"))
    return found;
  found.tenures = read_tenures(in);
  statement authors(in, all_authors);
  while (authors.step())
    found.authors.push_back({authors.number(0), authors.number(1)});
  return found;
}

lease_history read_lease_history(const std::string& data_dir) {
  return read_lease_history(*open_read_only(data_dir));
}

void check_leases(database& in) {
  if (!has_table(in, "authors"))
    return;
  const auto tenures = read_tenures(in);
  check_newest(in, tenures);
  const auto reigns = reigns_of(tenures);
  statement event(in, "SELECT store, sku FROM events WHERE seq = ?1");
  statement authors(in, all_authors);
  while (authors.step()) {
    const auto seq = authors.number(0);
    const rewind_at_end rewind(event);
    event.bind(1, seq);
    if (!event.step())
      fault(seq, " has an author and is missing");
    const auto by = reigns.find(authors.number(1));
    if (by == reigns.end() || by->second.is->store != event.bytes(0)
        || by->second.is->sku != event.bytes(1))
      fault(seq, " was written under the token of another SKU");
    const auto& [is, next] = by->second;
    if (next != nullptr && next->after_seq < seq)
      fault(seq, " was written by " + is->owner
                     + ", which had lost its lease to " + next->owner);
  }
}

} // namespace holdfast::storage
