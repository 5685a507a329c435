#include "tests/http/hostile_cases.hpp"

namespace holdfast::http {

namespace {

std::string named(const char* what, int byte) {
  return "byte " + std::to_string(byte) + what;
}

void add_name_bytes(hostile_cases& rows) {
  for (const char byte : std::string_view{"\0\x01\x08\t\x0b\x0c\x1f \x7f\x80"
                                          "\xc3\xff\"(),/;<=>?@[\\]{}",
                                          28})
    rows.push_back(
        refused(named(" in a field name", static_cast<unsigned char>(byte)),
                get_with(std::string{"X"} + byte + "Y: 1\r\n"), 400));
}

void add_value_bytes(hostile_cases& rows) {
  for (int byte = 0; byte < 0x20; ++byte)
    if (byte != '\t' && byte != '\r' && byte != '\n')
      rows.push_back(
          refused(named(" in a field value", byte),
                  get_with(std::string{"X-Y: a"} + char(byte) + "b\r\n"), 400));
  rows.push_back(refused(named(" in a field value", 0x7f),
                         get_with("X-Y: a\x7f\r\n"), 400));
}

void add_names(hostile_cases& rows) {
  for (const auto* name :
       {"X-Y : 1", "X-Y\t: 1", "X Y: 1", ": 1", " : 1", "X-Y", "X-Y 1",
        "Host : localhost", "Content-Length : 0", "Transfer-Encoding : chunked",
        "Content Length: 0", "\"X\": 1", "X-Y\x0b: 1", "=1", "{}: 1"})
    rows.push_back(refused("field line <" + std::string{name} + ">",
                           get_with(std::string{name} + "\r\n"), 400));
}

void add_ends_of_fields(hostile_cases& rows) {
  for (const auto* fields :
       {"X-Y: 1\n", "X-Y: 1\nX-Z: 2\r\n", "X-Y: 1\rX-Z: 2\r\n", "X-Y: 1\r\r\n",
        "X-Y: 1\n\r\n", "X-Y: a\rb\r\n", "X-Y: a\nb\r\n", "X-Y:\n",
        "X-Y:\r\r\n", "X-Y\r\n", "X-Y\n: 1\r\n", "X-Y\r\n: 1\r\n", "\r", "\n"})
    rows.push_back(refused("line ends of " + std::to_string(rows.size()),
                           get_with(fields), 400));
  rows.push_back(refused("bare LF at the end of the head",
                         "GET / HTTP/1.1\r\nHost: localhost\r\n\n", 400));
  rows.push_back(refused("bare CR at the end of the head",
                         "GET / HTTP/1.1\r\nHost: localhost\r\n\rx", 400));
}

void add_folds(hostile_cases& rows) {
  for (const auto* fields :
       {"X-Y: 1\r\n 2\r\n", "X-Y: 1\r\n\t2\r\n", "X-Y:\r\n 1\r\n",
        "X-Y: 1\r\n \r\n", "X-Y: 1\r\n  : 2\r\n",
        "X-Y: 1\r\n Content-Length: 5\r\n",
        "Transfer-Encoding:\r\n chunked\r\n", "Content-Length:\r\n 0\r\n"})
    rows.push_back(
        refused("folded field " + std::to_string(rows.size()), get_with(fields),
                std::string_view{fields}.starts_with("Transfer") ? 411 : 400));
  rows.push_back(refused("a blank before the first field",
                         "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n", 400));
  rows.push_back(refused("a tab before the first field",
                         "GET / HTTP/1.1\r\n\tHost: localhost\r\n\r\n", 400));
  rows.push_back(refused("a folded Host",
                         "GET / HTTP/1.1\r\nHost: local\r\n "
                         "host\r\n\r\n",
                         400));
}

void add_upgrades(hostile_cases& rows) {
  for (const auto* fields :
       {"Upgrade: websocket\r\nConnection: Upgrade\r\n", "Upgrade: h2c\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
        "UPGRADE: TLS/1.0\r\n", "upgrade:\r\n", "uPgRaDe: x\r\n"})
    rows.push_back(refused("upgrade " + std::to_string(rows.size()),
                           get_with(fields), 501));
}

} // namespace

hostile_cases field_cases() {
  hostile_cases rows;
  add_name_bytes(rows);
  add_value_bytes(rows);
  add_names(rows);
  add_ends_of_fields(rows);
  add_folds(rows);
  add_upgrades(rows);
  return rows;
}

} // namespace holdfast::http
