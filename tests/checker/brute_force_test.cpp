// The checker against a search that tries everything.
#include <doctest/doctest.h>

#include <map>
#include <sstream>

#include "src/history/history.hpp"
#include "tests/checker/tiny_history.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

constexpr int histories = 10'000;
constexpr std::size_t calls_max = 7;

std::string tell(const tiny_history& seen) {
  std::ostringstream out;
  history::history_writer to{out};
  for (const auto& call : seen.calls)
    to.write(call);
  for (const auto& change : seen.journal)
    to.write(change);
  for (const auto& end : seen.finals)
    to.write(end);
  return out.str();
}

/// What the histories are about: a search that meets none of it proves nothing.
class contents {
public:
  void add(const tiny_history& seen) {
    for (const auto& change : seen.journal) {
      ++found_[std::string{to_string(change.type)}];
      found_["a second SKU"] += change.from.sku == "B" ? 1 : 0;
    }
    for (const auto& call : seen.calls)
      if (call.known && !call.answer.ok())
        ++found_[std::string{to_string(call.answer.code)}];
  }

  void check() const {
    std::ostringstream all;
    for (const auto& [what, count] : found_)
      all << what << ' ' << count << ", ";
    MESSAGE(all.str());
    for (const std::string wanted :
         {"stock_adjusted", "stock_counted", "stock_reserved", "stock_released",
          "stock_committed", "reservation_extended", "reservation_expired",
          "a second SKU", "insufficient_stock", "precondition_failed",
          "version_conflict", "reservation_closed", "quantity_exceeds_hold",
          "sku_not_found", "idempotency_mismatch"}) {
      const auto at = found_.find(wanted);
      CHECK_MESSAGE((at != found_.end() && at->second >= 20), wanted);
    }
  }

private:
  std::map<std::string, int> found_;
};

} // namespace

TEST_CASE("the checker and brute force agree about 10,000 tiny histories") {
  auto random = seeded_engine();
  int broken = 0;
  int undecided = 0;
  contents all;
  for (int i = 0; i < histories; ++i) {
    auto tampered = random() % 4;
    const auto is_honest = tampered == 0;
    const auto size = 2 + random() % (calls_max - 1);
    auto seen = make_tiny_history(random, size, !is_honest);
    all.add(seen);
    // Some are bad enough as they are.
    for (; tampered > 1; --tampered)
      tamper(seen, random);
    const auto found = checker::check(seen.calls, seen.journal, seen.finals);
    const auto is_fine = is_explained(seen, reading::strict);
    const auto is_open = is_fine || is_explained(seen, reading::lenient);
    REQUIRE_MESSAGE((is_fine || !is_honest), "history ", i, '\n', tell(seen));
    broken += is_open ? 0 : 1;
    undecided += is_open && !is_fine ? 1 : 0;
    REQUIRE_MESSAGE((found.empty() ? is_open : !is_fine), "history ", i, '\n',
                    tell(seen), checker::describe(found));
  }
  MESSAGE("broken: ", broken, " of ", histories, ", undecided: ", undecided);
  CHECK(broken > histories / 10);
  CHECK(broken < histories * 9 / 10);
  CHECK(undecided < histories / 50);
  all.check();
}
