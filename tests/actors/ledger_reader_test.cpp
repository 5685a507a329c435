// What a ledger that cannot be read means for its node.
#include <doctest/doctest.h>

#include "actors/ledger_reader.hpp"
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
