// What is promised where several processes write one journal.
#include <doctest/doctest.h>

#include <chrono>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/lease_files.hpp"
#include "src/storage/process_lock.hpp"
#include "src/storage/read_connection.hpp"
#include "src/storage/read_only.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

using clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

void deliver_at(journal& into, std::int64_t at_ms) {
  auto state = into.load(tea.first, tea.second, journal::no_keys).state;
  auto change = delivery(state, tea, 1, at_ms);
  into.begin();
  into.append(change);
  into.commit();
}

/// What `work` wrote through any journal is in this one.
void check_caught_up(journal& log, const workload& work) {
  log.scan(0, 1, {});
  check_content(log, work);
}

/// Throws `busy`, and soon. Returns how soon.
template <class F>
clock::duration check_busy(F attempt) {
  const auto start = clock::now();
  try {
    attempt();
    FAIL("nobody was in the way");
  } catch (const journal_error& error) {
    CHECK(error.is() == journal_error::kind::busy);
  }
  const auto took = clock::now() - start;
  CHECK(took < 5s);
  return took;
}

} // namespace

TEST_CASE("several writers make one log") {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    CAPTURE(seed);
    shared_place at;
    workload work(seed);
    std::vector<journal_ptr> logs;
    for (auto i = 0; i < 40; ++i) {
      if (logs.size() < 3)
        logs.push_back(at.open());
      auto& log = *logs[work.random()() % logs.size()];
      work.transact(log, 12, work.random()() % 5 != 0);
      if (work.random()() % 3 == 0)
        logs[work.random()() % logs.size()]->checkpoint(
            1 + work.random()() % 6, work.random()() % 4 == 0);
      if (work.random()() % 4 == 0)
        log.seal();
      if (work.random()() % 15 == 0)
        logs.erase(logs.begin());
    }
    for (auto& log : logs)
      check_caught_up(*log, work);
    CHECK(fault_of(at.dir().path()) == "");
    logs.clear();
    at.all_left();
    check_content(*at.open(), work);
    at.all_left();
    check_content(*open_sqlite_journal(at.options()), work);
    CHECK(fault_of(at.dir().path()) == "");
  }
}

TEST_CASE("a journal that was not shared can be, and back") {
  shared_place at;
  workload work(77);
  for (auto life = 0; life < 3; ++life) {
    {
      auto log = open_sqlite_journal(at.options());
      work.transact(*log, 12);
    }
    {
      auto one = at.open();
      auto two = at.open();
      work.transact(*one, 12);
      work.transact(*two, 12);
      check_caught_up(*one, work);
    }
    CHECK(fault_of(at.dir().path()) == "");
    at.all_left();
  }
}

TEST_CASE("while one writes the other is put off, and reads") {
  shared_place at;
  auto one = at.open();
  auto two = at.open();
  deliver_at(*one, 10);
  stock state = two->load(tea.first, tea.second, journal::no_keys).state;
  auto change = delivery(state, tea, 5, 20);
  one->begin();
  one->append(change);
  check_busy([&] { two->begin(); });
  two->rollback();
  check_busy([&] { two->checkpoint(0, true); });
  CHECK(two->load(tea.first, tea.second, journal::no_keys).state == state);
  one->commit();
  CHECK(two->load(tea.first, tea.second, journal::no_keys).state.now.on_hand
        == 6);
  deliver_at(*two, 30);
  CHECK(one->scan(0, 10, {}).events.size() == 3);
}

TEST_CASE("a reader keeps a commit waiting, and nothing is written") {
  shared_place at;
  auto one = at.open();
  deliver_at(*one, 10);
  const auto reader = open_read_only(at.dir().path());
  reader->exec("BEGIN");
  reader->exec("SELECT * FROM events");
  stock state = one->load(tea.first, tea.second, journal::no_keys).state;
  auto change = delivery(state, tea, 5, 20);
  one->begin();
  one->append(change);
  check_busy([&] { one->commit(); });
  one->rollback();
  reader->exec("COMMIT");
  CHECK(one->load(tea.first, tea.second, journal::no_keys).state == state);
  deliver_at(*one, 30);
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("who waited in vain does not wait again at once") {
  shared_place at;
  auto one = at.open();
  auto two = at.open();
  one->begin();
  two->shared()->be_patient(200'000);
  const auto attempt = [&] {
    return check_busy([&] { two->begin(); });
  };
  // On a busy machine so much time may pass in between that both wait.
  auto is_quick = false;
  for (auto i = 0; i < 10 && !is_quick; ++i) {
    attempt();
    is_quick = attempt() < 200ms;
  }
  CHECK(is_quick);
  one->rollback();
}

TEST_CASE("one that shares and one that does not exclude each other") {
  shared_place at;
  at.open();
  CHECK_THROWS_AS(data_dir_lock{at.dir().path()}, data_dir_busy);
  at.all_left();
  const data_dir_lock alone(at.dir().path());
  CHECK_THROWS_AS(at.open(), data_dir_busy);
}

TEST_CASE("a transaction that nobody ended is rolled back by a reader") {
  shared_place at;
  temp_dir crashed;
  auto one = at.open();
  deliver_at(*one, 10);
  const auto before = read_file(at.dir() / "journal.db");
  deliver_at(*one, 20);
  // As if the process had ended before its last step: the pages are there,
  // and beside them what they were.
  copy_journal(at.dir().path(), crashed.path());
  auto undo = read_file(at.dir() / "journal.db-journal");
  REQUIRE(undo.size() > 28);
  constexpr unsigned char magic[] = {0xd9, 0xd5, 0x05, 0xf9,
                                     0x20, 0xa1, 0x63, 0xd7};
  std::copy(std::begin(magic), std::end(magic), undo.begin());
  write_file(crashed / "journal.db-journal", undo);
  event_reader reader(crashed.path());
  CHECK(reader.last_seq() >= 1);
  CHECK(read_file(crashed / "journal.db-journal").substr(0, 1) != "\xd9");
}

TEST_CASE("every start of a shared journal has a number") {
  shared_place at;
  const auto one = at.open_parts("one");
  const auto two = at.open_parts("two");
  CHECK(verify_journal(at.dir().path()).starts == 3);
}
