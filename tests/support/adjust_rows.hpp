// The events that journals are filled with: what the load of the HTTP
// benchmarks leaves behind.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/clock.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::test {

/// Name of the `i`th SKU of a store.
std::string sku_name(std::uint64_t i);

/// A never-ending sequence of adjusts by 1, each with a key of its own,
/// spread evenly over the SKUs.
class adjust_rows {
public:
  explicit adjust_rows(std::size_t skus, std::string store = "store-1")
      : store_(std::move(store)), stocks_(skus) {
    // nop
  }

  event next(std::int64_t at_ms);
  /// State of the SKU that `change`, the newest event, belongs to.
  const stock& state() const noexcept {
    return stocks_[last_];
  }

private:
  std::string store_;
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

/// Whose journal is filled, and with events of which store.
struct filled_node {
  std::string name = "n1";
  std::string store = "store-1";
};

/// Starts a journal in `data_dir` and fills it; the events are recent. Shut
/// without a last checkpoint, as a crash leaves it.
void fill_journal(const std::string& data_dir, std::size_t skus,
                  std::uint64_t events, const filled_node& of = {});

/// The journal of `data_dir`, as a node of that name opens it.
journal_ptr open_journal(const std::string& data_dir,
                         const std::string& node_name = "n1");

/// Leaves nothing that a start would have to read.
void checkpoint_all(journal& log);

} // namespace holdfast::test
