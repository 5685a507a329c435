// Everything that crosses a mailbox, announced once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/type_id.hpp>
#include <caf/typed_actor.hpp>

#include "holdfast/journal.hpp"

namespace holdfast {

struct operation;

/// Operations that travel together: one message a hop, however many requests.
/// Never leaves the process; between nodes commands travel as values.
struct batch {
  std::vector<std::shared_ptr<operation>> items;
};

/// What became of operations, for the mediators they passed.
struct report {
  /// Permits of the bulkhead to give back.
  std::uint32_t permits = 0;
  /// Calls that passed the breaker and were answered, refusals included.
  std::uint32_t successes = 0;
  /// Calls that passed the breaker and met a fault or no answer in time.
  std::uint32_t faults = 0;
};

/// A fresh SKU actor asks for its state.
struct load_request {
  std::string store;
  std::string sku;
  /// Repeated in the reply: a reply to an older request is ignored.
  std::uint64_t round = 0;
};

/// The state, or nothing when the journal could not be read.
struct load_reply {
  std::uint64_t round = 0;
  std::shared_ptr<loaded_sku> sku;
};

/// A SKU actor keeps its place: it has live keys, holds or open answers.
struct stay {
  std::string sku;
};

/// A SKU actor offers its place: it knows nothing and owes nothing.
struct vacant {
  std::string sku;
};

} // namespace holdfast

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::load_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::load_reply)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::stay)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::vacant)

CAF_BEGIN_TYPE_ID_BLOCK(holdfast, caf::first_custom_type_id)

CAF_ADD_TYPE_ID(holdfast, (holdfast::batch))
CAF_ADD_TYPE_ID(holdfast, (holdfast::report))
CAF_ADD_TYPE_ID(holdfast, (holdfast::load_request))
CAF_ADD_TYPE_ID(holdfast, (holdfast::load_reply))
CAF_ADD_TYPE_ID(holdfast, (holdfast::stay))
CAF_ADD_TYPE_ID(holdfast, (holdfast::vacant))

CAF_ADD_ATOM(holdfast, holdfast, write_atom, "write")
CAF_ADD_ATOM(holdfast, holdfast, seal_atom, "seal")
CAF_ADD_ATOM(holdfast, holdfast, finish_atom, "finish")
CAF_ADD_ATOM(holdfast, holdfast, sweep_atom, "sweep")
CAF_ADD_ATOM(holdfast, holdfast, expire_atom, "expire")
CAF_ADD_ATOM(holdfast, holdfast, retire_atom, "retire")

CAF_END_TYPE_ID_BLOCK(holdfast)
