// When holds end, as far as a process heard of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "batch_buffer.hpp"
#include "holdfast/event.hpp"
#include "sku_key.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// For each SKU with holds a time before which none of them ends. It may be too
/// early, because a hold was given back: whoever looks once it has come finds
/// out.
class hold_ends {
public:
  /// What is durable.
  void hear(const event& change);
  /// The same of a row of the log. One that is damaged says nothing: whoever
  /// needs its SKU will tell.
  void hear(const row_view& row);
  /// A hold of the SKU ends then.
  void hear(sku_view of, std::int64_t ends_ms);
  /// The first hold of the SKU ends then; nothing: it has none.
  void know(sku_view of, std::optional<std::int64_t> ends_ms);

  /// True for a SKU whose time has come.
  bool has_ended(std::int64_t now_ms) const noexcept;

  using loader = std::function<stock(const sku_key&)>;

  /// SKUs with a hold that has ended, as `load` has their stock, among the
  /// `limit` whose time came first. Of the others it is known then.
  std::vector<sku_key> due(std::int64_t now_ms, std::size_t limit,
                           const loader& load);

private:
  std::unordered_map<sku_key, std::int64_t, sku_hash, sku_equal> ends_;
  std::set<std::pair<std::int64_t, const sku_key*>> order_;
  std::string scratch_;
};

/// Goes through the snapshots of a journal once, for the holds that were there
/// before anybody listened.
class held_snapshots {
public:
  explicit held_snapshots(database& in);

  /// Tells `into` of the next few. False once there are no more.
  bool read_on(hold_ends& into);

private:
  statement after_;
  std::string store_;
  std::string sku_;
  bool is_over_ = false;
};

/// What a journal needs to find holds that ended.
struct hold_watch {
  explicit hold_watch(database& in) : older(in) {
    // nop
  }

  hold_ends ends;
  held_snapshots older;
  /// There is nothing to be found before.
  std::int64_t look_at_ms = 0;
};

} // namespace holdfast::storage
