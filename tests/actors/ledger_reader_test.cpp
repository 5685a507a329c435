// What a ledger that cannot be read means for its node, and how much of one
// that can be is read at once.
#include <doctest/doctest.h>

#include <caf/actor_proxy.hpp>
#include <caf/make_actor.hpp>
#include <caf/node_id.hpp>

#include "actors/ledger_pack.hpp"
#include "actors/ledger_reader.hpp"
#include "holdfast/limits.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// Throws the first so many times it is read.
class broken_ledger final : public ledger {
public:
  broken_ledger(journal_error::kind is, int times) : is_(is), left_(times) {
    // nop
  }

  ledger_page read(const ledger_position&, std::size_t) override {
    if (left_-- > 0)
      throw journal_error(is_, "a planted fault");
    return {};
  }

private:
  journal_error::kind is_;
  int left_;
};

constexpr std::uint64_t noted_seq = 7;

/// Notes how many rows were wanted.
class noting_ledger final : public ledger {
public:
  explicit noting_ledger(std::vector<std::size_t>& into) : into_(into) {
    // nop
  }

  ledger_page read(const ledger_position&, std::size_t limit) override {
    into_.push_back(limit);
    ledger_page page;
    page.last_seq = noted_seq;
    return page;
  }

private:
  std::vector<std::size_t>& into_;
};

/// What was sent to another node.
std::vector<collected> sent_away;

/// Stands for an actor there.
class far_actor final : public caf::actor_proxy {
public:
  using actor_proxy::actor_proxy;

  void enqueue(caf::mailbox_element_ptr what, caf::execution_unit*) override {
    if (what->content().match_elements<collected>())
      sent_away.push_back(what->content().get_as<collected>(0));
  }
  void kill_proxy(caf::execution_unit* on, caf::error why) override {
    cleanup(std::move(why), on);
  }
};

collector_actor make_far_collector(caf::actor_system& system) {
  const auto node = caf::make_node_id(1, std::string(40, 'a'));
  REQUIRE(node);
  caf::actor_config config;
  return caf::actor_cast<collector_actor>(
      caf::make_actor<far_actor, caf::strong_actor_ptr>(
          system.next_actor_id(), *node, &system, config));
}

struct reading {
  std::vector<std::string> failures;
  std::vector<std::string> fatal;
  bool has_failed = false;
};

/// Asks twice for a page of a ledger that throws so often.
reading read(journal_error::kind is, int times) {
  world in;
  reading seen;
  const auto reader =
      in.system.spawn(ledger_reader, std::make_unique<broken_ledger>(is, times),
                      ledger_owner{in.counters, [&](const std::string& why) {
                                     seen.fatal.push_back(why);
                                   }});
  const auto asks = in.system.spawn([&](collector_actor::pointer) {
    return collector_actor::behavior_type{[&](const collected& said) {
      seen.failures.push_back(said.failure);
    }};
  });
  for (std::uint64_t number = 1; number <= 2; ++number) {
    caf::anon_send(reader, collect{0, number, {}}, asks);
    in.run();
  }
  seen.has_failed = in.counters->failed;
  caf::anon_send_exit(reader, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(asks, caf::exit_reason::user_shutdown);
  in.run();
  return seen;
}

} // namespace

TEST_CASE("damage that a ledger meets ends the journal, and is told once") {
  const auto seen = read(journal_error::kind::corrupt, 4);
  CHECK(seen.has_failed);
  CHECK(seen.fatal == std::vector<std::string>{"a planted fault"});
  CHECK(seen.failures == std::vector<std::string>(2, "the journal has failed"));
}

TEST_CASE("what is no damage a moment later was none") {
  const auto seen = read(journal_error::kind::corrupt, 1);
  CHECK_FALSE(seen.has_failed);
  CHECK(seen.fatal.empty());
  CHECK(seen.failures == std::vector<std::string>{"", ""});
}

TEST_CASE("a ledger that is not to be had now says nothing of the journal") {
  using kind = journal_error::kind;
  for (const auto is : {kind::busy, kind::full, kind::failed}) {
    const auto seen = read(is, 2);
    CHECK_FALSE(seen.has_failed);
    CHECK(seen.fatal.empty());
    CHECK(seen.failures
          == std::vector<std::string>{"a planted fault", "a planted fault"});
  }
}

TEST_CASE("a page for another node is a shorter one, and packed") {
  world in;
  sent_away.clear();
  std::vector<std::size_t> wanted;
  const auto reader =
      in.system.spawn(ledger_reader, std::make_unique<noting_ledger>(wanted),
                      ledger_owner{in.counters, {}});
  int came = 0;
  const auto here = in.system.spawn([&](collector_actor::pointer) {
    return collector_actor::behavior_type{[&](const collected& said) {
      ++came;
      CHECK(said.packed.empty());
      CHECK(said.page.last_seq == noted_seq);
    }};
  });
  caf::anon_send(reader, collect{0, 1, {}}, here);
  caf::anon_send(reader, collect{0, 2, {}}, make_far_collector(in.system));
  in.run();
  CHECK(wanted == std::vector<std::size_t>{limits::collect_max, away_page_max});
  CHECK(came == 1);
  REQUIRE(sent_away.size() == 1);
  auto& said = sent_away.front();
  CHECK(said.page.last_seq == 0);
  unpack(said);
  CHECK(said.page.last_seq == noted_seq);
  caf::anon_send_exit(reader, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(here, caf::exit_reason::user_shutdown);
  in.run();
}
