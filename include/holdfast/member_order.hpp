// What members say to each other, what they do next, and what they tell.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "holdfast/roster.hpp"

namespace holdfast {

/// Nodes that speak different protocols do not join.
inline constexpr std::uint32_t cluster_protocol = 4;

/// How a node introduces itself.
struct greeting {
  std::uint32_t protocol = cluster_protocol;
  std::string cluster;
  /// Random number of the process.
  std::uint64_t run = 0;
  /// With all stores that it has and wants.
  roster_entry who;
};

/// Why who said this cannot talk to `own` at all, or nothing.
std::string mismatch(const greeting& said, const greeting& own);

/// What a node that was refused is to do.
enum class refusal_kind : std::uint8_t {
  /// Do without what it wanted; without anything it has no place here.
  plain,
  /// End: its directory was retired, or is a copy of another.
  for_good,
  /// Come back: the node that it was before has not been missed yet, or its
  /// name belongs to another directory that was in its place. Until then it
  /// may stand beside the true one, and serves nothing; where it began with
  /// nothing it ends.
  passing,
  /// Ask again: another node wants the same store, and does not have it yet.
  contested,
};

/// Why a greeting was not accepted.
struct greeting_refusal {
  std::string why;
  refusal_kind is = refusal_kind::plain;
  /// Of the greeting.
  std::uint64_t revision = 0;
  /// Node that refuses it.
  std::string by;
  /// Of `contested`: the other node, of several the one with the smallest name.
  std::string rival{};
};

/// What is to be sent or done next.
struct member_order {
  enum class kind : std::uint8_t {
    /// Connect to `to`; `number` names the attempt.
    dial,
    /// Over `link`: `membership::introduction`.
    greet,
    /// Over `link`: the greeting with revision `number` was accepted.
    welcome,
    /// Over `link`: `refusal`.
    refuse,
    /// Over `link`: everything that is known.
    tell,
    /// Over `link`, to be answered with the same `number`.
    ping,
  };
  kind is = kind::dial;
  std::uint64_t link = 0;
  std::uint64_t number = 0;
  node_address to;
  greeting_refusal refusal;
};

/// What an operator should know.
struct member_note {
  enum class kind : std::uint8_t {
    /// `node` is there; both sides accepted each other's names.
    joined,
    /// `node` is gone, because of `detail`.
    lost,
    /// This node did not accept `node`.
    refused,
    /// `node`, or who answers at that address, did not accept this one.
    was_refused,
    /// The stores `detail` are this node's from now on.
    granted,
    /// An operator retired `node`.
    retired,
    /// Nothing has come of what this node wants for a while, because of
    /// `detail`.
    waits,
  };
  kind is = kind::joined;
  std::string node;
  std::string detail;
};

/// Of one other node.
struct peer_view {
  enum class state : std::uint8_t { up, down, refused, retired };
  state is = state::down;
  /// 0 while there is none.
  std::uint64_t link = 0;
  std::uint32_t protocol = 0;
  std::uint64_t run = 0;
  std::chrono::steady_clock::time_point since{};
  std::chrono::microseconds round_trip{0};
  /// Why it is not up, as far as that is known.
  std::string why{};

  /// It is gone for good, as is known from now on.
  void retire(std::chrono::steady_clock::time_point now) {
    if (std::exchange(is, state::retired) == state::retired)
      return;
    why.clear();
    since = now;
  }
};

} // namespace holdfast
