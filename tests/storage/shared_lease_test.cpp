// Leases of a shared journal: who may write, and who wrote.
#include <doctest/doctest.h>

#include <filesystem>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/lease_files.hpp"
#include "src/storage/lease_table.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;
using standing = shared_log::standing;

namespace {

shared_log::taking take(journal& log, std::int64_t now_ms) {
  log.begin();
  const auto result = log.shared()->take(tea.first, tea.second, now_ms);
  log.commit();
  return result;
}

standing confirm(journal& log, std::uint64_t token, std::int64_t now_ms) {
  log.begin();
  const auto result =
      log.shared()->confirm(tea.first, tea.second, token, now_ms);
  log.commit();
  return result;
}

/// A delivery under `token`.
std::uint64_t write(journal& log, std::uint64_t token, std::int64_t now_ms) {
  auto state = log.load(tea.first, tea.second, journal::no_keys).state;
  auto change = delivery(state, tea, 1, now_ms);
  log.begin();
  CHECK(log.shared()->confirm(tea.first, tea.second, token, now_ms)
        != standing::lost);
  log.append(change);
  log.commit();
  return change.seq;
}

} // namespace

TEST_CASE_FIXTURE(two_processes, "a lease has one holder until it expires") {
  const auto mine = take(*one.log, 1'000);
  CHECK(mine.token == 1);
  CHECK_FALSE(mine.is_stolen);
  CHECK(one.leases->wait_ms(tea.first, tea.second, 1'500) == 0);
  CHECK(two.leases->wait_ms(tea.first, tea.second, 1'500) > 0);
  CHECK(take(*two.log, 1'500).token == 0);
  CHECK(two.leases->wait_ms(tea.first, tea.second, 2'000) == 0);
  const auto stolen = take(*two.log, 2'000);
  CHECK(stolen.token == 2);
  CHECK(stolen.is_stolen);
  CHECK(confirm(*one.log, 1, 2'000) == standing::lost);
  CHECK_FALSE(one.log->shared()->is_newest(tea.first, tea.second, 1));
  CHECK(two.log->shared()->is_newest(tea.first, tea.second, 2));
}

TEST_CASE_FIXTURE(two_processes, "a lease in use is renewed in time") {
  const auto token = take(*one.log, 1'000).token;
  CHECK(confirm(*one.log, token, 1'100) == standing::held);
  CHECK(confirm(*one.log, token, 1'600) == standing::renewed);
  CHECK(confirm(*one.log, token, 1'610) == standing::held);
  CHECK(take(*two.log, 2'500).token == 0);
  CHECK(take(*two.log, 2'600).is_stolen);
}

TEST_CASE_FIXTURE(two_processes, "one that expired is good while unclaimed") {
  const auto token = take(*one.log, 1'000).token;
  CHECK(confirm(*one.log, token, 9'000) == standing::renewed);
  CHECK(take(*two.log, 9'500).token == 0);
}

TEST_CASE_FIXTURE(two_processes, "a lease is handed over to who wanted it") {
  auto three = at.open_parts("three");
  const auto token = take(*one.log, 1'000).token;
  CHECK(one.log->shared()->wanted(1'000).empty());
  two.leases->want(tea.first, tea.second, 1'100);
  three.leases->want(tea.first, tea.second, 1'200);
  CHECK(two.log->shared()->wanted(2'300).empty());
  CHECK(one.log->shared()->wanted(1'300).empty());
  REQUIRE(one.log->shared()->wanted(2'300).size() == 1);
  CHECK(one.log->shared()->wanted(2'300).front() == tea);
  one.log->begin();
  one.log->shared()->give_up(tea.first, tea.second, token, 2'400);
  one.log->commit();
  CHECK(one.leases->wait_ms(tea.first, tea.second, 2'500) > 0);
  CHECK(take(*three.log, 2'500).token == 0);
  const auto passed = take(*two.log, 2'500);
  CHECK(passed.token > token);
  CHECK_FALSE(passed.is_stolen);
  CHECK(two.log->shared()->wanted(2'600).empty());
}

TEST_CASE_FIXTURE(two_processes, "what is given up without a wish is free") {
  const auto token = take(*one.log, 1'000).token;
  one.log->begin();
  one.log->shared()->give_up(tea.first, tea.second, token, 1'100);
  one.log->commit();
  const lease_files files(at.dir().path(), 9);
  CHECK_FALSE(files.read({tea.first, tea.second}));
  const auto next = take(*two.log, 1'100);
  CHECK(next.token == token + 1);
  CHECK_FALSE(next.is_stolen);
}

TEST_CASE_FIXTURE(two_processes, "a rollback takes back what was taken") {
  one.log->begin();
  one.log->shared()->take(tea.first, tea.second, 1'000);
  one.log->rollback();
  CHECK(two.leases->wait_ms(tea.first, tea.second, 1'000) == 0);
  CHECK(take(*two.log, 1'000).token == 1);
}

TEST_CASE_FIXTURE(two_processes, "a damaged lease file keeps nobody out") {
  take(*one.log, 1'000);
  namespace fs = std::filesystem;
  for (const auto& each : fs::directory_iterator(at.dir() / "leases/held"))
    write_file(each.path().string(), "store store-1\nsku tea\n");
  CHECK(take(*two.log, 1'000).token == 2);
  CHECK(confirm(*one.log, 1, 1'000) == standing::lost);
}

TEST_CASE_FIXTURE(two_processes, "every event is known by its token") {
  const auto first = take(*one.log, 1'000).token;
  CHECK(write(*one.log, first, 1'000) == 1);
  const auto second = take(*two.log, 5'000).token;
  CHECK(write(*two.log, second, 5'000) == 2);
  const auto known = read_lease_history(at.dir().path());
  REQUIRE(known.tenures.size() == 2);
  CHECK(known.tenures[0].owner == "one");
  CHECK(known.tenures[1].owner == "two");
  CHECK(known.tenures[1].after_seq == 1);
  REQUIRE(known.authors.size() == 2);
  CHECK(known.authors[0].token == first);
  CHECK(known.authors[1].token == second);
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("verify knows the newest token of each SKU") {
  const auto fault_after = [](const std::string& sql) {
    two_processes pair;
    write(*pair.one.log, take(*pair.one.log, 1'000).token, 1'000);
    write(*pair.two.log, take(*pair.two.log, 5'000).token, 5'000);
    pair.one.log.reset();
    pair.two.log.reset();
    edit(pair.at.dir().path(), sql);
    return fault_of(pair.at.dir().path());
  };
  CHECK(fault_after("UPDATE leases SET token = 1")
        == "token 1 of store-1/tea is not the newest, which is 2");
  CHECK(fault_after("UPDATE leases SET sku = 'mate'")
        == "token 2 of store-1/mate is not the newest, which is 0");
  CHECK(fault_after("DELETE FROM leases")
        == "token 2 of store-1/tea is missing");
}

TEST_CASE("verify names who wrote after it had lost its lease") {
  two_processes pair;
  const auto first = take(*pair.one.log, 1'000).token;
  write(*pair.one.log, first, 1'000);
  const auto second = take(*pair.two.log, 5'000).token;
  write(*pair.two.log, second, 5'000);
  pair.one.log.reset();
  pair.two.log.reset();
  edit(pair.at.dir().path(), "UPDATE authors SET token = 1 WHERE seq = 2");
  CHECK(fault_of(pair.at.dir().path())
        == "event 2 was written by one, which had lost its lease to two");
  edit(pair.at.dir().path(), "UPDATE authors SET token = 7 WHERE seq = 2");
  CHECK(fault_of(pair.at.dir().path())
        == "event 2 was written under the token of another SKU");
}
