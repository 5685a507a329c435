// How a process comes to a journal that others are writing.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <limits>
#include <thread>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/wrong_data_dir.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

TEST_CASE("a process starts beside one that writes all the time") {
  shared_place at;
  auto writer = at.open();
  std::atomic<bool> is_over{false};
  std::uint64_t written = 0;
  std::thread busy([&] {
    while (!is_over) {
      try {
        auto state =
            writer->load(tea.first, tea.second, journal::no_keys).state;
        auto change = delivery(state, tea, 1, 10);
        writer->begin();
        writer->append(change);
        writer->commit();
        ++written;
      } catch (const journal_error& error) {
        writer->rollback();
        if (error.is() != journal_error::kind::busy)
          return;
      }
    }
  });
  std::string fault;
  try {
    for (int i = 0; i < 40; ++i)
      at.open();
  } catch (const journal_error& error) {
    fault = error.what();
  }
  is_over = true;
  busy.join();
  CHECK(fault == "");
  CHECK(written > 0);
  CHECK(writer->last_seq() == written);
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("who looks at a journal that has to be recovered puts a start off") {
  sqlite_place at;
  shared_place left;
  auto log = at.open();
  auto state = log->load(tea.first, tea.second, journal::no_keys).state;
  for (int i = 0; i < 10; ++i)
    deliver(*log, state);
  copy_journal(at.dir().path(), left.dir().path());
  const auto acknowledged = log->last_seq();
  {
    // As who asks whether somebody has the directory, or copies it.
    const auto directory = ::open(left.dir().path().c_str(), O_RDONLY);
    REQUIRE(::flock(directory, LOCK_SH) == 0);
    std::string said;
    try {
      left.open();
    } catch (const journal_error& error) {
      CHECK(error.is() == journal_error::kind::busy);
      said = error.what();
    }
    CHECK(contains(said, "is to be recovered first"));
    ::close(directory);
  }
  CHECK(left.open()->last_seq() == acknowledged);
  CHECK(fault_of(left.dir().path()) == "");
}

TEST_CASE("who comes to others must want what they agreed on") {
  shared_place at;
  const shared_terms agreed = {{"IDEMP_TTL_MS", 300'000},
                               {"LOCK_TTL_MS", 1'000}};
  at.terms = agreed;
  auto one = at.open();
  CHECK_NOTHROW(at.open());
  const auto wrong = [&at](const shared_terms& wanted) {
    at.terms = wanted;
    try {
      at.open();
    } catch (const wrong_data_dir& error) {
      return std::string(error.what());
    }
    return std::string{};
  };
  CHECK(wrong({{"IDEMP_TTL_MS", 60'000}, {"LOCK_TTL_MS", 1'000}})
        == "IDEMP_TTL_MS is 60000, but 300000 for the processes that share the "
           "data directory: it must be the same for all");
  CHECK(wrong({{"IDEMP_TTL_MS", 300'000}, {"LOCK_TTL_MS", 2'000}})
            .starts_with("LOCK_TTL_MS is 2000, but 1000"));
  // Those who are there did not notice.
  CHECK(wrong(agreed) == "");
  CHECK(one->last_seq() == 0);
  // Who is alone may want something else, and the next must want the same.
  one.reset();
  at.all_left();
  const shared_terms other = {{"IDEMP_TTL_MS", 60'000}, {"LOCK_TTL_MS", 5}};
  CHECK(wrong(other) == "");
  CHECK(wrong(agreed).starts_with("IDEMP_TTL_MS is 300000, but 60000"));
  CHECK(wrong(other) == "");
  CHECK(fault_of(at.dir().path()) == "");
}
