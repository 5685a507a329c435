// Requests that two readers might cut at different places.
#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

constexpr std::string_view hidden = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";

std::string chunked(std::string_view fields) {
  return post_with(fields, "0\r\n\r\n" + std::string{hidden});
}

void add_encodings(hostile_cases& rows) {
  for (const auto* fields :
       {"Transfer-Encoding: chunked\r\n",
        "transfer-encoding: chunked\r\n",
        "TRANSFER-ENCODING: CHUNKED\r\n",
        "Transfer-Encoding:chunked\r\n",
        "Transfer-Encoding: \tchunked\r\n",
        "Transfer-Encoding: chunked \r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: x\r\n",
        "Transfer-Encoding:\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
        "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\x01\r\n",
        "Transfer-Encoding: chunked\nX: y\r\n"})
    rows.push_back(refused("encoding " + std::to_string(rows.size()),
                           chunked(fields), 411));
  for (const auto* fields :
       {"Transfer-Encoding2: chunked\r\n", "Transfer-Encoding-X: chunked\r\n",
        "Transfer-Encoding : chunked\r\n", "Transfer-Encoding\t: chunked\r\n",
        " Transfer-Encoding: chunked\r\n", "X: y\r\n Transfer-Encoding: x\r\n",
        "X: y\nTransfer-Encoding: chunked\r\n",
        "X: y\rTransfer-Encoding: chunked\r\n",
        "X: y\r\rTransfer-Encoding: chunked\r\n",
        "Transfer Encoding: chunked\r\n", "Transfer-Encoding\x0b: chunked\r\n",
        "\x0bTransfer-Encoding: chunked\r\n", "Transfer-Encoding\r\n: chunked"})
    rows.push_back(refused("hidden encoding " + std::to_string(rows.size()),
                           chunked(fields), 400));
  rows.push_back(refused("encoding of a GET",
                         get_with("Transfer-Encoding: chunked\r\n")
                             + "0\r\n\r\n" + std::string{hidden},
                         411));
  rows.push_back(refused("encoding on 1.0",
                         "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n"
                         "\r\n0\r\n\r\n",
                         411));
  rows.push_back(refused("length and encoding on 1.0",
                         "POST / HTTP/1.0\r\nContent-Length: 5\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                         411));
}

} // namespace

hostile_cases smuggling_cases() {
  hostile_cases rows;
  add_encodings(rows);
  const std::string request{hidden};
  rows.push_back(refused(
      "a second request as the body of a GET",
      get_with("Content-Length: " + std::to_string(request.size()) + "\r\n")
          + request,
      400));
  rows.push_back(
      refused("a second request behind a doubled length",
              post_with("Content-Length: 0\r\nContent-Length: "
                            + std::to_string(request.size()) + "\r\n",
                        request),
              400));
  rows.push_back(refused("a second request behind a bare LF",
                         "GET / HTTP/1.1\r\nHost: a\r\nX: y\n\n" + request,
                         400));
  rows.push_back(
      refused("a request in a field",
              get_with("X: y\r\n\rGET /admin HTTP/1.1\r\nHost: a\r\n"), 400));
  rows.push_back(refused("a request in a target",
                         get_target("/\r\n\r\nGET /admin HTTP/1.1"), 400));
  rows.push_back(accepted(
      "a request as the body of a POST",
      post_with("Content-Length: " + std::to_string(request.size()) + "\r\n",
                request)));
  rows.push_back(refused_after(1, "a body longer than its length",
                               post_with("Content-Length: 2\r\n", "{}{}"),
                               400));
  rows.push_back(
      refused_after(1, "the end of a chunked body after a length",
                    post_with("Content-Length: 2\r\n", "{}0\r\n\r\n"), 400));
  return rows;
}

} // namespace holdfast::http
