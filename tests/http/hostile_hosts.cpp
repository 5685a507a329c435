#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

void add_counts(hostile_cases& rows) {
  rows.push_back(refused("no Host on 1.1", get_without_host(""), 400));
  rows.push_back(
      refused("no Host among other fields",
              get_without_host("X-Host: a\r\nHos: b\r\nHostt: c\r\n"), 400));
  rows.push_back(
      refused("two Host, the same", get_with("Host: localhost\r\n"), 400));
  rows.push_back(
      refused("two Host, different", get_with("Host: evil\r\n"), 400));
  rows.push_back(refused("two Host, one in capitals",
                         get_with("HOST: localhost\r\n"), 400));
  rows.push_back(
      refused("two Host, the second empty", get_with("Host:\r\n"), 400));
  rows.push_back(refused(
      "three Host", get_with("Host: localhost\r\nHost: localhost\r\n"), 400));
  rows.push_back(refused("two Host on 1.0",
                         "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400));
  rows.push_back(
      refused("a bad Host on 1.0", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", 400));
  rows.push_back(refused("absolute target and no Host",
                         "GET http://localhost/ HTTP/1.1\r\n\r\n", 400));
  rows.push_back(refused("POST and no Host",
                         "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 400));
}

void add_host_values(hostile_cases& rows) {
  for (const auto* host : {"a b",
                           "a\tb",
                           "a,b",
                           "a, b",
                           ",",
                           "localhost,",
                           "user@localhost",
                           "user:pw@localhost",
                           "@",
                           "http://localhost",
                           "localhost/",
                           "localhost/path",
                           "/",
                           "localhost?x",
                           "localhost#x",
                           "localhost\\",
                           "localhost:port",
                           "localhost:80:80",
                           "localhost:-1",
                           "localhost:65536",
                           "localhost:999999999999",
                           "localhost: 80",
                           "localhost :80",
                           "[::1",
                           "::1",
                           "[::1]x",
                           "[::1]:x",
                           "[g::1]",
                           "a[::1]",
                           "[",
                           "]",
                           "[]]",
                           "%",
                           "%4",
                           "%zz",
                           "local%host",
                           "\"localhost\"",
                           "<localhost>",
                           "local|host",
                           "local^host",
                           "local`host",
                           "{localhost}",
                           "l\xc3\xb6"
                           "calhost",
                           "localhost\xff"})
    rows.push_back(
        refused("Host <" + std::string{host} + ">",
                get_without_host("Host: " + std::string{host} + "\r\n"), 400));
}

} // namespace

hostile_cases host_cases() {
  hostile_cases rows;
  add_counts(rows);
  add_host_values(rows);
  return rows;
}

} // namespace holdfast::http
