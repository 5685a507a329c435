// Makes tiny histories.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/checker/tiny_history.hpp"
#include "tests/support/naive_model.hpp"

namespace holdfast::test {

inline const std::string tiny_store{"S"};

/// A server and its clients.
class tiny_world {
public:
  tiny_world(std::mt19937_64& random, std::size_t calls_max, bool forgets)
      : random_(random), calls_max_(calls_max), forgets_(forgets) {
    // nop
  }

  tiny_history run();

private:
  /// A call that has not returned.
  struct flight {
    std::size_t call = 0;
    bool is_done = false;
  };
  /// What a key was used for.
  struct use {
    command ask;
    outcome answer;
  };

  std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(random_() % bound);
  }
  bool one_in(std::size_t of) {
    return below(of) == 0;
  }
  void step();
  void pass_time();
  command invent();
  command repeat();
  void invent_change(command& ask);
  void invent_use(command& ask);
  void invent_condition(command& ask);
  void execute(checker::entry& call);
  bool is_forgotten(const use& known, const command& ask) const;
  void expire(const std::string& sku);
  /// Journals the change of `sku` from `before`; says all but whose it is.
  event& write(const std::string& sku, const balances& before);

  std::mt19937_64& random_;
  std::size_t calls_max_;
  /// Carries out what it refused, if it is asked again and can.
  bool forgets_;
  std::int64_t now_ns_ = 0;
  std::int64_t now_ms_ = 1'000;
  std::map<std::string, naive_model> models_{{"A", naive_model{900}},
                                             {"B", naive_model{900}}};
  tiny_history told_;
  /// By client.
  std::map<std::uint32_t, flight> running_;
  std::map<std::string, use> keys_;
  std::map<std::string, std::vector<reservation_ref>> holds_;
  /// `seq` of the last event, by SKU.
  std::map<std::string, std::uint64_t> last_;
};

} // namespace holdfast::test
