// Commands that fail each time: kept, shown, tried again, given up.
#include "tests/actors/dead_letters.hpp"

#include "holdfast/limits.hpp"
#include "src/telemetry/fault_book.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::poisoned_world;
using test::world;

TEST_CASE_FIXTURE(poisoned_world, "a command that fails is one dead letter") {
  ask(make(action::adjust, "A", 5));
  const auto began = time->ms;
  CHECK(fail(keyed(poisoned(make(action::adjust, "A", 1)), "k")).code
        == error_code::internal);
  const auto found = letters();
  REQUIRE(found.size() == 1);
  const auto& letter = found.front();
  CHECK(letter.id == 1);
  CHECK(letter.cause == "a planted defect");
  CHECK(letter.attempts == with.retry_times + 1);
  CHECK(letter.first_ms == began);
  CHECK(letter.last_ms > began);
  CHECK(letter.ask.amount == 1);
  CHECK(letter.ask.from.what == action::adjust);
  CHECK(letter.ask.from.sku == "A");
  CHECK(letter.ask.from.key == "k");
  CHECK(letter.ask.from.reason == "poison");
  CHECK(letter.ask.from.fingerprint[0] == 1);
  CHECK(counters->letters.kept == 1);
  CHECK(counters->letters.buried.get() == 1);
  CHECK(mediators->stores.of("store-1").threw == with.retry_times + 1);
  CHECK(on_hand("A") == 5);
}

TEST_CASE_FIXTURE(poisoned_world, "others are served between its tries") {
  ask(make(action::adjust, "A", 5));
  auto bad = poisoned(make(action::adjust, "A", 100));
  send({make(action::adjust, "A", 1), bad, make(action::adjust, "A", 2)});
  send({make(action::adjust, "A", 4), make(action::adjust, "B", 1)});
  run();
  CHECK(answers.size() == 5);
  CHECK_FALSE(answered(bad));
  CHECK(on_hand("A") == 12);
  CHECK(on_hand("B") == 1);
  for (std::uint32_t i = 0; i < with.retry_times; ++i) {
    CHECK_FALSE(answered(bad));
    pass(std::chrono::milliseconds{with.retry_base_ms << i});
    CHECK(ask(make(action::adjust, "A", 1)).ok());
  }
  CHECK(answer_of(*bad).code == error_code::internal);
  CHECK(on_hand("A") == 12 + with.retry_times);
  CHECK(fatal.empty());
}

TEST_CASE_FIXTURE(poisoned_world, "a read that fails is told, and no letter") {
  CHECK(fail(poisoned(make(action::read, "A"))).code == error_code::internal);
  CHECK(letters().empty());
}

TEST_CASE_FIXTURE(poisoned_world, "a caller is told before its deadline") {
  auto op = poisoned(make(action::adjust, "A", 1));
  op->deadline =
      schedule.clock().now() + std::chrono::milliseconds{with.retry_base_ms};
  send({op});
  run();
  pass(std::chrono::milliseconds{with.retry_base_ms - 1});
  REQUIRE(answered(op));
  CHECK(answer_of(*op).code == error_code::internal);
  REQUIRE(letters().size() == 1);
  CHECK(letters().front().attempts < with.retry_times + 1);
}

TEST_CASE_FIXTURE(poisoned_world, "the same request is the same letter") {
  for (std::uint32_t i = 1; i <= 2; ++i) {
    fail(keyed(poisoned(make(action::adjust, "A", 1)), "k"));
    REQUIRE(letters().size() == 1);
    CHECK(letters().front().attempts == i * (with.retry_times + 1));
  }
  fail(keyed(poisoned(make(action::adjust, "A", 1)), "l"));
  fail(poisoned(make(action::adjust, "A", 1)));
  fail(poisoned(make(action::adjust, "A", 1)));
  CHECK(letters().size() == 4);
}

TEST_CASE_FIXTURE(poisoned_world, "its own caller can settle a letter") {
  fail(keyed(poisoned(make(action::adjust, "A", 1)), "k"));
  test::is_cured = true;
  CHECK(ask(keyed(poisoned(make(action::adjust, "A", 1)), "k")).ok());
  CHECK(letters().empty());
  CHECK(counters->letters.settled.get() == 1);
  CHECK(retry(1).code == error_code::dead_letter_not_found);
  CHECK(on_hand("A") == 1);
}

TEST_CASE_FIXTURE(poisoned_world, "no room on the disk, no letter") {
  auto op = poisoned(make(action::adjust, "A", 1));
  send({op});
  run();
  // Only the last try has something to write.
  disk->fail_commit_at(1, journal_error::kind::full);
  for (std::uint32_t i = 0; i < with.retry_times; ++i)
    pass(std::chrono::milliseconds{with.retry_base_ms << i});
  CHECK(answer_of(*op).code == error_code::read_only);
  CHECK(letters().empty());
  CHECK(counters->letters.buried.get() == 0);
}

TEST_CASE_FIXTURE(poisoned_world, "no room on the disk, no letter dropped") {
  fail(poisoned(make(action::adjust, "A", 1)));
  disk->fail_commit_at(1, journal_error::kind::full);
  CHECK(ask(about_letter(errand::drop_letter, 1)).code
        == error_code::read_only);
  CHECK(letters().size() == 1);
  CHECK(ask(about_letter(errand::drop_letter, 1)).ok());
  CHECK(letters().empty());
}

TEST_CASE_FIXTURE(poisoned_world, "past the bound the log alone tells") {
  operations all;
  for (std::size_t i = 0; i < limits::dead_letters_max + 2; ++i)
    all.push_back(poisoned(make(action::adjust, std::to_string(i), 1)));
  const auto log = test::logged(telemetry::log_level::error, [&] {
    send(all);
    run();
    for (std::uint32_t i = 0; i < with.retry_times; ++i)
      pass(std::chrono::milliseconds{with.retry_base_ms << i});
  });
  for (const auto& op : all)
    CHECK(answer_of(*op).code == error_code::internal);
  CHECK(counters->letters.kept == limits::dead_letters_max);
  CHECK(counters->letters.lost.get() == 2);
  CHECK(std::count_if(log.begin(), log.end(),
                      [](const auto& line) {
                        return line["event"] == "dead_letters_full";
                      })
        == 2);
}

TEST_CASE_FIXTURE(poisoned_world, "a letter can be given up") {
  fail(poisoned(make(action::adjust, "A", 1)));
  auto drop = about_letter(errand::drop_letter, 1);
  CHECK(ask(drop).ok());
  REQUIRE(drop->letter->found.size() == 1);
  CHECK(drop->letter->found.front().ask.amount == 1);
  CHECK(letters().empty());
  CHECK(counters->letters.dropped.get() == 1);
  CHECK(ask(about_letter(errand::drop_letter, 1)).code
        == error_code::dead_letter_not_found);
  test::is_cured = true;
  CHECK(retry(1).code == error_code::dead_letter_not_found);
}

TEST_CASE("letters of another process are counted, until they are gone") {
  test::shared_directory shared;
  const auto one = shared.join();
  const auto two = shared.join();
  const auto op = poisoned_world::poisoned(world::make(action::adjust, "A", 1));
  one->send({op});
  one->run();
  for (int i = 0; i < 10 && !one->answered(op); ++i)
    shared.pass(1s, *one);
  CHECK(one->counters->letters.kept == 1);
  shared.pass(1s, *two);
  CHECK(two->counters->letters.kept == 1);
  CHECK(two->ask(poisoned_world::about_letter(errand::drop_letter, 1)).ok());
  shared.pass(1s, *one);
  CHECK(one->counters->letters.kept == 0);
}
