// A journal that has no room to look something up in.
#include <doctest/doctest.h>

#include <utility>

#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;

namespace {

/// So many times it cannot look an event up.
class cramped_journal final : public storage::memory_journal {
public:
  cramped_journal(std::shared_ptr<storage::memory_disk> on, int& refusals)
      : memory_journal(std::move(on)), refusals_(refusals) {
    // nop
  }

  std::optional<event> event_at(std::uint64_t seq) override {
    if (refusals_ > 0) {
      --refusals_;
      throw journal_error(journal_error::kind::full, "a disk without room");
    }
    return memory_journal::event_at(seq);
  }

private:
  int& refusals_;
};

operation_ptr delivery(std::int64_t units, const std::string& key) {
  return world::keyed(world::make(action::adjust, "A", units), key);
}

} // namespace

TEST_CASE("a look-up without room is no loss for what is written with it") {
  const auto disk = std::make_shared<storage::memory_disk>();
  int refusals = 0;
  world node{world::unlimited(), disk, std::chrono::seconds{60},
             [&](chain_parts& parts) {
               parts.journal =
                   std::make_unique<cramped_journal>(disk, refusals);
             }};
  CHECK(node.ask(delivery(5, "k1")).ok());
  refusals = 1;
  const auto again = delivery(5, "k1");
  const auto next = delivery(1, "k2");
  node.send({again, next});
  node.run();
  REQUIRE(node.answered(again));
  REQUIRE(node.answered(next));
  CHECK(answer_of(*again).code == error_code::read_only);
  CHECK(answer_of(*next).record.on_hand == 6);
  CHECK(node.ask(delivery(1, "k2")).replayed);
  CHECK(node.ask(delivery(5, "k1")).replayed);
  CHECK(node.fatal.empty());
}
