// Records and reservations, driven through what the document says of them.
#include "tests/end_to_end/documented_node.hpp"

#include <doctest/doctest.h>

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
void drive_versions(documented_node& node, const std::string& path,
                    const std::string& body) {
  auto stale = body;
  stale.insert(1, R"("expectedVersion":999,)");
  node.ask(post(path, stale), 409);
  node.ask(post(path, body, if_match(999)), 412);
}

void drive_counts(documented_node& node, const std::string& path) {
  node.ask_again(put(path, R"({"onHand":10,"safetyStock":1})", if_new), 201,
                 R"({"onHand":11})");
  node.ask_again(put(path, R"({"onHand":20,"reason":"r"})", if_match(1)), 200,
                 R"({"onHand":21})");
  node.ask(put(path, R"({"onHand":20})"), 428);
  node.ask(put(record_path(fresh_name("none")), R"({"onHand":20})"), 428);
  node.ask(put(path, R"({"onHand":20})", if_new), 412);
  node.ask(
      put(record_path(fresh_name("none")), R"({"onHand":20})", if_match(1)),
      412);
  node.ask(put(record_path("a", "nowhere"), R"({"onHand":1})", if_new), 404);
}

void drive_adjusts(documented_node& node, const std::string& path) {
  const auto adjust = path + "/adjust";
  node.ask_again(post(adjust, R"({"delta":5,"reference":"f"})"), 200,
                 R"({"delta":6})");
  node.ask_again(post(adjust, R"({"delta":-1000})"), 409, R"({"delta":-1})");
  drive_versions(node, adjust, R"({"delta":1})");
  node.ask(post(record_path(fresh_name("none")) + "/adjust", R"({"delta":-1})"),
           404);
  node.ask(post(record_path("a", "nowhere") + "/adjust", R"({"delta":1})"),
           404);
  const auto full = record_path(fresh_name("full"));
  node.ask(put(full, R"({"onHand":1000000000000000})", if_new), 201);
  node.ask(post(full + "/adjust", R"({"delta":1})"), 409);
}

void drive_reserves(documented_node& node, const std::string& path) {
  const auto reserve = path + "/reserve";
  const auto whole = R"({"quantity":2,"ttlSeconds":60,"owner":"o",)"
                     R"("reason":"r","reference":"f"})";
  node.ask_again(post(reserve, whole), 201, R"({"quantity":3})");
  node.ask(post(reserve, R"({"quantity":1000})"), 409);
  drive_versions(node, reserve, R"({"quantity":1})");
  node.ask(
      post(record_path(fresh_name("none")) + "/reserve", R"({"quantity":1})"),
      404);
  node.ask(post(record_path("a", "nowhere") + "/reserve", R"({"quantity":1})"),
           404);
  // What is held must be covered.
  node.ask(put(path, R"({"onHand":0})", "If-Match: *\r\n"), 409);
}

/// One way to end a hold, through its record (`by_id` false) or by its id.
struct ending {
  documented_node& node;
  std::string path;
  std::string verb;
  bool by_id;

  json held(const std::string& body = R"({"quantity":4})") const {
    return node.ask(post(path + "/reserve", body), 201);
  }
  std::string target(const json& made) const {
    return (by_id ? hold_path(made) : path) + verb;
  }
  std::string body(const json& made, const std::string& more) const {
    return by_id ? "{" + more + "}" : hold_body(made, more);
  }
  json ask(const json& made, const std::string& more, int status) const {
    return node.ask(post(target(made), body(made, more)), status);
  }

  void drive() const;
};

void ending::drive() const {
  const auto made = held();
  ask(made, R"("quantity":5)", 409);
  drive_versions(node, target(made), body(made, R"("quantity":1)"));
  node.ask_again(post(target(made), body(made, R"("quantity":1)")), 200,
                 body(made, R"("quantity":2)"));
  const auto other = held();
  const auto opposite = verb == "/commit" ? "/release" : "/commit";
  node.ask(post(hold_path(other) + opposite, ""), 200);
  ask(other, "", 409);
  auto none = made;
  none["reservation"]["reservationId"] = "9.9~store-1~ODUxMjNB";
  ask(none, "", 404);
  if (by_id)
    none["reservation"]["reservationId"] = "9.9~nowhere~ODUxMjNB";
  node.ask(post(by_id ? target(none) : record_path("a", "nowhere") + verb,
                body(none, "")),
           404);
  if (verb != "/commit")
    return;
  const auto late = record_path(fresh_name("late"));
  node.ask(put(late, R"({"backorderLimit":9})", if_new), 201);
  const ending backorder{node, late, verb, by_id};
  backorder.ask(backorder.held(), "", 409);
}

void drive_extensions(documented_node& node, const std::string& path) {
  const auto made = node.ask(post(path + "/reserve", R"({"quantity":1})"), 201);
  const auto extend = hold_path(made) + "/extend";
  node.ask_again(post(extend, R"({"ttlSeconds":60})"), 200,
                 R"({"ttlSeconds":61})");
  drive_versions(node, extend, R"({"ttlSeconds":60})");
  node.ask(get(hold_path(made)), 200);
  node.ask(post(hold_path(made) + "/commit", "{}"), 200);
  node.ask(post(extend, R"({"ttlSeconds":60})"), 409);
  node.ask(get(hold_path(made)), 200);
  node.ask(post(std::string{unknown_hold} + "/extend", R"({"ttlSeconds":60})"),
           404);
  const std::string elsewhere = "/api/reservations/9.9~nowhere~ODUxMjNB";
  node.ask(post(elsewhere + "/extend", R"({"ttlSeconds":60})"), 404);
  node.ask(get(elsewhere), 404);
  node.ask(get(unknown_hold), 404);
}

} // namespace

void drive_records(documented_node& node) {
  const auto path = record_path(fresh_name("record"));
  node.ask(get(path), 404);
  drive_counts(node, path);
  node.ask(get(path), 200);
  node.ask(get(path, "If-None-Match: \"2\"\r\n"), 304);
  node.ask(get(path, if_match(1)), 412);
  node.ask(get(record_path("a", "nowhere")), 404);
  drive_adjusts(node, path);
  drive_reserves(node, path);
}

void drive_reservations(documented_node& node) {
  const auto path = record_path(fresh_name("held"));
  node.ask(put(path, R"({"onHand":1000})", if_new), 201);
  for (const auto* verb : {"/release", "/commit"})
    for (const bool by_id : {false, true})
      ending{node, path, verb, by_id}.drive();
  drive_extensions(node, path);
}

} // namespace holdfast::live
