// What the inbox hands on is read by RESTinio's parser: both must find the
// same requests in it, whatever came from the network.
#include "http/edge_inbox.hpp"

#include <doctest/doctest.h>

#include "http/request_id.hpp"
#include "tests/http/hostile_cases.hpp"
#include "tests/http/inbox_run.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

using step = edge_inbox::step;

std::string mutate(std::string raw, std::mt19937_64& random) {
  static const std::string_view pieces[] = {"\r",
                                            "\n",
                                            "\r\n",
                                            " ",
                                            "\t",
                                            ":",
                                            "\0",
                                            "#",
                                            "Host: a\r\n",
                                            "%",
                                            "Content-Length: 3\r\n",
                                            "\x80",
                                            "HTTP/1.1",
                                            "?",
                                            "//",
                                            ",",
                                            "@",
                                            "Connection: close, upgrade\r\n",
                                            "\r\n\r\n",
                                            "Upgrade: x\r\n",
                                            "Transfer-Encoding: chunked\r\n",
                                            "[",
                                            "*",
                                            "\x7f",
                                            "0"};
  const auto at = random() % raw.size();
  const auto piece = pieces[random() % std::size(pieces)];
  switch (random() % 4) {
  case 0:
    return raw.insert(at, piece);
  case 1:
    return raw.erase(at, 1 + random() % 4);
  case 2:
    raw[at] = static_cast<char>(random());
    return raw;
  default:
    return raw.replace(at, std::min(piece.size(), raw.size() - at), piece);
  }
}

} // namespace

TEST_CASE("RESTinio's parser finds what the inbox found") {
  auto random = seeded_engine();
  for (const auto& row : all_hostile_cases())
    for (const std::size_t read_max : {1, 7, 100, 4096, 100'000}) {
      CAPTURE(row.name);
      CAPTURE(read_max);
      const auto seen = pass(row.raw, read_max, random);
      CHECK(seen.agreed);
      CHECK(seen.messages == row.passed);
      CHECK((seen.code != error_code::none) == (row.status != 0));
    }
}

TEST_CASE("no mutation makes the two disagree") {
  auto random = seeded_engine();
  std::vector<std::string> seeds;
  for (const auto& row : all_hostile_cases())
    if (row.raw.size() < 500)
      seeds.push_back(row.raw);
  for (int i = 0; i < 200'000; ++i) {
    auto raw = seeds[random() % seeds.size()];
    for (auto left = 1 + random() % 3; left > 0 && !raw.empty(); --left)
      raw = mutate(std::move(raw), random);
    const auto seen = pass(raw, 1 + random() % 600, random);
    CAPTURE(raw);
    REQUIRE(seen.agreed);
    REQUIRE(seen.messages == count_requests(raw));
  }
}

TEST_CASE("no byte of a head is handed on before the head is good") {
  const auto raw = get_with("X-Y: 1\r\n");
  edge_inbox inbox;
  char buffer[1];
  for (std::size_t i = 0; i + 1 < raw.size(); ++i) {
    buffer[0] = raw[i];
    REQUIRE(inbox.take(buffer, 1, 1) == step::read);
  }
  buffer[0] = raw.back();
  CHECK(inbox.take(buffer, 1, 1) == step::deliver);
  CHECK(buffer[0] == raw.front());
}

TEST_CASE("what was refused can be looked at, and nothing before it") {
  auto good = get_with("X-Request-Id: first\r\n");
  const std::string bad = "POST /a HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine"
                          "\r\nContent-Length: 70000\r\n\r\n";
  for (const std::size_t read_max : {1, 7, 40, 4096}) {
    CAPTURE(read_max);
    std::string_view left{good += bad};
    std::string buffer(read_max, '\0');
    edge_inbox inbox;
    for (auto next = step::read; next != step::refuse;) {
      if (next == step::read) {
        const auto count = left.copy(buffer.data(), read_max);
        left.remove_prefix(count);
        next = inbox.take(buffer.data(), read_max, count);
      } else {
        next = inbox.next(buffer.data(), read_max);
      }
    }
    CHECK(inbox.refused().starts_with("POST /a"));
    CHECK(request_id_in(inbox.refused()) == "mine");
    good.resize(good.size() - bad.size());
  }
}

TEST_CASE("a connection that never pauses keeps only what is not handed on") {
  const auto one = get_with("X-Y: " + std::string(1'000, 'y') + "\r\n");
  edge_inbox inbox;
  std::string buffer(4'096, '\0');
  // Each read ends one byte into the next request.
  auto next = inbox.take(buffer.data(), buffer.size(),
                         (one + one[0]).copy(buffer.data(), buffer.size()));
  for (int i = 0; i < 1'000; ++i) {
    while (next != step::read)
      next = inbox.next(buffer.data(), buffer.size());
    REQUIRE(inbox.kept() <= one.size() + 1);
    next =
        inbox.take(buffer.data(), buffer.size(),
                   (one.substr(1) + one[0]).copy(buffer.data(), buffer.size()));
    REQUIRE(next == step::deliver);
    REQUIRE(inbox.ready() == one.size());
  }
}

TEST_CASE("a peer that stops inside a request is told so") {
  char buffer[100];
  const auto finish_after = [&](std::string_view text) {
    edge_inbox inbox;
    text.copy(buffer, sizeof buffer);
    inbox.take(buffer, sizeof buffer, text.size());
    return inbox.finish();
  };
  CHECK_FALSE(finish_after("\r\n"));
  CHECK(finish_after("G"));
  CHECK(finish_after("GET / HTTP/1.1\r\n"));
  CHECK_FALSE(finish_after("GET / HTTP/1.0\r\n\r\n"));
  CHECK(finish_after("PUT / HTTP/1.0\r\nContent-Length: 2\r\n\r\n{"));
}
