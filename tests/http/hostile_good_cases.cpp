// Unusual, and right: a guard that refuses these is too strict.
#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

void add_targets(hostile_cases& rows) {
  for (const auto* target : {"/",
                             "//",
                             "//a//b",
                             "/a/../b",
                             "/%2e%2e/%00",
                             "/?",
                             "/?a=b&c=d",
                             "/a;b",
                             "/*",
                             "/:@",
                             "/a|b",
                             "/\"<>\\^`{}|",
                             "/[::1]",
                             "/%zz",
                             "/~",
                             "/a??b",
                             "/'()!$&+,=",
                             "http://localhost/",
                             "http://localhost",
                             "HTTP://LOCALHOST",
                             "http://localhost:80/api/health",
                             "https://localhost/",
                             "http://a?b",
                             "http://[::1]:80/",
                             "http://a%20b/",
                             "http://localhost:/",
                             "http://a/http://b/@"})
    rows.push_back(
        accepted("target " + std::string{target}, get_target(target)));
}

void add_fields(hostile_cases& rows) {
  for (const auto* fields : {"X-Y:\r\n",
                             "X-Y: \r\n",
                             "X-Y:1\r\n",
                             "X-Y:\t1\t\r\n",
                             "X-Y:    1    \r\n",
                             "X-Y: a\tb\r\n",
                             "X-Y: \xc3\xb6\xff\x80\r\n",
                             "!#$%&'*+-.^_`|~09azAZ: 1\r\n",
                             "X: \"\\\"\"\r\n",
                             "X: a:b:c\r\n",
                             "X: 1\r\nX: 2\r\n",
                             "Content-Length: 0\r\n",
                             "content-length:0\r\n",
                             "Content-Length: 000\r\n",
                             "Expect: 100-continue\r\n",
                             "Connection: keep-alive\r\n",
                             "Connection: upgrade\r\n",
                             "TE: chunked\r\n",
                             "Trailer: X\r\n",

                             "Http2-Settings: x\r\n",
                             "Upgrade-Insecure-Requests: 1\r\n"})
    rows.push_back(
        accepted("fields <" + std::string{fields} + ">", get_with(fields)));
}

void add_hosts(hostile_cases& rows) {
  for (const auto* host :
       {"", "localhost", "LOCALHOST", "127.0.0.1:3000", "[::1]", "[::1]:3000",
        "[::ffff:127.0.0.1]", "a.b.c.", "a:", "a:0", "a:65535", "under_score",
        "xn--nxasmq6b", "a%20b", "a!$&'()*+;=~"})
    rows.push_back(
        accepted("Host <" + std::string{host} + ">",
                 get_without_host("Host: " + std::string{host} + "\r\n")));
  rows.push_back(
      accepted("Host without a blank", get_without_host("Host:localhost\r\n")));
  rows.push_back(accepted("Host between blanks",
                          get_without_host("HOST: \t localhost \t \r\n")));
}

void add_good_versions(hostile_cases& rows) {
  rows.push_back(
      accepted_then_closed("1.0 without a Host", "GET / HTTP/1.0\r\n\r\n"));
  rows.push_back(accepted_then_closed("1.0 with a Host",
                                      "GET / HTTP/1.0\r\nHost: a\r\n\r\n"));
  rows.push_back(accepted_then_closed("1.0 that expects to be asked",
                                      "POST / HTTP/1.0\r\nContent-Length: "
                                      "2\r\nExpect: 100-continue\r\n\r\n{}"));
  rows.push_back(accepted("1.0 kept alive",
                          "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
  rows.push_back(
      accepted_then_closed("1.1 closed", get_with("Connection: close\r\n")));
}

} // namespace

hostile_cases good_cases() {
  hostile_cases rows;
  add_targets(rows);
  add_fields(rows);
  add_hosts(rows);
  add_good_versions(rows);
  for (const auto* method : {"GET", "DELETE", "OPTIONS", "PATCH", "TRACE"})
    rows.push_back(
        accepted(std::string{method},
                 std::string{method} + " / HTTP/1.1\r\nHost: a\r\n\r\n"));
  for (const auto* method : {"POST", "PUT", "PATCH", "OPTIONS"})
    rows.push_back(accepted(std::string{method} + " with a body",
                            std::string{method}
                                + " / HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                  "2\r\n\r\n{}"));
  rows.push_back(accepted("OPTIONS of the server",
                          "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"));
  rows.push_back(
      accepted("empty POST", post_with("Content-Length: 0\r\n", "")));
  rows.push_back(accepted("a length with zeros before it",
                          post_with("Content-Length: 0002\r\n", "{}")));
  rows.push_back(accepted("a length between blanks",
                          post_with("Content-Length:\t 2  \r\n", "{}")));
  rows.push_back(accepted("one empty line first", "\r\n" + get_with("")));
  rows.push_back(accepted("two empty lines first", "\r\n\r\n" + get_with("")));
  return rows;
}

} // namespace holdfast::http
