#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

std::string many_fields(int count) {
  std::string fields;
  for (int i = 0; i < count; ++i)
    fields += "X-" + std::to_string(i) + ": v\r\n";
  return fields;
}

/// A field line of which name and value have `size` bytes.
std::string field_of(std::size_t size) {
  return "X-Big: " + std::string(size - 5, 'v') + "\r\n";
}

} // namespace

// `Host: localhost` is one field of 13 bytes beside all of these.
hostile_cases limit_cases() {
  constexpr std::size_t host_size = 13;
  const std::string flood(100'000, 'f');
  return {
      refused("65 fields", get_with(many_fields(64)), 431),
      refused("1,000 fields", get_with(many_fields(1000)), 431),
      refused("a field of 8,193 bytes", get_with(field_of(8193)), 431),
      refused("a field of 20,000 bytes", get_with(field_of(20'000)), 431),
      refused("a value without an end", get_with("X-Big: " + flood), 431),
      refused("a name without an end", get_with(flood), 431),
      refused("a name of 8,193 bytes",
              get_with(std::string(8193, 'n') + ":\r\n"), 431),
      refused("a flood of blanks before a value",
              get_with("X-Big:" + std::string(20'000, ' ') + "v\r\n"), 431),
      refused("a flood of blanks after a value",
              get_with("X-Big: v" + std::string(20'000, ' ') + "\r\n"), 431),
      refused(
          "a flood of blanks before a length",
          post_with("Content-Length:" + std::string(20'000, ' ') + "0\r\n", ""),
          431),
      refused(
          "a flood of zeros in a length",
          post_with("Content-Length: " + std::string(20'000, '0') + "\r\n", ""),
          431),
      refused("a Host without an end",
              get_without_host("Host: " + std::string(20'000, 'h') + "\r\n"),
              431),
      refused("an Expect without an end",
              get_with("Expect: " + std::string(20'000, 'e') + "\r\n"), 431),
      refused("16 KiB and one byte of fields",
              get_with(field_of(8192) + field_of(8193 - host_size)), 431),
      refused(
          "63 fields of 300 bytes",
          [] {
            std::string fields;
            for (int i = 0; i < 63; ++i)
              fields += field_of(300);
            return get_with(fields);
          }(),
          431),
      refused("a bad byte after a field too long",
              get_with("X-Big: " + std::string(9000, 'v') + "\x01\r\n"), 431),
      refused("a bad byte before a field too long",
              get_with("X-Big: \x01" + std::string(9000, 'v') + "\r\n"), 400),
      refused("a bad Host before it is too long",
              get_without_host("Host: a b" + std::string(9000, 'h') + "\r\n"),
              400),
      accepted("64 fields", get_with(many_fields(63))),
      accepted("a field of 8,192 bytes", get_with(field_of(8192))),
      accepted("a name of 8,192 bytes",
               get_with(std::string(8192, 'n') + ":\r\n")),
      accepted("16 KiB of fields",
               get_with(field_of(8192) + field_of(8192 - host_size))),
      accepted("a target of 2,048 bytes",
               get_target("/" + std::string(2047, 'a'))),
      accepted("an absolute target of 2,048 bytes",
               get_target("http://localhost/" + std::string(2031, 'a'))),
      accepted("a body of 64 KiB", post_with("Content-Length: 65536\r\n",
                                             std::string(65'536, ' '))),
  };
}

} // namespace holdfast::http
