// Holds whose end nobody would record.
#include "shared_journal_impl.hpp"

namespace holdfast::storage {

namespace {

/// How often it is looked, and how often for a SKU that nobody may have yet.
constexpr std::int64_t look_every_ms = 250;
constexpr std::int64_t again_after_ms = 500;
/// SKUs of one look: writers wait for its end.
constexpr std::size_t look_max = 64;

} // namespace

std::vector<leased_name> shared_journal::overdue(std::int64_t now_ms) {
  if (now_ms < holds_.look_at_ms)
    return {};
  const auto since_ms = now_ms - grace_ms;
  return reading([&] {
    const auto is_more = holds_.older.read_on(holds_.ends);
    const auto due =
        holds_.ends.due(since_ms, look_max, [this](const sku_key& of) {
          return load(of.store, of.sku, no_keys).state;
        });
    std::vector<leased_name> found;
    for (const auto& of : due) {
      holds_.ends.know(of, since_ms + again_after_ms);
      if (policy_.is_nobodys(files_->read(of), now_ms))
        found.emplace_back(of.store, of.sku);
    }
    if (!is_more && !holds_.ends.has_ended(since_ms))
      holds_.look_at_ms = now_ms + look_every_ms;
    return found;
  });
}

shared_log::taking shared_journal::step_in(const std::string& store,
                                           const std::string& sku,
                                           std::int64_t now_ms) {
  const auto taken = take(store, sku, now_ms);
  if (taken.token == 0)
    return taken;
  const sku_view of{store, sku};
  writes_as_.insert_or_assign(sku_key(of), taken.token);
  auto& file = changes_.back();
  file.is = policy_.given_up(file.is, files_->wish(of), now_ms);
  return taken;
}

} // namespace holdfast::storage
