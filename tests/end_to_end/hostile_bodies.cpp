#include "tests/end_to_end/hostile_calls.hpp"

namespace holdfast::live {

namespace {

using namespace std::string_literals;

request adjust(std::string body) {
  return post(record_path(hostile_sku) + "/adjust", std::move(body));
}

request reserve(std::string body) {
  return post(record_path(hostile_sku) + "/reserve", std::move(body));
}

std::string nested(std::size_t arrays) {
  return R"({"delta":1,"x":)" + std::string(arrays, '[')
         + std::string(arrays, ']') + "}";
}

} // namespace

hostile_calls syntax_calls() {
  hostile_calls rows;
  for (const auto& body : {" "s,
                           "{"s,
                           "}"s,
                           "[]"s,
                           "null"s,
                           "1"s,
                           "\"delta\""s,
                           "{\"delta\":1"s,
                           "{\"delta\":1,}"s,
                           "{\"delta\":1}}"s,
                           "{\"delta\":1} {\"delta\":1}"s,
                           "{\"delta\":1}\0"s,
                           "\0{\"delta\":1}"s,
                           "{delta:1}"s,
                           "{'delta':1}"s,
                           "{\"delta\":01}"s,
                           "{\"delta\":+1}"s,
                           "{\"delta\":7x1}"s,
                           "{\"delta\":1_000}"s,
                           "{\"delta\":NaN}"s,
                           "{\"delta\":Infinity}"s,
                           "{\"delta\":1,\"reason\":\"x}"s,
                           "{\"delta\":1}//"s,
                           "/**/{\"delta\":1}"s,
                           "\xef\xbb\xbf{\"delta\":1}"s,
                           "\xff\xfe{\0"s,
                           "[{\"delta\":1}]"s,
                           "delta=1"s,
                           std::string(65'536, '['),
                           std::string(65'536, ' '),
                           std::string(65'536, '9')})
    rows.push_back(broken(adjust(body), {""}));
  rows.push_back(broken(adjust(nested(8)), {"/x", ""}));
  rows.push_back(broken(adjust(nested(7)), {"/x"}));
  rows.push_back(broken(adjust(nested(32'000)), {"/x", ""}));
  rows.push_back(
      broken(reserve(R"({"quantity":0,"x":1,)"), {"/quantity", "/x", ""}));
  return rows;
}

hostile_calls number_calls() {
  hostile_calls rows;
  for (const auto* value :
       {"0", "-0", "1.0", "1e2", "1E0", "-1.5", "1000000001", "-1000000001",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "99999999999999999999999999", "1e999", "\"1\"", "true", "null", "[1]",
        "{}"})
    rows.push_back(
        broken(adjust(R"({"delta":)" + std::string{value} + "}"), {"/delta"}));
  for (const auto* value : {"0", "-1", "1000000001", "1.0", "\"6\"", "null"})
    rows.push_back(broken(reserve(R"({"quantity":)" + std::string{value} + "}"),
                          {"/quantity"}));
  for (const auto* value : {"0", "-1", "14401", "1e1", "false"})
    rows.push_back(broken(
        reserve(R"({"quantity":1,"ttlSeconds":)" + std::string{value} + "}"),
        {"/ttlSeconds"}));
  for (const auto* name : {"onHand", "safetyStock", "backorderLimit"})
    for (const auto* value : {"-1", "1000000000000001", "1.0", "null"})
      rows.push_back(broken(put(record_path(hostile_sku),
                                "{\"" + std::string{name} + "\":" + value + "}",
                                "If-Match: *\r\n"),
                            {"/" + std::string{name}}));
  for (const auto* value : {"-1", "9223372036854775808", "\"1\"", "null"})
    rows.push_back(broken(
        adjust(R"({"delta":1,"expectedVersion":)" + std::string{value} + "}"),
        {"/expectedVersion"}));
  return rows;
}

hostile_calls text_calls() {
  hostile_calls rows;
  for (const auto& value :
       {"1"s, "null"s, "[]"s, "\"\xff\""s, "\"\xc0\x80\""s, "\"\xed\xa0\x80\""s,
        "\"\xf4\x90\x80\x80\""s, "\"a\nb\""s, "\"a\0b\""s, R"("\u0000")"s,
        R"("\u001b[2J")"s, R"("\u0085")"s, R"("\ud800")"s, R"("\udc00\ud800")"s,
        R"("\x41")"s, R"("\u12")"s, '"' + std::string(257, 'x') + '"'})
    for (const auto* name : {"reason", "reference"})
      rows.push_back(broken(
          adjust(R"({"delta":1,")" + std::string{name} + "\":" + value + "}"),
          {"/" + std::string{name}}));
  rows.push_back(broken(
      reserve(R"({"quantity":1,"owner":")" + std::string(300, 'o') + "\"}"),
      {"/owner"}));
  return rows;
}

hostile_calls member_calls() {
  const auto release = [](std::string body) {
    return post(record_path(hostile_sku) + "/release", std::move(body));
  };
  const auto count = [](std::string body) {
    return put(record_path(hostile_sku), std::move(body), "If-Match: *\r\n");
  };
  const auto by_id = [](const std::string& verb, std::string body) {
    return post("/api/reservations/1.1~store-1~QQ" + verb, std::move(body));
  };
  return {
      broken(adjust(""), {"/delta"}),
      broken(adjust("{}"), {"/delta"}),
      broken(adjust(R"({"Delta":1})"), {"/Delta", "/delta"}),
      broken(adjust(R"({"delta":1,"delta":1})"), {"/delta"}),
      broken(adjust(R"({"delta":1,"\u0064elta":1})"), {"/delta"}),
      broken(adjust(R"({"delta":1,"quantity":1})"), {"/quantity"}),
      broken(adjust(R"({"delta":1,"__proto__":{"a":1}})"), {"/__proto__"}),
      broken(adjust(R"({"delta":1,"a/b~":1,"":2})"), {"/a~1b~0", "/"}),
      broken(adjust("{\"delta\":1,\"\xff\":1}"), {""}),
      broken(adjust(R"({"delta":null,"delta":[]})"), {"/delta", "/delta"}),
      broken(reserve("{}"), {"/quantity"}),
      broken(reserve(R"({"quantity":"x","ttlSeconds":0,"owner":1,"y":{}})"),
             {"/quantity", "/ttlSeconds", "/owner", "/y"}),
      broken(count("{}"), {""}),
      broken(count(R"({"reason":"x"})"), {""}),
      broken(count(R"({"onHand":1,"expectedVersion":1})"),
             {"/expectedVersion"}),
      broken(count(R"({"onHand":1,"available":1,"reserved":0})"),
             {"/available", "/reserved"}),
      broken(release("{}"), {"/reservationId"}),
      broken(release(R"({"reservationId":1})"), {"/reservationId"}),
      broken(release(R"({"reservationId":""})"), {"/reservationId"}),
      broken(release(R"({"reservationId":"é"})"), {"/reservationId"}),
      broken(release(R"({"reservationId":"x","quantity":0})"), {"/quantity"}),
      broken(release(R"({"reservationId":")" + std::string(257, 'x') + "\"}"),
             {"/reservationId"}),
      broken(release(R"({"reservationId":"x","delta":1})"), {"/delta"}),
      broken(by_id("/extend", ""), {"/ttlSeconds"}),
      broken(by_id("/extend", "{}"), {"/ttlSeconds"}),
      broken(by_id("/extend", R"({"ttlSeconds":0})"), {"/ttlSeconds"}),
      broken(by_id("/extend", R"({"ttlSeconds":14401})"), {"/ttlSeconds"}),
      broken(by_id("/extend", R"({"ttlSeconds":9,"quantity":1})"),
             {"/quantity"}),
      broken(by_id("/commit", R"({"reservationId":"x"})"), {"/reservationId"}),
      broken(by_id("/release", R"({"quantity":1.0})"), {"/quantity"}),
  };
}

} // namespace holdfast::live
