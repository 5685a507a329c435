// Where the chains of SKUs end, for those SKUs whose snapshot is out of date.
#pragma once

#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

#include "sku_key.hpp"

namespace holdfast::storage {

/// Stands for a head that only the snapshot of the SKU knows.
inline constexpr auto head_unknown = std::numeric_limits<std::uint64_t>::max();

/// A place in both logs: the first event and the first answer after it.
struct log_position {
  std::uint64_t seq = 1;
  std::uint64_t answer = 1;

  bool operator==(const log_position&) const = default;
};

/// A SKU that has rows its snapshot does not cover.
struct sku_head {
  /// Last event and last answer, 0 for none, or `head_unknown`.
  std::uint64_t seq = head_unknown;
  std::uint64_t answer = head_unknown;
  /// No row that the snapshot lacks lies before this.
  log_position dirty_since;
  const sku_key* names = nullptr;

private:
  friend class sku_heads;

  sku_head* older = nullptr;
  sku_head* newer = nullptr;
  /// Transactions that changed the head and that took a snapshot.
  std::uint64_t changed_in = 0;
  std::uint64_t kept_in = 0;
  std::uint64_t kept_seq = 0;
  std::uint64_t kept_answer = 0;
};

/// The dirty SKUs by name and by age. Changes belong to a transaction and end
/// with it. Not thread-safe.
class sku_heads {
public:
  /// `next` is where the rows of the transaction will start.
  void begin(const log_position& next);
  void commit();
  void rollback() noexcept;

  /// Nothing for a SKU whose snapshot, if any, says it all.
  sku_head* find(sku_view names);
  /// The head of a SKU that is about to get a row.
  sku_head& change(sku_view names);
  /// A snapshot with everything up to the head as it is now has been written.
  void kept(sku_head& head);
  /// The same while the log is read at the start: dirty since `since`.
  sku_head& restore(sku_view names, const log_position& since);

  /// Up to `count` SKUs, those first that have been dirty for longest.
  std::vector<sku_head*> stalest(std::size_t count) const;
  std::size_t size() const noexcept {
    return heads_.size();
  }

private:
  struct saved {
    sku_head* head;
    std::uint64_t seq;
    std::uint64_t answer;
    bool fresh;
  };
  using table = std::unordered_map<sku_key, sku_head, sku_hash, sku_equal>;

  sku_head& insert(sku_view names, const log_position& since);
  void link(sku_head& head) noexcept;
  void unlink(sku_head& head) noexcept;
  void erase(sku_head& head);

  table heads_;
  sku_head* oldest_ = nullptr;
  sku_head* newest_ = nullptr;
  std::uint64_t transaction_ = 0;
  log_position start_;
  std::vector<saved> changed_;
  std::vector<sku_head*> kept_;
};

} // namespace holdfast::storage
