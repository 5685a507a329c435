// Looks once, after a start, at what the journal holds.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/operation.hpp"
#include "holdfast/ledger.hpp"

namespace holdfast {

/// Goes through a ledger.
using survey_actor = caf::typed_actor<
    // A page of the ledger.
    caf::reacts_to<collected>,
    // Owners were asked for SKUs with holds.
    caf::reacts_to<batch>,
    // INTERNAL: the next step is due.
    caf::reacts_to<sweep_atom>>;

struct survey_config {
  /// Of this node; the survey ends with it.
  ledger_actor own;
  /// Where owners are asked.
  chain_actor owners;
  /// Those of this node.
  std::vector<std::string> stores;
  /// SKUs with holds are read. Off where SKUs need leases: a read without one
  /// records nothing.
  bool wakes = true;
};

struct survey_state {
  static inline constexpr const char* name = "survey";

  using sku_name = std::pair<std::string, std::string>;

  survey_config config;
  ledger_position at;
  /// Where the ledger ended at the first page. What came later was written by
  /// SKUs that are awake.
  std::optional<std::uint64_t> end;
  /// Of the page, those with reserved stock that are to be read.
  std::set<sku_name> waiting;
  /// Those that are being read, by ticket.
  std::map<std::uint64_t, sku_name> asked;
  std::uint64_t last_ticket = 0;
  operation::clock::time_point asked_until;
  /// Some owner could not say; there is no hurry to ask again.
  bool was_refused = false;
  /// Stores of the ledger that this node does not have.
  std::set<std::string> not_served;
};

/// An expiry is recorded by the actor of its SKU, which lives only once it has
/// been asked something. So after a start every SKU with reserved stock is read
/// once, a page of the ledger and a few SKUs at a time: what expired meanwhile
/// is recorded, and the actor of what did not has its timer. Then tells of
/// stores that nobody serves here, and quits.
survey_actor::behavior_type
survey(survey_actor::stateful_pointer<survey_state> self, survey_config config);

} // namespace holdfast
