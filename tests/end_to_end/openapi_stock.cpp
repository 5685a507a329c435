// Records and reservations, driven through what the document says of them.
#include "tests/end_to_end/openapi_parts.hpp"

#include <doctest/doctest.h>

#include "tests/end_to_end/live_node.hpp"

namespace holdfast::live {

namespace {

constexpr auto unknown_hold = "/api/reservations/9.9~store-1~ODUxMjNB";

/// `more` is one more member.
std::string hold_body(const json& made, const std::string& more) {
  const auto id = made["reservation"]["reservationId"].get<std::string>();
  return R"({"reservationId":")" + id + '"' + (more.empty() ? "" : ",") + more
         + '}';
}

std::string hold_path(const json& made) {
  return "/api/reservations/"
         + made["reservation"]["reservationId"].get<std::string>();
}

/// Every write of a record that names a wrong version.
void drive_versions(exact_caller& client, const std::string& path,
                    const std::string& body) {
  auto stale = body;
  stale.insert(1, R"("expectedVersion":999,)");
  client.ask(post(path, stale), 409);
  client.ask(post(path, body, if_match(999)), 412);
}

void drive_counts(exact_caller& client, const std::string& path) {
  client.ask_again(put(path, R"({"onHand":10,"safetyStock":1})", if_new), 201,
                   R"({"onHand":11})");
  client.ask_again(put(path, R"({"onHand":20,"reason":"r"})", if_match(1)), 200,
                   R"({"onHand":21})");
  client.ask(put(path, R"({"onHand":20})"), 428);
  client.ask(put(record_path(fresh_name("none")), R"({"onHand":20})"), 428);
  client.ask(put(path, R"({"onHand":20})", if_new), 412);
  client.ask(
      put(record_path(fresh_name("none")), R"({"onHand":20})", if_match(1)),
      412);
  client.ask(put(record_path("a", "nowhere"), R"({"onHand":1})", if_new), 404);
}

void drive_adjusts(exact_caller& client, const std::string& path) {
  const auto adjust = path + "/adjust";
  client.ask_again(post(adjust, R"({"delta":5,"reference":"f"})"), 200,
                   R"({"delta":6})");
  client.ask_again(post(adjust, R"({"delta":-1000})"), 409, R"({"delta":-1})");
  drive_versions(client, adjust, R"({"delta":1})");
  client.ask(
      post(record_path(fresh_name("none")) + "/adjust", R"({"delta":-1})"),
      404);
  client.ask(post(record_path("a", "nowhere") + "/adjust", R"({"delta":1})"),
             404);
  const auto full = record_path(fresh_name("full"));
  client.ask(put(full, R"({"onHand":1000000000000000})", if_new), 201);
  client.ask(post(full + "/adjust", R"({"delta":1})"), 409);
}

void drive_reserves(exact_caller& client, const std::string& path) {
  const auto reserve = path + "/reserve";
  const auto whole = R"({"quantity":2,"ttlSeconds":60,"owner":"o",)"
                     R"("reason":"r","reference":"f"})";
  client.ask_again(post(reserve, whole), 201, R"({"quantity":3})");
  client.ask(post(reserve, R"({"quantity":1000})"), 409);
  drive_versions(client, reserve, R"({"quantity":1})");
  client.ask(
      post(record_path(fresh_name("none")) + "/reserve", R"({"quantity":1})"),
      404);
  client.ask(
      post(record_path("a", "nowhere") + "/reserve", R"({"quantity":1})"), 404);
  // What is held must be covered.
  client.ask(put(path, R"({"onHand":0})", "If-Match: *\r\n"), 409);
}

/// One way to end a hold, through its record (`by_id` false) or by its id.
struct ending {
  exact_caller& client;
  std::string path;
  std::string verb;
  bool by_id;

  json held(const std::string& body = R"({"quantity":4})") const {
    return client.ask(post(path + "/reserve", body), 201);
  }
  std::string target(const json& made) const {
    return (by_id ? hold_path(made) : path) + verb;
  }
  std::string body(const json& made, const std::string& more) const {
    return by_id ? "{" + more + "}" : hold_body(made, more);
  }
  json ask(const json& made, const std::string& more, int status) const {
    return client.ask(post(target(made), body(made, more)), status);
  }

  void drive() const;
};

void ending::drive() const {
  const auto made = held();
  ask(made, R"("quantity":5)", 409);
  drive_versions(client, target(made), body(made, R"("quantity":1)"));
  client.ask_again(post(target(made), body(made, R"("quantity":1)")), 200,
                   body(made, R"("quantity":2)"));
  const auto other = held();
  const auto opposite = verb == "/commit" ? "/release" : "/commit";
  client.ask(post(hold_path(other) + opposite, ""), 200);
  ask(other, "", 409);
  auto none = made;
  none["reservation"]["reservationId"] = "9.9~store-1~ODUxMjNB";
  ask(none, "", 404);
  if (by_id)
    none["reservation"]["reservationId"] = "9.9~nowhere~ODUxMjNB";
  client.ask(post(by_id ? target(none) : record_path("a", "nowhere") + verb,
                  body(none, "")),
             404);
  if (verb != "/commit")
    return;
  const auto late = record_path(fresh_name("late"));
  client.ask(put(late, R"({"backorderLimit":9})", if_new), 201);
  const ending backorder{client, late, verb, by_id};
  backorder.ask(backorder.held(), "", 409);
}

void drive_extensions(exact_caller& client, const std::string& path) {
  const auto made =
      client.ask(post(path + "/reserve", R"({"quantity":1})"), 201);
  const auto extend = hold_path(made) + "/extend";
  client.ask_again(post(extend, R"({"ttlSeconds":60})"), 200,
                   R"({"ttlSeconds":61})");
  drive_versions(client, extend, R"({"ttlSeconds":60})");
  client.ask(get(hold_path(made)), 200);
  client.ask(post(hold_path(made) + "/commit", "{}"), 200);
  client.ask(post(extend, R"({"ttlSeconds":60})"), 409);
  client.ask(get(hold_path(made)), 200);
  client.ask(
      post(std::string{unknown_hold} + "/extend", R"({"ttlSeconds":60})"), 404);
  const std::string elsewhere = "/api/reservations/9.9~nowhere~ODUxMjNB";
  client.ask(post(elsewhere + "/extend", R"({"ttlSeconds":60})"), 404);
  client.ask(get(elsewhere), 404);
  client.ask(get(unknown_hold), 404);
}

} // namespace

void drive_records(exact_caller& client) {
  const auto path = record_path(fresh_name("record"));
  client.ask(get(path), 404);
  drive_counts(client, path);
  client.ask(get(path), 200);
  client.ask(get(path, "If-None-Match: \"2\"\r\n"), 304);
  client.ask(get(path, if_match(1)), 412);
  client.ask(get(record_path("a", "nowhere")), 404);
  drive_adjusts(client, path);
  drive_reserves(client, path);
}

void drive_reservations(exact_caller& client) {
  const auto path = record_path(fresh_name("held"));
  client.ask(put(path, R"({"onHand":1000})", if_new), 201);
  for (const auto* verb : {"/release", "/commit"})
    for (const bool by_id : {false, true})
      ending{client, path, verb, by_id}.drive();
  drive_extensions(client, path);
}

} // namespace holdfast::live
