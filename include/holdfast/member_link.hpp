// What a node remembers of a connection to another, and of an address it calls.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "holdfast/roster.hpp"

namespace holdfast {

/// Somewhere to call.
struct member_target {
  enum class state { idle, dialling, linked } is = state::idle;
  std::uint64_t dial = 0;
  std::uint64_t link = 0;
  std::uint32_t attempts = 0;
  std::chrono::steady_clock::time_point until{};
  /// Why calls failed since a node there accepted this one: each reason is told
  /// once, and so many of them.
  static constexpr std::size_t told_max = 4;
  std::set<std::string> told;
  /// Why the last one did; empty once there is a connection.
  std::string failure;
  /// Why a call to the node itself leads nowhere.
  static constexpr const char* own = "that is this node";
};

/// Whoever is on the other side, and what both have said.
struct member_link {
  using time_point = std::chrono::steady_clock::time_point;

  std::string peer;
  bool has_greeted = false;
  /// Revision of the greeting that was accepted last.
  std::uint64_t seen = 0;
  bool is_up = false;
  /// It told what it knows: there may be others to ask.
  bool has_told = false;
  /// What it told before it introduced itself.
  std::vector<roster_entry> early;
  bool has_told_early = false;
  /// Highest revision of this node's greeting that was accepted.
  std::uint64_t welcomed = 0;
  time_point ask_again = time_point::max();
  /// Why its greeting was not accepted last.
  std::string refused;
  time_point greeted{};
  time_point answer_due{};
  time_point heard{};
  std::uint64_t ping = 0;
  time_point pinged{};
};

} // namespace holdfast
