#include "src/cli/thread_room.hpp"

#include <latch>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace holdfast::cli {

namespace {

/// Besides those of the scheduler: clock and printer of the actors, journal,
/// SQLite's log, ledger, rounds.
constexpr std::uint32_t own_threads = 6;
/// The network, its actor, membership, and a call to another node.
constexpr std::uint32_t threads_of_member = 4;

} // namespace

void check_thread_room(const settings& with) {
  const auto wanted = with.actor_threads + own_threads
                      + (with.is_member() ? threads_of_member : 0)
                      + (with.has_http ? with.http_threads : 0);
  std::latch all_tried{1};
  std::vector<std::jthread> threads;
  threads.reserve(wanted);
  try {
    while (threads.size() < wanted)
      threads.emplace_back([&] { all_tried.wait(); });
  } catch (const std::system_error& error) {
    all_tried.count_down();
    throw std::runtime_error("no room for " + std::to_string(wanted)
                             + " more threads: " + error.what());
  }
  all_tried.count_down();
}

} // namespace holdfast::cli
