#include "snapshot_table.hpp"

#include "byte_codec.hpp"
#include "checksum.hpp"
#include "corrupt.hpp"
#include "event_codec.hpp"

namespace holdfast::storage {

namespace {

/// Over all columns: a state in the wrong row is as bad as a wrong state.
std::uint64_t sum_of(sku_view names, std::uint64_t seq, std::uint64_t answer,
                     std::string_view body) {
  std::string all;
  {
    byte_writer out(all, 4 * varint_bytes_max + names.store.size()
                             + names.sku.size() + body.size());
    out.varint(seq);
    out.varint(answer);
    out.text(names.store);
    out.text(names.sku);
    out.raw(body.data(), body.size());
  }
  return checksum(all);
}

void bind_names(statement& into, sku_view names) {
  into.bind_text(1, names.store);
  into.bind_text(2, names.sku);
}

} // namespace

std::string_view checked_state(sku_view names, std::uint64_t seq,
                               std::uint64_t answer, std::string_view body) {
  const auto damaged = [&names] {
    corrupt("the snapshot of " + std::string(names.store) + "/"
            + std::string(names.sku) + " is damaged");
  };
  if (body.size() < checksum_bytes)
    damaged();
  const auto state = body.substr(0, body.size() - checksum_bytes);
  byte_reader sum(body.substr(state.size()));
  if (sum.fixed64() != sum_of(names, seq, answer, state))
    damaged();
  return state;
}

snapshot_rows::snapshot_rows(database& in)
    : find_(in, "SELECT seq, last_answer, state FROM snapshots"
                " WHERE store = ?1 AND sku = ?2") {
  // nop
}

std::optional<stored_snapshot> snapshot_rows::find(sku_view names) {
  const rewind_at_end rewind(find_);
  bind_names(find_, names);
  if (!find_.step())
    return std::nullopt;
  stored_snapshot result;
  result.seq = find_.number(0);
  result.answer = find_.number(1);
  result.body = checked_state(names, result.seq, result.answer, find_.bytes(2));
  return result;
}

snapshot_table::snapshot_table(database& in)
    : in_(in), rows_(in),
      update_(in, "UPDATE snapshots SET seq = ?3, last_answer = ?4, state = ?5"
                  " WHERE store = ?1 AND sku = ?2"),
      insert_(in, "INSERT INTO snapshots(store, sku, seq, last_answer, state)"
                  " VALUES(?1, ?2, ?3, ?4, ?5)"),
      find_known_(in, "SELECT 1 FROM skus WHERE store = ?1 AND sku = ?2"),
      know_(in, "INSERT INTO skus(store, sku) VALUES(?1, ?2)") {
  // nop
}

std::optional<stored_snapshot> snapshot_table::find(sku_view names) {
  auto found = rows_.find(names);
  if (!found)
    check_new(names);
  return found;
}

void snapshot_table::check_new(sku_view names) {
  const rewind_at_end rewind(find_known_);
  bind_names(find_known_, names);
  if (find_known_.step())
    corrupt("the snapshot of " + std::string(names.store) + "/"
            + std::string(names.sku) + " is gone");
}

void snapshot_table::put(sku_view names, std::uint64_t seq,
                         std::uint64_t answer, const stock& state) {
  body_.clear();
  encode_stock(state, body_);
  const auto sum = sum_of(names, seq, answer, body_);
  byte_writer(body_, checksum_bytes).fixed64(sum);
  const auto run = [&](statement& with) {
    bind_names(with, names);
    with.bind(3, seq);
    with.bind(4, answer);
    with.bind_blob(5, body_);
    with.run();
  };
  run(update_);
  if (sqlite3_changes(in_.handle()) != 0)
    return;
  check_new(names);
  run(insert_);
  bind_names(know_, names);
  know_.run();
}

} // namespace holdfast::storage
