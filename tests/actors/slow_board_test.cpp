// Leases of others on a slow disk: whom that delays, and whom not.
#include <doctest/doctest.h>

#include <utility>

#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::shared_directory;
using test::world;

namespace {

/// Whoever has a hook set is kept here until that was run, once.
struct slow_board final : lease_board {
  using hook = std::function<void()>;

  explicit slow_board(std::shared_ptr<lease_board> of) : fast(std::move(of)) {
    // nop
  }
  std::int64_t wait_ms(const std::string& store, const std::string& sku,
                       std::int64_t now_ms) const override {
    if (in_look)
      std::exchange(in_look, nullptr)();
    return fast->wait_ms(store, sku, now_ms);
  }
  void want(const std::string& store, const std::string& sku,
            std::int64_t now_ms) override {
    if (in_want)
      std::exchange(in_want, nullptr)();
    fast->want(store, sku, now_ms);
  }

  std::shared_ptr<lease_board> fast;
  mutable hook in_look;
  hook in_want;
};

struct slow_pair : shared_directory {
  std::shared_ptr<slow_board> board;
  std::unique_ptr<world> one = join();
  std::unique_ptr<world> two = join(world::unlimited(), 60s, [this](auto of) {
    return board = std::make_shared<slow_board>(std::move(of));
  });
  /// Answered while somebody was kept by the disk.
  operations meanwhile;

  slow_pair() {
    CHECK(one->ask(adjust()).ok());
  }

  static operation_ptr adjust() {
    return world::make(action::adjust, "A", 1);
  }
  /// Everybody else in `two` works on, until there is nothing to do.
  slow_board::hook work_on(operations asked, operations fresh) {
    return [this, asked, fresh] {
      two->send(fresh);
      two->run();
      for (const auto& all : {asked, fresh})
        for (const auto& op : all)
          if (two->answered(op))
            meanwhile.push_back(op);
    };
  }
  static void check_refused(const operation_ptr& op) {
    CHECK(answer_of(*op).code == error_code::lease_held);
    CHECK(op->retry_after_s == 1);
  }
};

} // namespace

TEST_CASE_FIXTURE(slow_pair, "a wish that meets a slow disk delays no answer") {
  const auto first = adjust();
  const auto second = adjust();
  board->in_want = work_on({first}, {second});
  two->send({first});
  two->run();
  CHECK(meanwhile == operations{first, second});
  check_refused(first);
  check_refused(second);
  CHECK(two->mediators->leases.refused == 2);
}

TEST_CASE_FIXTURE(slow_pair, "a wish that is repeated delays no answer") {
  CHECK(two->ask(adjust()).code == error_code::lease_held);
  CHECK(two->ask(adjust()).code == error_code::lease_held);
  const auto late = adjust();
  board->in_want = work_on({}, {late});
  pass(50ms, *two);
  CHECK(meanwhile == operations{late});
  check_refused(late);
}

TEST_CASE_FIXTURE(slow_pair, "a look at a slow disk delays no known answer") {
  CHECK(two->ask(adjust()).code == error_code::lease_held);
  const auto late = adjust();
  board->in_look = work_on({}, {late});
  pass(50ms, *two);
  CHECK(meanwhile == operations{late});
  check_refused(late);
}

TEST_CASE_FIXTURE(slow_pair, "what was refused meanwhile is handed over") {
  const auto late = adjust();
  board->in_want = work_on({}, {late});
  CHECK(two->ask(adjust()).code == error_code::lease_held);
  CHECK(meanwhile == operations{late});
  pass(1s, *one, *two);
  CHECK(one->mediators->leases.handed_over == 1);
  pass(50ms, *one, *two);
  CHECK(two->ask(adjust()).record.on_hand == 2);
}
