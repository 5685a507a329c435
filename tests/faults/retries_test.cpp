// Requests that come twice, out of order, and whose answers are lost.
#include <doctest/doctest.h>

#include <algorithm>
#include <future>
#include <map>

#include <nlohmann/json.hpp>

#include "tests/faults/campaign.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using engine = std::mt19937_64;

constexpr std::size_t threads = 8;
/// Each key is sent that often before it is settled, and twice after.
constexpr unsigned copies = 3;
constexpr unsigned sends = copies + 2;
constexpr unsigned skus = 5;
/// How far a copy may get away from its key.
constexpr std::size_t disorder = 200;

/// One request and whatever was answered to its copies.
struct request {
  std::string target;
  std::string body;
  std::string other_body;
  std::string key;
  std::vector<http_result> answers;
};

request make_request(unsigned number, engine& random) {
  request made;
  const auto does_reserve = random() % 2 == 0;
  const auto amount = std::to_string(1 + random() % 3);
  made.target = "/api/inventory/stores/store-1/inventory/sku-"
                + std::to_string(random() % skus)
                + (does_reserve ? "/reserve" : "/adjust");
  const std::string member = does_reserve ? R"({"quantity":)" : R"({"delta":)";
  made.body = member + amount + "}";
  made.other_body = member + amount + "0}";
  made.key = "key-" + std::to_string(number);
  return made;
}

http_result send(http_client& to, const request& of, const std::string& body) {
  return to.ask("POST", of.target, body, {{"Idempotency-Key", of.key}});
}

/// Asks and is gone before the answer is there.
void send_and_leave(std::uint16_t port, const request& of) {
  raw_client gone{port};
  gone.send("POST " + of.target + " HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nIdempotency-Key: " + of.key
            + "\r\nContent-Length: " + std::to_string(of.body.size())
            + "\r\n\r\n" + of.body);
  gone.reset();
}

bool is_in_flight(const http_result& got) {
  return got.status() == 409
         && got.response.body.find("idempotency_in_flight")
                != std::string::npos;
}

bool is_replay(const http_result& got) {
  return !got.response.field("Idempotent-Replayed").empty();
}

/// Copies of all requests in an order in which none comes far from the others.
std::vector<std::size_t> make_order(std::size_t requests, engine& random) {
  std::multimap<std::size_t, std::size_t> places;
  for (std::size_t i = 0; i < requests * copies; ++i)
    places.emplace(i + random() % disorder, i / copies);
  std::vector<std::size_t> order;
  for (const auto& [place, index] : places)
    order.push_back(index);
  return order;
}

/// Of an answer everything that has to be the same for every copy.
std::string essence(const http_result& got) {
  auto body = nlohmann::json::parse(got.response.body);
  body.erase("instance");
  return std::to_string(got.status()) + body.dump() + got.response.field("ETag")
         + got.response.field("Location");
}

using answers = std::vector<std::pair<std::size_t, http_result>>;

/// Sends every `threads`th copy, from number `first`; of some it does not want
/// to know the answer.
answers send_share(std::uint16_t port, const std::vector<request>& all,
                   const std::vector<std::size_t>& order, std::size_t first,
                   std::uint64_t seed) {
  engine random{seed};
  http_client to{port};
  answers got;
  for (auto at = first; at < order.size(); at += threads) {
    const auto& of = all[order[at]];
    if (random() % 4 == 0)
      send_and_leave(port, of);
    else
      got.emplace_back(order[at], send(to, of, of.body));
  }
  return got;
}

figures send_all(std::uint16_t port, std::vector<request>& all,
                 engine& random) {
  const auto order = make_order(all.size(), random);
  std::vector<std::future<answers>> senders;
  for (std::size_t first = 0; first < threads; ++first)
    senders.push_back(std::async(std::launch::async, send_share, port,
                                 std::cref(all), std::cref(order), first,
                                 random()));
  auto lost = static_cast<double>(order.size());
  double put_off = 0;
  // Those who still send do not look at the answers.
  for (auto& each : senders)
    for (auto& [index, answer] : each.get()) {
      --lost;
      if (is_in_flight(answer))
        ++put_off;
      else
        all[index].answers.push_back(std::move(answer));
    }
  return {{"answers_lost", lost}, {"told_in_flight", put_off}};
}

/// Asks once more, by now for the stored answer, and for something else.
void settle(http_client& to, request& of) {
  CAPTURE(of.key);
  const auto is_told_again = [&] {
    const auto got = send(to, of, of.body);
    if (!is_in_flight(got))
      of.answers.push_back(got);
    return is_replay(got);
  };
  CHECK(wait_until(is_told_again));
  const auto other = send(to, of, of.other_body);
  CHECK(other.status() == 422);
  CHECK(other.response.body.find("idempotency_mismatch") != std::string::npos);
}

/// Equal answers, of which one at most was not a replay. True if it changed
/// something.
bool judge_answers(const request& of) {
  CAPTURE(of.key);
  REQUIRE(!of.answers.empty());
  const auto expected = essence(of.answers.front());
  unsigned fresh = 0;
  for (const auto& each : of.answers) {
    CHECK(essence(each) == expected);
    fresh += is_replay(each) ? 0 : 1;
  }
  CHECK(fresh <= 1);
  const auto status = of.answers.front().status();
  CHECK((status == 200 || status == 201 || status == 404 || status == 409));
  return status < 300;
}

} // namespace

TEST_CASE("however often a request comes, it has one effect and one answer") {
  auto random = seeded_engine();
  const auto retries = count_from_environment("FAULT_RETRIES", 10'000);
  campaign trial{plan_of(random()), in_memory()};
  trial.start();
  std::vector<request> all;
  for (unsigned number = 0; number < std::max(1u, retries / sends); ++number)
    all.push_back(make_request(number, random));
  const auto measured = send_all(trial.node().port(), all, random);
  http_client to{trial.node().port()};
  for (auto& each : all)
    settle(to, each);
  trial.node().program().kill();
  std::map<std::string, unsigned> effects;
  for (const auto& change : dump(trial.data_dir()))
    ++effects[change.from.key];
  std::size_t changes = 0;
  for (const auto& each : all) {
    const auto changed = judge_answers(each);
    changes += changed ? 1 : 0;
    CHECK(effects[each.key] == (changed ? 1u : 0u));
  }
  CHECK(changes > 0);
  CHECK(run_verify(trial.directory()).exit_code == 0);
  tell("duplicated, reordered, lost-answer retries", all.size() * sends,
       measured);
}
