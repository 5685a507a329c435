// The events that journals are filled with: what the load of the HTTP
// benchmarks leaves behind.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/clock.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::cli {

/// Name of the `i`th SKU of `store-1`.
std::string sku_name(std::uint64_t i);

/// A never-ending sequence of adjusts by 1, each with a key of its own,
/// spread evenly over the SKUs.
class adjust_rows {
public:
  explicit adjust_rows(std::size_t skus) : stocks_(skus) {
    // nop
  }

  event next(std::int64_t at_ms);
  /// State of the SKU that `change`, the newest event, belongs to.
  const stock& state() const noexcept {
    return stocks_[last_];
  }

private:
  std::vector<stock> stocks_;
  std::size_t last_ = 0;
  std::uint64_t made_ = 0;
};

/// How rows are written.
struct writing {
  std::uint64_t rows = 0;
  std::size_t batch = 1'024;
  /// Events of a SKU between snapshots; 0 for none.
  std::uint64_t snapshot_every = 100;
  /// Times go from this to `to_ms`.
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// Writes to `into` in transactions, as the journal writer of a node does, with
/// few checkpoints.
void write_rows(journal& into, adjust_rows& rows, const writing& how);

/// Starts a journal in `data_dir` and fills it; the events are recent. Shut
/// without a last checkpoint, as a crash leaves it.
void fill_journal(const std::string& data_dir, std::size_t skus,
                  std::uint64_t events);

/// The journal of `data_dir`, as a node named `n1` opens it.
journal_ptr open_journal(const std::string& data_dir);

} // namespace holdfast::cli
