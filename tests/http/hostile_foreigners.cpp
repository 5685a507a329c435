// Other protocols at the wrong door.
#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

hostile_cases foreign_cases() {
  using namespace std::string_literals;
  const auto zeros = std::string(1000, '\0');
  return {
      refused("TLS 1.2 hello",
              "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s + zeros, 400),
      refused("SSL 2 hello", "\x80\x2e\x01\x00\x02\x00\x15"s + zeros, 400),
      refused("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
      refused("SSH banner", "SSH-2.0-OpenSSH_9.2\r\n", 400),
      refused("SMTP greeting", "EHLO localhost\r\n", 501),
      refused("Redis inline", "*1\r\n$4\r\nPING\r\n", 400),
      refused("PostgreSQL start-up", "\x00\x00\x00\x08\x04\xd2\x16\x2f"s, 400),
      refused("MySQL", "\x4a\x00\x00\x00\x0a"s, 400),
      refused("SOCKS 4", "\x04\x01\x00\x50\x7f\x00\x00\x01\x00"s, 400),
      refused("SOCKS 5", "\x05\x01\x00"s, 400),
      refused("PROXY protocol 1",
              "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + get_with(""), 501),
      refused("PROXY protocol 2",
              "\x0d\x0a\x0d\x0a\x00\x0d\x0a\x51\x55\x49\x54\x0a"s, 400),
      refused("RTSP", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n", 400),
      refused("SIP", "INVITE sip:a@b SIP/2.0\r\n\r\n", 501),
      refused("RDP", "\x03\x00\x00\x13\x0e\xe0"s, 400),
      refused("SMB", "\x00\x00\x00\x85\xffSMB"s, 400),
      refused("memcached", "get key\r\n", 501),
      refused("JSON", R"({"jsonrpc":"2.0"})", 400),
      refused("a response", "HTTP/1.1 200 OK\r\n\r\n", 400),
      refused("zeros", zeros, 400),
      refused("ones", std::string(1000, '\xff'), 400),
      refused("UTF-8 with a mark", "\xef\xbb\xbf" + get_with(""), 400),
      refused("UTF-16", "G\0E\0T\0 \0/\0"s, 400),
  };
}

} // namespace holdfast::http
