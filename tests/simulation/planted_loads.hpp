// Bugs in how the state of a SKU is read again.
#pragma once

#include <vector>

#include "holdfast/rules.hpp"
#include "tests/simulation/tampered_journal.hpp"

namespace holdfast::test {

struct forgotten_keys final : tampered_journal {
  using tampered_journal::tampered_journal;
  bool walk_keys(const std::string& store, const std::string& sku,
                 std::int64_t since_ms, key_walk& walk,
                 std::size_t rows) override {
    const auto is_over = to_->walk_keys(store, sku, since_ms, walk, rows);
    if (is_over)
      walk.keys.clear();
    return is_over;
  }
};

struct stale_load final : tampered_journal {
  using tampered_journal::tampered_journal;
  loaded_sku load(const std::string& store, const std::string& sku,
                  std::int64_t since_ms) override {
    auto found = to_->load(store, sku, since_ms);
    std::vector<event> all;
    for (std::uint64_t after = 0; after < to_->last_seq();) {
      auto page = to_->scan(after, 1'000, {store, sku});
      after = page.last_seq;
      all.insert(all.end(), page.events.begin(), page.events.end());
    }
    if (all.empty())
      return found;
    found.state = {};
    // Where a SKU was read like this before, two of its events follow on the
    // same one, and the rules go no further.
    for (auto each = all.begin();
         each + 1 != all.end()
         && each->after.version == found.state.now.version + 1;
         ++each)
      apply(found.state, *each);
    return found;
  }
};

struct snapshot_off_by_one final : tampered_journal {
  using tampered_journal::tampered_journal;
  loaded_sku load(const std::string& store, const std::string& sku,
                  std::int64_t since_ms) override {
    auto found = to_->load(store, sku, since_ms);
    if (found.since_snapshot == 0 && found.state.now.on_hand > 0)
      ++found.state.now.on_hand;
    return found;
  }
};

struct early_expiry final : tampered_journal {
  using tampered_journal::tampered_journal;
  loaded_sku load(const std::string& store, const std::string& sku,
                  std::int64_t since_ms) override {
    auto found = to_->load(store, sku, since_ms);
    found.state.expiries.clear();
    for (auto& [version, hold] : found.state.holds) {
      hold.expires_at_ms -= 900;
      found.state.expiries.emplace(hold.expires_at_ms, version);
    }
    return found;
  }
};

/// Nobody looks when the holds end.
struct forgotten_expiry final : tampered_journal {
  using tampered_journal::tampered_journal;
  loaded_sku load(const std::string& store, const std::string& sku,
                  std::int64_t since_ms) override {
    auto found = to_->load(store, sku, since_ms);
    found.state.expiries.clear();
    return found;
  }
};

} // namespace holdfast::test
