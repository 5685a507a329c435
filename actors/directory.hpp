// Knows who owns which store.
#pragma once

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/fatal_throw.hpp"
#include "actors/operation.hpp"

namespace holdfast {

struct directory_state {
  static inline constexpr const char* name = "directory";

  routing now;
};

/// Last hop of the chain: hands each operation to the actor of its store, a
/// page of the feed to who reads it, what is about dead letters to their desk,
/// and refuses unknown stores: those of others that are not heard of yet are
/// `store_unavailable`. `on_fatal` is for the desk that it spawns.
directory_actor::behavior_type
directory(directory_actor::stateful_pointer<directory_state> self,
          routing stores, journal_actor journal, fatal_handler on_fatal);

} // namespace holdfast
