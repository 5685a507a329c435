#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

// A good request is answered before the fault of the next one is.
hostile_cases pipeline_cases() {
  const auto good = get_with("");
  const auto post = post_with("Content-Length: 11\r\n", R"({"delta":1})");
  const auto late = get_target("/later");
  const auto bad_host = get_with("Host: b\r\n");
  const std::string patch = "PATCH / HTTP/1.1\r\nHost: a\r\n\r\n";
  std::string fifty;
  for (int i = 0; i < 50; ++i)
    fifty += good;
  return {
      accepted("two good requests", good + good, 2),
      accepted("three kinds of good requests", good + post + late, 3),
      accepted("fifty good requests", fifty, 50),
      accepted("PATCH without a length, then a good request", patch + good, 2),
      accepted("empty lines between requests",
               good + "\r\n" + post + "\r\n\r\n" + good, 3),
      refused_after(1, "good, then two Host", good + bad_host, 400),
      refused_after(1, "good, then bad, then good", good + bad_host + good,
                    400),
      refused_after(1, "PATCH without a length, then a body",
                    patch + R"({"a":1})", 400),
      refused_after(1, "POST, then no length", post + post_with("", ""), 411),
      refused_after(1, "a slow answer, then a bad request", late + bad_host,
                    400),
      refused_after(3, "three good ones, then an unknown method",
                    good + post + late + "BREW / HTTP/1.1\r\n\r\n", 501),
      refused_after(50, "fifty good ones, then another version",
                    fifty + "GET / HTTP/2.0\r\n\r\n", 505),
      refused_after(1, "good, then a target too long",
                    good + "GET /" + std::string(5000, 'a'), 414),
      refused_after(1, "good, then a field too long",
                    good + get_with("X: " + std::string(9000, 'v')), 431),
      refused_after(1, "good, then a body too large",
                    good + post_with("Content-Length: 70000\r\n", ""), 413),
      refused_after(1, "good, then an upgrade",
                    good + get_with("Upgrade: websocket\r\n"), 501),
      refused_after(1, "good, then a CONNECT",
                    good + "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501),
      refused_after(1, "good, then three empty lines",
                    good + "\r\n\r\n\r\n" + good, 400),
      refused_after(1, "good, then bytes of nothing", good + "\x16\x03\x01",
                    400),
      refused_after(
          2, "good, large, then bad",
          good
              + post_with("Content-Length: 65536\r\n", std::string(65'536, ' '))
              + bad_host,
          400),
      refused("bad, then good", bad_host + good, 400),
      refused("bad, then fifty good ones", bad_host + fifty, 400),
  };
}

} // namespace holdfast::http
