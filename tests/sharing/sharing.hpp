// Three processes that share a disk, their clients and their bad luck, all of
// it decided by one seed.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "src/checker/checker.hpp"
#include "tests/sharing/buyers.hpp"
#include "tests/support/shared_directory.hpp"

namespace holdfast::test {

/// What a simulation comes to.
struct story {
  /// Empty if all is well.
  std::string complaints;
  std::size_t calls = 0;
  std::size_t events = 0;
  std::size_t stolen = 0;
  std::size_t lost = 0;
  std::size_t handed_over = 0;
};

/// Runs once. A process that is stopped gets no thread while time passes for
/// all; one that is killed is gone with what it had in memory.
class sharing {
public:
  explicit sharing(std::uint64_t seed);

  /// A planted fault: tokens are not looked at.
  void ignore_tokens() {
    at_.sharing->ignore_tokens();
  }
  story run();

private:
  struct process {
    std::unique_ptr<world> node;
    bool is_stopped = false;
    std::chrono::milliseconds missed{0};
  };
  struct client {
    bool waits = false;
    /// To be asked again with its key.
    std::optional<command> again;
  };
  struct flight {
    std::uint32_t client = 0;
    std::size_t process = 0;
    std::int64_t until_ms = 0;
  };

  // -- sharing.cpp
  std::uint64_t below(std::uint64_t bound) {
    return random_() % bound;
  }
  void start(process& one);
  void step();
  void strike();
  void run_one();
  void wait(std::int64_t ms);
  void resume(process& one);
  void kill(std::size_t which);
  std::size_t submit(std::uint32_t who, const command& ask);
  void on_answer(const operation_ptr& op);
  void give_up(std::size_t ticket);
  std::int64_t tick() noexcept {
    return at_.time->ms * 1'000'000 + ++ticks_;
  }

  // -- judgement.cpp
  void come_to_rest();
  std::optional<outcome> settle(const command& ask);
  void settle_unknown();
  void add_up(const process& one);
  std::vector<event> journal() const;
  std::string judge_leases(const std::vector<event>& events) const;
  void complain(const std::string& line) {
    told_.complaints += line + '\n';
  }

  std::mt19937_64 random_;
  shared_directory at_;
  settings with_ = world::unlimited();
  std::array<process, 3> processes_;
  std::vector<client> clients_;
  buyers traffic_;
  checker::history calls_;
  std::map<std::size_t, flight> flights_;
  std::int64_t ticks_ = 0;
  story told_;
};

} // namespace holdfast::test
