// What `verify` knows while it replays a journal.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "event_codec.hpp"
#include "schema.hpp"
#include "snapshot_table.hpp"
#include "verify.hpp"

namespace holdfast::storage {

/// Follows every SKU through its rows. The functions throw
/// `journal_error::corrupt` at the first row that cannot be.
class audit {
public:
  audit(database& in, const journal_meta& meta, verify_report& report);

  void see(const event& change);
  void see(const stored_answer& row);
  /// After the last row.
  void finish();

private:
  /// A SKU as its rows so far make it.
  struct followed {
    stock state;
    std::uint64_t seq = 0;
    std::uint64_t answer = 0;
    /// What its snapshot says it covers.
    bool has_snapshot = false;
    bool compared = false;
    std::uint64_t kept_seq = 0;
    std::uint64_t kept_answer = 0;
    bool kept_answer_seen = false;
    /// Events since the holds were last summed up.
    std::uint64_t unchecked = 0;
  };
  using table = std::unordered_map<sku_key, followed, sku_hash, sku_equal>;

  followed& follow(const origin& from);
  void compare(const origin& from, followed& of);
  void check_closed(const event& change);
  void check_key(const origin& from, const reservation_ref& ref,
                 answer_slot slot, std::int64_t at_ms);
  void finish_sku(const sku_key& names, const followed& of);

  journal_meta meta_;
  verify_report& report_;
  snapshot_rows snapshots_;
  statement closed_;
  statement closed_count_;
  table skus_;
  key_memory keys_;
};

} // namespace holdfast::storage
