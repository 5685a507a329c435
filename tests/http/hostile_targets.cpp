#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

void add_bytes(hostile_cases& rows) {
  // CR, LF and the blank end the target or the line: judged elsewhere.
  const auto add = [&rows](int byte) {
    if (byte != '\r' && byte != '\n' && byte != ' ')
      rows.push_back(refused("byte " + std::to_string(byte) + " in the target",
                             get_target(std::string{"/a"} + char(byte) + "b"),
                             400));
  };
  for (int byte = 0; byte < 0x21; ++byte)
    add(byte);
  for (const int byte : {0x7f, 0x80, 0x85, 0xa0, 0xc3, 0xe2, 0xfe, 0xff})
    add(byte);
}

void add_forms(hostile_cases& rows) {
  for (const auto* target : {"*",
                             "**",
                             "index.html",
                             "api/health",
                             "localhost",
                             "localhost:80",
                             "127.0.0.1:80",
                             "?",
                             "?a=b",
                             ".",
                             "..",
                             ":80",
                             "[::1]:80",
                             "\\",
                             "\\api\\health",
                             "%2Fapi",
                             "ftp://localhost/",
                             "file:///etc/passwd",
                             "ws://localhost/",
                             "gopher://localhost/",
                             "javascript:0",
                             "mailto:a@b",
                             "http",
                             "http:",
                             "http:/",
                             "http://",
                             "http:///",
                             "http:///api/health",
                             "http:/localhost/",
                             "http//localhost",
                             "https://",
                             "httpx://localhost/",
                             "http://?a",
                             "http://:80/",
                             "http://user@localhost/",
                             "http://user:pw@localhost/",
                             "http://local host/",
                             "http://localhost:port/",
                             "http://localhost:80:80/",
                             "http://localhost:65536/",
                             "http://[::1/",
                             "http://[::1]x/",
                             "http://[g::1]/",
                             "http://a[::1]/",
                             "http://local,host/",
                             "http://local%host/",
                             "http://local%2/",
                             "http://localhost\\/",
                             "http://local\"host/",
                             "http://<localhost>/"})
    rows.push_back(
        refused("target " + std::string{target}, get_target(target), 400));
  for (const auto* target :
       {"#", "/#", "/a#b", "/api/health#top", "/a?b#c", "/a#b?c",
        "http://localhost/#a", "http://localhost#a", "#/"})
    rows.push_back(
        refused("fragment in " + std::string{target}, get_target(target), 400));
  rows.push_back(refused("an asterisk and more for OPTIONS",
                         "OPTIONS *a HTTP/1.1\r\nHost: localhost\r\n\r\n",
                         400));
  rows.push_back(refused("an asterisk and a path for OPTIONS",
                         "OPTIONS */ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                         400));
}

void add_lengths(hostile_cases& rows) {
  rows.push_back(refused("a target of 2,049 bytes",
                         get_target("/" + std::string(2048, 'a')), 414));
  rows.push_back(refused("a target without an end",
                         "GET /" + std::string(100'000, 'a'), 414));
  rows.push_back(refused("a query of 10,000 bytes",
                         get_target("/?" + std::string(10'000, 'q')), 414));
  rows.push_back(
      refused("an absolute target of 2,049 bytes",
              get_target("http://localhost/" + std::string(2032, 'a')), 414));
  rows.push_back(refused("an authority of 3,000 bytes",
                         get_target("http://" + std::string(3000, 'a')), 414));
  rows.push_back(refused("a bad byte after a target too long",
                         get_target("/" + std::string(2048, 'a') + "\x01"),
                         414));
  rows.push_back(refused("a bad byte before a target too long",
                         get_target("/\x01" + std::string(2048, 'a')), 400));
}

} // namespace

hostile_cases target_cases() {
  hostile_cases rows;
  add_bytes(rows);
  add_forms(rows);
  add_lengths(rows);
  return rows;
}

} // namespace holdfast::http
