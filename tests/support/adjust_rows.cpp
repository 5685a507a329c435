#include "tests/support/adjust_rows.hpp"

#include <algorithm>

#include "src/storage/sqlite_journal.hpp"

namespace holdfast::test {

namespace {

/// Transactions, and SKUs. The journal writer takes more care, after 256
/// transactions or 2,048 operations and of half as many SKUs: what is measured
/// here are rows and their commits, and a journal that was filled leaves the
/// next start no less to do than a node would.
constexpr std::uint64_t checkpoint_every = 32;
constexpr std::size_t checkpoint_budget = 8;
/// Of a checkpoint that nobody waits for.
constexpr std::size_t last_budget = 4'096;
/// Coprime to every number of SKUs in use.
constexpr std::uint64_t stride = 7'919;
/// Rate at which the events of a filled journal came in, per second.
constexpr std::int64_t filled_rate = 20'000;

} // namespace

std::string sku_name(std::uint64_t i) {
  return "sku-" + std::to_string(i);
}

event adjust_rows::next(std::int64_t at_ms) {
  last_ = made_ * stride % stocks_.size();
  auto& now = stocks_[last_].now;
  ++now.on_hand;
  ++now.version;
  now.updated_at_ms = at_ms;
  event change;
  change.type = event_type::stock_adjusted;
  change.delta = 1;
  change.after = now;
  change.from.what = action::adjust;
  change.from.store = store_;
  change.from.sku = sku_name(last_);
  change.from.key = "filled-" + std::to_string(++made_);
  // Like a digest, it does not compress.
  for (std::size_t i = 0; i < change.from.fingerprint.size(); ++i)
    change.from.fingerprint[i] =
        static_cast<std::uint8_t>(made_ * stride >> i % 8 * 4);
  return change;
}

void write_rows(journal& into, adjust_rows& rows, const writing& how) {
  const auto span = how.to_ms - how.from_ms;
  std::uint64_t batches = 0;
  for (std::uint64_t done = 0; done < how.rows;) {
    const auto end = std::min(how.rows, done + how.batch);
    into.begin();
    for (; done < end; ++done) {
      const auto passed = span * static_cast<std::int64_t>(done)
                          / static_cast<std::int64_t>(how.rows);
      auto change = rows.next(how.from_ms + passed);
      into.append(change);
      if (how.snapshot_every != 0
          && change.after.version % how.snapshot_every == 0)
        into.snapshot(change.from.store, change.from.sku, rows.state());
    }
    into.commit();
    if (++batches % checkpoint_every == 0)
      into.checkpoint(checkpoint_budget, false);
  }
}

journal_ptr open_journal(const std::string& data_dir,
                         const std::string& node_name) {
  storage::journal_options options;
  options.data_dir = data_dir;
  options.node_name = node_name;
  return storage::open_sqlite_journal(options);
}

void checkpoint_all(journal& log) {
  while (log.checkpoint(last_budget, true) != 0) {
  }
}

void fill_journal(const std::string& data_dir, std::size_t skus,
                  std::uint64_t events, const filled_node& of) {
  const auto now_ms = steady_time{}.now_ms();
  writing how;
  how.rows = events;
  how.to_ms = now_ms;
  how.from_ms =
      now_ms - static_cast<std::int64_t>(events) * 1'000 / filled_rate;
  const auto log = open_journal(data_dir, of.name);
  adjust_rows rows{skus, of.store};
  write_rows(*log, rows, how);
}

} // namespace holdfast::test
