#include "tests/end_to_end/replays.hpp"

#include <doctest/doctest.h>

#include "tests/end_to_end/checks.hpp"

namespace holdfast::live {

namespace {

std::string without_instance(const raw_response& answer) {
  if (answer.status < 400)
    return answer.body;
  auto body = body_of(answer);
  body.erase("instance");
  return body.dump();
}

/// Sends requests and keeps them; every key is another.
struct script {
  caller& client;
  std::string path;
  std::vector<played> all;

  json send(int status, request what) {
    what.fields += keyed(path + "#" + std::to_string(all.size()));
    CAPTURE(what.target);
    CAPTURE(what.body);
    auto answer = client.ask(what);
    CHECK(answer.status == status);
    CHECK(answer.field("Idempotent-Replayed").empty());
    auto body = body_of(answer);
    all.push_back({std::move(what), std::move(answer)});
    return body;
  }
  std::string reserve(const std::string& more = {}) {
    return send(201, post(path + "/reserve",
                          R"({"quantity":3)" + more
                              + '}'))["reservation"]["reservationId"];
  }
  std::uint64_t version() {
    return body_of(client.ask(get(path)))["version"];
  }
};

void play_stock(script& to) {
  const auto& path = to.path;
  to.send(200, post(path + "/adjust", R"({"delta":50,"reason":"é\""})"));
  to.send(409, post(path + "/adjust", R"({"delta":-1000})"));
  to.send(409, post(path + "/adjust", R"({"delta":1,"expectedVersion":0})"));
  to.send(412, post(path + "/adjust", R"({"delta":1})", if_new));
  to.send(200, put(path, R"({"onHand":60})", if_match(to.version())));
  to.send(412, put(path, R"({"onHand":60})", if_match(9'999)));
  to.send(409, post(path + "/reserve", R"({"quantity":1000000})"));
  const auto fresh = path + "-fresh";
  to.send(404, post(fresh + "/adjust", R"({"delta":-1})"));
  to.send(404, post(fresh + "/reserve", R"({"quantity":1})"));
  to.send(201, put(fresh, R"({"onHand":1})", if_new));
}

void play_holds(script& to) {
  for (const bool by_id : {false, true}) {
    const auto act = [&](int status, const std::string& id, const char* verb,
                         const std::string& body = {}) {
      const auto in_path = "/api/reservations/" + id + verb;
      const auto member = R"("reservationId":")" + id + '"';
      const auto comma = body.empty() ? "" : ",";
      to.send(status,
              by_id ? post(in_path, '{' + body + '}')
                    : post(to.path + verb, '{' + member + comma + body + '}'));
    };
    const auto first = to.reserve(R"(,"owner":"o","ttlSeconds":9000)");
    act(200, first, "/release", R"("quantity":1)");
    act(409, first, "/commit", R"("quantity":3)");
    act(200, first, "/commit", R"("quantity":1)");
    act(200, first, "/commit");
    act(409, first, "/release");
    const auto second = to.reserve(R"(,"reference":"r")");
    act(200, second, "/release");
    act(200, second, "/release");
    act(404, "9.9~store-1~QQ", "/release");
  }
  const auto third = "/api/reservations/" + to.reserve() + "/extend";
  to.send(200, post(third, R"({"ttlSeconds":9000})"));
}

} // namespace

void check_replay(const raw_response& again, const played& first) {
  CAPTURE(first.what.method);
  CAPTURE(first.what.target);
  CAPTURE(first.what.body);
  CHECK(again.status == first.answer.status);
  CHECK(again.reason == first.answer.reason);
  CHECK(without_instance(again) == without_instance(first.answer));
  for (const auto* name : {"ETag", "Location", "Content-Type"})
    CHECK(again.field(name) == first.answer.field(name));
  CHECK(again.field("Idempotent-Replayed") == "true");
}

std::vector<played> play_everything(caller& client, const std::string& sku) {
  script to{client, record_path(sku), {}};
  play_stock(to);
  play_holds(to);
  return std::move(to.all);
}

} // namespace holdfast::live
