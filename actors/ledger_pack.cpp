#include "actors/ledger_pack.hpp"

#include <exception>
#include <string_view>
#include <utility>

#include "holdfast/limits.hpp"
#include "src/storage/byte_codec.hpp"

namespace holdfast {

namespace {

using storage::byte_reader;
using storage::byte_writer;
using storage::varint_bytes_max;

/// Numbers of a row: seq, two deltas, six of balances, lengths of two names,
/// and whether there is a first one.
constexpr std::size_t numbers_max = 12 * varint_bytes_max;

/// Rows are sorted by store, mostly: its name is told when it changes.
class name_writer {
public:
  explicit name_writer(byte_writer& out) : out_(out) {
    // nop
  }

  void put(std::string_view store, std::string_view sku) {
    const auto is_new = store != store_;
    out_.byte(is_new);
    if (is_new)
      out_.text(store);
    store_ = store;
    out_.text(sku);
  }

private:
  byte_writer& out_;
  std::string_view store_;
};

/// A row that repeats the store is a few bytes: what it asks for must have a
/// bound of its own.
std::string_view name(byte_reader& in, std::size_t bytes_max) {
  const auto is = in.text();
  if (is.size() > bytes_max)
    byte_reader::damaged("a name is too long");
  return is;
}

class name_reader {
public:
  explicit name_reader(byte_reader& in) : in_(in) {
    // nop
  }

  void get(std::string& store, std::string& sku) {
    if (in_.byte() != 0)
      store_ = name(in_, limits::store_id_bytes_max);
    store = store_;
    sku = name(in_, limits::sku_bytes_max);
  }

private:
  byte_reader& in_;
  std::string_view store_;
};

void put(byte_writer& out, const balances& is) {
  for (const auto each : {is.on_hand, is.reserved, is.safety_stock,
                          is.backorder_limit, is.updated_at_ms})
    out.zigzag(each);
  out.varint(is.version);
}

void get(byte_reader& in, balances& is) {
  for (auto* each : {&is.on_hand, &is.reserved, &is.safety_stock,
                     &is.backorder_limit, &is.updated_at_ms})
    *each = in.zigzag();
  is.version = in.varint();
}

void put(byte_writer& out, const ledger_position& at) {
  out.byte(static_cast<std::uint8_t>(at.is));
  out.text(at.store);
  out.text(at.sku);
  out.varint(at.seq);
  out.varint(at.seen.seq);
  out.fixed64(at.seen.hash);
}

void get(byte_reader& in, ledger_position& at) {
  at.is = ledger_position::phase{in.byte()};
  at.store = name(in, limits::store_id_bytes_max);
  at.sku = name(in, limits::sku_bytes_max);
  at.seq = in.varint();
  at.seen.seq = in.varint();
  at.seen.hash = in.fixed64();
}

std::size_t bytes_max(const ledger_page& page) {
  std::size_t sum =
      2 * numbers_max + page.next.store.size() + page.next.sku.size();
  for (const auto& row : page.records)
    sum += numbers_max + row.store.size() + row.sku.size();
  for (const auto& row : page.changes)
    sum += numbers_max + row.store.size() + row.sku.size();
  return sum;
}

template <class Row, class Get>
void get_rows(byte_reader& in, std::vector<Row>& rows, Get get_row) {
  const auto count = in.varint();
  if (count > limits::collect_max)
    byte_reader::damaged("too many rows");
  rows.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    get_row(rows.emplace_back());
}

ledger_page page_of(std::string_view bytes) {
  ledger_page page;
  byte_reader in{bytes};
  name_reader names{in};
  get_rows(in, page.records, [&](ledger_record& row) {
    names.get(row.store, row.sku);
    get(in, row.is);
  });
  get_rows(in, page.changes, [&](ledger_change& row) {
    row.seq = in.varint();
    names.get(row.store, row.sku);
    row.delta = in.zigzag();
    row.reserved_delta = in.zigzag();
    get(in, row.after);
  });
  get(in, page.next);
  page.last_seq = in.varint();
  page.is_other = in.byte() != 0;
  in.finish();
  return page;
}

} // namespace

void pack(collected& said) {
  const auto page = std::exchange(said.page, {});
  byte_writer out{said.packed, bytes_max(page)};
  name_writer names{out};
  out.varint(page.records.size());
  for (const auto& row : page.records) {
    names.put(row.store, row.sku);
    put(out, row.is);
  }
  out.varint(page.changes.size());
  for (const auto& row : page.changes) {
    out.varint(row.seq);
    names.put(row.store, row.sku);
    out.zigzag(row.delta);
    out.zigzag(row.reserved_delta);
    put(out, row.after);
  }
  put(out, page.next);
  out.varint(page.last_seq);
  out.byte(page.is_other);
}

void unpack(collected& said) {
  if (said.packed.empty())
    return;
  try {
    said.page = page_of(said.packed);
  } catch (const std::exception& error) {
    said.failure = error.what();
  }
  said.packed.clear();
}

} // namespace holdfast
