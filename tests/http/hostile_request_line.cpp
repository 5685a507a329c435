#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

constexpr std::string_view rest = "\r\nHost: localhost\r\n\r\n";

std::string line(std::string_view text) {
  return std::string{text} + std::string{rest};
}

void add_methods(hostile_cases& rows) {
  for (const auto* method :
       {"CONNECT",         "get",  "Get",    "post",     "PROPFIND", "PURGE",
        "MKCOL",           "LOCK", "SEARCH", "M-SEARCH", "LINK",     "BREW",
        "QUERY",           "G",    "GE",     "GETT",     "POSTX",    "HEADER",
        "!#$%&'*+-.^_`|~", "0"})
    rows.push_back(refused("method " + std::string{method},
                           line(std::string{method} + " / HTTP/1.1"), 501));
  rows.push_back(refused("CONNECT with an authority",
                         line("CONNECT localhost:80 HTTP/1.1"), 501));
  rows.push_back(
      refused("a method without an end", std::string(20'000, 'A'), 501));
  rows.push_back(refused("a method of 33 characters",
                         line(std::string(33, 'M') + " / HTTP/1.1"), 501));
  for (const char byte : std::string_view{"\0\x01\t\x0b\x7f\x80\xff\"(),/:;<="
                                          ">?@[\\]{}",
                                          24}) {
    auto raw = line("GET / HTTP/1.1");
    raw[1] = byte;
    rows.push_back(
        refused("byte " + std::to_string(static_cast<unsigned char>(byte))
                    + " in the method",
                raw, 400));
  }
}

void add_spaces(hostile_cases& rows) {
  for (const auto* text :
       {" GET / HTTP/1.1", "\tGET / HTTP/1.1", "GET  / HTTP/1.1",
        "GET\t/ HTTP/1.1", "GET /  HTTP/1.1", "GET /\tHTTP/1.1",
        "GET / HTTP/1.1 ", "GET / HTTP/1.1\t", "GET  HTTP/1.1", "GET HTTP/1.1",
        "GET / / HTTP/1.1", "GET", "GET /", "GET / ", "/ HTTP/1.1",
        "HTTP/1.1 200 OK", "GET / HTTP/1.1 GET / HTTP/1.1"})
    rows.push_back(
        refused("request line <" + std::string{text} + ">", line(text), 400));
}

void add_unknown_versions(hostile_cases& rows) {
  for (const auto* version :
       {"HTTP/0.9", "HTTP/1.2", "HTTP/1.9", "HTTP/2.0", "HTTP/2.1", "HTTP/3.0",
        "HTTP/0.0", "HTTP/9.9", "HTTP/0.1"})
    rows.push_back(refused("version " + std::string{version},
                           line("GET / " + std::string{version}), 505));
  for (const auto* version :
       {"http/1.1",  "Http/1.1",   "HTTP/1",    "HTTP/1.",   "HTTP/1.10",
        "HTTP/11.1", "HTTP/01.1",  "HTTP/2",    "HTTP/1,1",  "HTTP1.1",
        "HTTPS/1.1", "HTTP/1.1.1", "HTTP/ 1.1", "HTTP /1.1", "HTTP/a.b",
        "HTTP/-1.1", "HTTP/+1.1",  "ICY/1",     "FTP/1.1",   "HTTP/1.1x",
        "XHTTP/1.1", "HTTP/1.\xb9"})
    rows.push_back(refused("version " + std::string{version},
                           line("GET / " + std::string{version}), 400));
}

void add_ends_of_line(hostile_cases& rows) {
  rows.push_back(refused("bare LF after the request line",
                         "GET / HTTP/1.1\nHost: localhost\r\n\r\n", 400));
  rows.push_back(
      refused("LF everywhere", "GET / HTTP/1.1\nHost: localhost\n\n", 400));
  rows.push_back(refused("bare CR after the request line",
                         "GET / HTTP/1.1\rHost: localhost\r\n\r\n", 400));
  rows.push_back(refused("CR CR LF after the request line",
                         "GET / HTTP/1.1\r\r\nHost: localhost\r\n\r\n", 400));
  rows.push_back(refused("LF CR after the request line",
                         "GET / HTTP/1.1\n\rHost: localhost\r\n\r\n", 400));
  rows.push_back(refused("bare LF before the request line",
                         std::string{"\n"} + line("GET / HTTP/1.1"), 400));
  rows.push_back(refused("bare CR before the request line",
                         std::string{"\r"} + line("GET / HTTP/1.1"), 400));
  rows.push_back(refused("three empty lines before the request line",
                         "\r\n\r\n\r\n" + line("GET / HTTP/1.1"), 400));
  rows.push_back(refused("a version of HTTP/0.9 style", "GET /\r\n", 400));
  rows.push_back(
      refused("CR inside the target", line("GET /a\rb HTTP/1.1"), 400));
  rows.push_back(refused("a blank at the line of the version's end",
                         "GET / HTTP/1.1 \r\nHost: localhost\r\n\r\n", 400));
}

} // namespace

hostile_cases request_line_cases() {
  hostile_cases rows;
  add_methods(rows);
  add_spaces(rows);
  add_unknown_versions(rows);
  add_ends_of_line(rows);
  return rows;
}

} // namespace holdfast::http
