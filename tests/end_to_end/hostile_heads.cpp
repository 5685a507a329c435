#include <iterator>
#include <utility>

#include "tests/end_to_end/hostile_calls.hpp"

namespace holdfast::live {

namespace {

const std::string one = R"({"delta":1})";

request adjust_with(const std::string& fields) {
  return post(record_path(hostile_sku) + "/adjust", one, fields);
}

} // namespace

hostile_calls field_calls() {
  hostile_calls rows;
  for (const std::string value :
       {"", "\"\"", "\"", "a b", "\"a", "a\tb", "\"a\"b", "\xc3\xa9"})
    rows.push_back(broken(adjust_with(keyed(value)), {"Idempotency-Key"}));
  rows.push_back(
      broken(adjust_with(keyed(std::string(256, 'k'))), {"Idempotency-Key"}));
  for (const std::string value : {"", "1", "\"1", "1\"", "**", "*, \"1\"",
                                  "\"1\" \"2\"", "w/\"1\"", "\"a b\"", ","}) {
    rows.push_back(
        broken(adjust_with("If-Match: " + value + "\r\n"), {"If-Match"}));
    rows.push_back(broken(adjust_with("If-None-Match: " + value + "\r\n"),
                          {"If-None-Match"}));
  }
  for (const std::string name : {"If-Match", "If-None-Match"})
    rows.push_back(
        broken(adjust_with(name + ": *\r\n" + name + ": \"1\"\r\n"), {name}));
  rows.push_back(
      broken(adjust_with("Idempotency-Key: a\r\nIdempotency-Key: b\r\n"),
             {"Idempotency-Key"}));
  rows.push_back(broken(post(record_path(hostile_sku) + "/adjust", "{}",
                             keyed("") + "If-Match: 1\r\n"),
                        {"Idempotency-Key", "If-Match", "/delta"}));
  for (const std::string type :
       {"", "text/plain", "text/json", "application/xml", "application/json5",
        "multipart/form-data", "application/jsonapplication/json"})
    rows.push_back({adjust_with("Content-Type: " + type + "\r\n"), 415,
                    "unsupported_media_type"});
  for (const std::string coding : {"gzip", "br", "identity, gzip"})
    rows.push_back({adjust_with("Content-Encoding: " + coding + "\r\n"), 415,
                    "unsupported_media_type"});
  for (const auto* verb : {"/adjust", "/reserve", "/release", "/commit"})
    rows.push_back({post(record_path(hostile_sku) + verb, "x",
                         "Content-Type: text/plain\r\n"),
                    415, "unsupported_media_type"});
  rows.push_back({put(record_path(hostile_sku), R"({"onHand":1})"), 428,
                  "precondition_required"});
  rows.push_back({put(record_path(hostile_sku), R"({"onHand":1})",
                      "If-Match: \"999\"\r\n"),
                  412, "precondition_failed"});
  return rows;
}

hostile_calls path_calls() {
  hostile_calls rows;
  const std::string stores = "/api/inventory/stores/";
  for (const std::string sku :
       {"", "%", "%4", "%zz", "%00", "%0a", "%0d%0aX-Evil:%201", "%7f",
        "%c2%80", "%ff", "%c3", "%c0%af", "%ed%a0%80", "%f4%90%80%80", "a%2fb",
        "%2F", "..%2f..%2fetc"})
    for (const auto& what :
         {get(stores + "store-1/inventory/" + sku),
          post(stores + "store-1/inventory/" + sku + "/adjust", one)})
      rows.push_back(broken(what, {"sku"}));
  rows.push_back(broken(
      get(stores + "store-1/inventory/" + std::string(129, 'x')), {"sku"}));
  for (const std::string store :
       {"", "-a", ".a", "a%20b", "a%2fb", "%c3%a9", "%", "%00", "a~"})
    rows.push_back(
        broken(post(stores + store + "/inventory/x/adjust", one), {"storeId"}));
  rows.push_back(
      broken(get(stores + std::string(65, 's') + "/inventory/x"), {"storeId"}));
  rows.push_back(broken(get(stores + "-/inventory/%"), {"storeId", "sku"}));
  rows.push_back({post(stores + "nowhere/inventory/x/adjust", one), 404,
                  "store_not_found"});
  for (const std::string id : {"", "%", "%0a", "%c3%a9", "%00"})
    rows.push_back(broken(post("/api/reservations/" + id + "/commit", "{}"),
                          {"reservationId"}));
  rows.push_back(broken(get("/api/reservations/" + std::string(257, 'x')),
                        {"reservationId"}));
  for (const std::string id : {"x", "1.1", "1.1~store-1", "1.1~store-1~",
                               "1.1~store-1~QQ==", "0.0~store-1~QQ",
                               "99999999999999999999.1~store-1~QQ"})
    rows.push_back({post("/api/reservations/" + id + "/commit", "{}"), 404,
                    "reservation_not_found"});
  return rows;
}

hostile_calls feed_calls() {
  hostile_calls rows;
  for (const std::string value : {"", "0", "-1", "1001", "1.0", "1e2", "x",
                                  "%20", "+1", "0x10", "99999999999999999999"})
    rows.push_back(broken(get("/api/events?limit=" + value), {"limit"}));
  for (const std::string value :
       {"", "-1", "x", "1.0", "+1", "%00", "djE7bjE9MQ==", "djE7bjE9",
        "djE7bjI9MQ", "99999999999999999999999", "549755813888"})
    rows.push_back(broken(get("/api/events?after=" + value), {"after"}));
  for (const std::string value : {"", "-a", "a%20b", "%zz"})
    rows.push_back(broken(get("/api/events?storeId=" + value), {"storeId"}));
  for (const std::string value : {"", "%ff", "a%2fb", "%0a"})
    rows.push_back(broken(get("/api/events?sku=" + value), {"sku"}));
  rows.push_back(broken(get("/api/events?x=1"), {"x"}));
  rows.push_back(broken(get("/api/events?limit=1&limit=2"), {"limit"}));
  rows.push_back(
      broken(get("/api/events?limit=0&after=x&y"), {"limit", "after", "y"}));
  return rows;
}

hostile_calls all_hostile_calls() {
  hostile_calls all;
  for (auto* part : {&syntax_calls, &number_calls, &text_calls, &member_calls,
                     &field_calls, &path_calls, &feed_calls}) {
    auto rows = part();
    all.insert(all.end(), std::make_move_iterator(rows.begin()),
               std::make_move_iterator(rows.end()));
  }
  return all;
}

} // namespace holdfast::live
