#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

constexpr std::string_view body = R"({"delta":1})";

void add_length_values(hostile_cases& rows) {
  for (const auto* value : {"",
                            " ",
                            "\t",
                            "+11",
                            "11\t",
                            "11 \t",
                            "-1",
                            "-0",
                            "11a",
                            "a11",
                            "0x0b",
                            "1e1",
                            "11.0",
                            "11,",
                            ",11",
                            "11, 11",
                            "11,11",
                            "11,12",
                            "1 1",
                            "11;",
                            "\"11\"",
                            "11\v",
                            "0b11",
                            "1_1",
                            "١",
                            "ten",
                            "null",
                            "99999999999999999999x",
                            "18446744073709551627x",
                            "1\xb2"})
    rows.push_back(refused(
        "Content-Length <" + std::string{value} + ">",
        post_with("Content-Length: " + std::string{value} + "\r\n", body),
        400));
}

void add_repeats(hostile_cases& rows) {
  for (const auto* fields :
       {"Content-Length: 11\r\nContent-Length: 11\r\n",
        "Content-Length: 11\r\nContent-Length: 12\r\n",
        "Content-Length: 0\r\nContent-Length: 11\r\n",
        "content-length: 11\r\nCONTENT-LENGTH: 11\r\n",
        "Content-Length: 11\r\nX-Y: 1\r\nContent-Length:\r\n"})
    rows.push_back(refused("repeated length " + std::to_string(rows.size()),
                           post_with(fields, body), 400));
}

void add_sizes(hostile_cases& rows) {
  for (const auto* size :
       {"65537", "100000", "4294967295", "4294967296", "4294967307",
        "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "18446744073709551627", "99999999999999999999999999999999", "00065537"})
    rows.push_back(refused(
        "a body of " + std::string{size} + " bytes announced",
        post_with("Content-Length: " + std::string{size} + "\r\n", ""), 413));
  rows.push_back(refused(
      "a body of 65,537 bytes sent",
      post_with("Content-Length: 65537\r\n", std::string(65'537, ' ')), 413));
  rows.push_back(refused(
      "a body of 500,000 bytes sent",
      post_with("Content-Length: 500000\r\n", std::string(500'000, ' ')), 413));
  rows.push_back(refused("a body too large that waits to be asked for",
                         post_with("Content-Length: 65537\r\n"
                                   "Expect: 100-continue\r\n",
                                   ""),
                         413));
}

void add_absent(hostile_cases& rows) {
  rows.push_back(refused("POST without a length", post_with("", ""), 411));
  rows.push_back(
      refused("POST without a length, with a body", post_with("", body), 411));
  rows.push_back(refused("POST without a length on 1.0",
                         "POST / HTTP/1.0\r\nHost: a\r\n\r\n", 411));
  rows.push_back(refused("PUT without a length",
                         "PUT / HTTP/1.1\r\nHost: a\r\n\r\n", 411));
  rows.push_back(refused("POST with a length in a name alike",
                         post_with("Content-Lenght: 11\r\n", body), 411));
  rows.push_back(refused("POST with a length in a longer name",
                         post_with("X-Content-Length: 11\r\n", body), 411));
}

void add_bodies(hostile_cases& rows) {
  for (const auto* method : {"GET", "HEAD", "DELETE", "TRACE"})
    for (const auto* length : {"1", "11", "65536"})
      rows.push_back(refused(std::string{method} + " with a body of " + length,
                             std::string{method}
                                 + " / HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                 + length + "\r\n\r\n" + std::string{body},
                             400));
}

} // namespace

hostile_cases length_cases() {
  hostile_cases rows;
  add_length_values(rows);
  add_repeats(rows);
  add_sizes(rows);
  add_absent(rows);
  add_bodies(rows);
  return rows;
}

} // namespace holdfast::http
