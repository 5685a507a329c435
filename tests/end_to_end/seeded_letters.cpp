#include "tests/end_to_end/seeded_letters.hpp"

#include <doctest/doctest.h>

#include "holdfast/reservation_id.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"

namespace holdfast::live {

namespace {

const std::string sku = "letters";

/// Makes a record of 1,000 with one released and one live hold, and a record
/// that is full. The two holds.
class setting {
public:
  setting(live_node& node, std::string fields)
      : client_(node.port()), fields_(std::move(fields)) {
    const auto path = record_path(sku);
    ask(put(path, R"({"onHand":1000})", if_new));
    ask(put(record_path("full"), R"({"onHand":1000000000000000})", if_new));
    const auto reserve = post(path + "/reserve", R"({"quantity":2})");
    released = ref_of(ask(reserve));
    held = ref_of(ask(reserve));
    ask(post(path + "/release", R"({"reservationId":")" + id_ + R"("})"));
    std::swap(released, held);
    ask(post(path + "/adjust", R"({"delta":1})", keyed("taken")));
  }

  reservation_ref released;
  reservation_ref held;

private:
  json ask(request what) {
    what.fields += fields_;
    const auto answer = client_.ask(what);
    REQUIRE(answer.status < 300);
    return body_of(answer);
  }
  reservation_ref ref_of(const json& made) {
    id_ = made["reservation"]["reservationId"];
    return parse_reservation_id(id_).value().ref;
  }

  caller client_;
  std::string fields_;
  std::string id_;
};

} // namespace

dead_letter letter_about(action what, const std::string& of,
                         std::int64_t amount) {
  dead_letter letter;
  letter.ask.from.what = what;
  letter.ask.from.store = "store-1";
  letter.ask.from.sku = of;
  letter.ask.amount = amount;
  letter.cause = "a defect";
  letter.attempts = 4;
  letter.first_ms = 1'764'300'000'000;
  letter.last_ms = 1'764'300'000'700;
  return letter;
}

void bury(live_node& node, const std::vector<dead_letter>& letters) {
  node.stop();
  storage::journal_options options;
  options.data_dir = node.directory() + "/data";
  options.node_name = "n1";
  auto log = storage::open_sqlite_journal(options);
  log->begin();
  for (auto letter : letters)
    REQUIRE(log->bury(letter));
  log->commit();
  log.reset();
  node.start();
}

std::vector<std::pair<std::string, int>> seed_letters(live_node& node,
                                                      std::string fields) {
  const setting made{node, std::move(fields)};
  std::vector<dead_letter> letters;
  std::vector<std::pair<std::string, int>> expected;
  const auto add = [&](int status, dead_letter letter) -> command& {
    letters.push_back(std::move(letter));
    expected.emplace_back(std::to_string(letters.size()), status);
    return letters.back().ask;
  };
  const auto about = letter_about;
  add(200, about(action::adjust, sku, 1)).from.actor = "till-1";
  add(201, about(action::reserve, sku, 1)).owner = "basket-9";
  auto& made_new = add(201, about(action::count, "letters-new", absent));
  made_new.on_hand = 5;
  made_new.if_none_match.is = etag_condition::kind::any;
  add(200, about(action::release, sku, 1)).reservation = made.held;
  add(409, about(action::reserve, sku, 100'000));
  add(409, about(action::adjust, sku, 1)).expected_version = 999;
  add(409, about(action::commit, sku, absent)).reservation = made.released;
  add(409, about(action::commit, sku, 5)).reservation = made.held;
  add(409, about(action::adjust, "full", 1));
  add(412, about(action::adjust, sku, 1)).if_match = {
      etag_condition::kind::list, {999}};
  add(404, about(action::adjust, "letters-none", -1));
  add(404, about(action::adjust, sku, 1)).from.store = "nowhere";
  add(404, about(action::commit, sku, 1)).reservation = {900, 900};
  auto& taken = add(422, about(action::adjust, sku, 2)).from;
  taken.key = "taken";
  taken.fingerprint.fill(1);
  bury(node, letters);
  return expected;
}

} // namespace holdfast::live
