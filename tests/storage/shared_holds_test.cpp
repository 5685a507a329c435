// Holds whose end nobody records, in a journal that processes share.
#include <doctest/doctest.h>

#include <limits>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/lease_files.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

using names = std::vector<leased_name>;

constexpr auto grace_ms = shared_log::grace_ms;
/// Of a lease.
constexpr std::int64_t life_ms = 1'000;

shared_log& holds_of(const shared_parts& of) {
  return *of.log->shared();
}

stock stock_of(const shared_parts& in, const sku_name& name = tea) {
  return in.log->load(name.first, name.second, journal::no_keys).state;
}

event hold_until(const stock& now, const sku_name& name, std::int64_t at_ms,
                 std::int64_t ends_ms) {
  command ask;
  ask.from.what = action::reserve;
  ask.from.store = name.first;
  ask.from.sku = name.second;
  ask.amount = 1;
  ask.ttl_s = (ends_ms - at_ms) / 1'000;
  return {std::get<stock_change>(decide(now, ask, {at_ms, 900})), ask.from};
}

/// Takes the lease of `name`, and grants a hold under it.
std::uint64_t hold(const shared_parts& in, std::int64_t at_ms,
                   std::int64_t ends_ms, const sku_name& name = tea) {
  auto& log = *in.log;
  log.begin();
  const auto [token, stolen] =
      log.shared()->take(name.first, name.second, at_ms);
  log.commit();
  REQUIRE(token != 0);
  log.begin();
  log.shared()->confirm(name.first, name.second, token, at_ms);
  auto came = delivery(stock_of(in, name), name, 5, at_ms);
  log.append(came);
  auto granted = hold_until(stock_of(in, name), name, at_ms, ends_ms);
  log.append(granted);
  log.commit();
  return token;
}

/// Records what is due of `name`; false if another process has the lease.
bool step_in(const shared_parts& by, std::int64_t now_ms,
             const sku_name& name = tea) {
  auto& log = *by.log;
  log.begin();
  const auto taken = holds_of(by).step_in(name.first, name.second, now_ms);
  if (taken.token != 0) {
    origin of;
    of.store = name.first;
    of.sku = name.second;
    for (auto& change : due_expiries(stock_of(by, name), of, now_ms))
      log.append(change);
  }
  log.commit();
  return taken.token != 0;
}

} // namespace

TEST_CASE_FIXTURE(two_processes, "a hold that nobody ends is told in time") {
  hold(one, 1'000, 5'000);
  CHECK(holds_of(two).overdue(5'000).empty());
  CHECK(holds_of(two).overdue(5'000 + grace_ms - 1).empty());
  CHECK(holds_of(two).overdue(5'500 + grace_ms) == names{tea});
  // Its own holder lives, as far as it knows.
  CHECK(holds_of(one).overdue(5'500 + grace_ms).empty());
  CHECK(step_in(two, 6'000));
  CHECK(stock_of(one).now.reserved == 0);
  CHECK(stock_of(one).now.version == 3);
  CHECK(holds_of(two).overdue(9'000).empty());
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE_FIXTURE(two_processes, "a lease that lives is left alone") {
  const auto token = hold(one, 1'000, 2'000);
  one.log->begin();
  one.log->shared()->confirm(tea.first, tea.second, token, 1'900);
  one.log->commit();
  CHECK(holds_of(two).overdue(2'500).empty());
  CHECK_FALSE(step_in(two, 2'500));
  CHECK(stock_of(two).now.reserved == 1);
  // It has expired; the SKU is told again.
  CHECK(holds_of(two).overdue(1'900 + life_ms + 500) == names{tea});
}

TEST_CASE_FIXTURE(two_processes, "who steps in keeps no lease") {
  const auto token = hold(one, 1'000, 2'000);
  CHECK(step_in(two, 3'000));
  const lease_files files(at.dir().path(), 9);
  CHECK_FALSE(files.read({tea.first, tea.second}));
  CHECK(one.leases->wait_ms(tea.first, tea.second, 3'000) == 0);
  // What its holder had decided meanwhile is void.
  one.log->begin();
  CHECK(one.log->shared()->confirm(tea.first, tea.second, token, 3'000)
        == shared_log::standing::lost);
  one.log->rollback();
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE_FIXTURE(two_processes, "who waits for the lease has it next") {
  hold(one, 1'000, 2'000);
  two.leases->want(tea.first, tea.second, 1'500);
  auto three = at.open_parts("three");
  CHECK(step_in(three, 2'500));
  CHECK(one.leases->wait_ms(tea.first, tea.second, 2'600) > 0);
  CHECK(two.leases->wait_ms(tea.first, tea.second, 2'600) == 0);
}

TEST_CASE_FIXTURE(two_processes, "of many holds the next one counts") {
  const sku_name mate{"store-2", "mate"};
  hold(one, 1'000, 2'000);
  hold(one, 1'500, 7'500);
  hold(one, 1'500, 3'500, mate);
  CHECK(holds_of(two).overdue(4'500) == names{tea, mate});
  CHECK(step_in(two, 4'500));
  CHECK(step_in(two, 4'500, mate));
  CHECK(holds_of(two).overdue(7'400).empty());
  CHECK(holds_of(two).overdue(8'000) == names{tea});
}

TEST_CASE("holds of before are found, in snapshots too") {
  shared_place at;
  constexpr int skus = 1'300;
  const auto name = [](int i) {
    return sku_name{"store-1", "sku-" + std::to_string(i)};
  };
  {
    auto before = at.open_parts("before");
    before.log->begin();
    for (int i = 0; i < skus; ++i) {
      auto came = delivery({}, name(i), 5, 1'000);
      before.log->append(came);
      stock now;
      apply(now, came);
      auto granted = hold_until(now, name(i), 1'000, 3'000);
      before.log->append(granted);
    }
    before.log->commit();
    while (before.log->checkpoint(500, true) != 0) {
    }
    hold(before, 1'000, 3'000, {"store-1", "later"});
  }
  at.all_left();
  auto after = at.open_parts("after");
  names found;
  for (int i = 0; i < 200; ++i) {
    const auto now_ms = 5'000 + i;
    for (const auto& each : holds_of(after).overdue(now_ms)) {
      CHECK(step_in(after, now_ms, each));
      found.push_back(each);
    }
  }
  CHECK(found.size() == skus + 1);
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("a look for what is overdue sees the letters of others") {
  shared_place at;
  const auto one = at.open(), two = at.open();
  dead_letter letter;
  letter.ask.from.what = action::adjust;
  letter.ask.from.store = tea.first;
  letter.ask.from.sku = tea.second;
  letter.ask.amount = 1;
  one->begin();
  REQUIRE(one->bury(letter));
  one->commit();
  CHECK(two->shared()->overdue(life_ms).empty());
  CHECK(two->letter_count() == 1);
}
