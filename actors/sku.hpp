// Owns the stock of one SKU.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/operation.hpp"
#include "actors/sku_view.hpp"
#include "actors/store.hpp"
#include "holdfast/running_keys.hpp"

namespace holdfast {

struct sku_state {
  static inline constexpr const char* name = "sku";

  enum class phase { unloaded, loading, ready };

  std::shared_ptr<const store_config> config;
  std::string sku;

  phase is = phase::unloaded;
  /// Counts loads; replies to older ones are ignored.
  std::uint64_t round = 0;
  /// Operations that came before the state did, or that wait for many holds to
  /// end.
  operations stash;

  /// Everything decided so far, durable or not.
  stock current;
  key_memory keys;
  /// Keys whose request is still running.
  running_keys running;
  std::shared_ptr<sku_life> life;
  std::uint64_t since_snapshot = 0;
  /// Batches that came from the store.
  std::uint32_t heard = 0;
  /// Exceptions outside decisions since the last time that all went well.
  std::uint32_t falters = 0;
  /// Operations that threw and come back after a pause.
  std::size_t retrying = 0;
  /// When each `expire_atom` is due that is under way, by the owner's clock,
  /// the earliest last.
  std::vector<std::int64_t> wakes_at_ms;
  /// What the store may read meanwhile.
  std::shared_ptr<sku_view> view;
};

/// Decides the operations of one SKU in the order they come: looks up the key,
/// records what expired, judges, applies, and hands the operation on. It never
/// waits: the journal writer answers once what was decided is durable. An
/// answer leaves from here only when all it saw is durable already.
sku_actor::behavior_type sku(sku_actor::stateful_pointer<sku_state> self,
                             std::shared_ptr<const store_config> config,
                             std::string name, std::shared_ptr<sku_view> view,
                             journal_actor journal, store_actor parent);

} // namespace holdfast
