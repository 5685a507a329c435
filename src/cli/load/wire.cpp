#include "src/cli/load/wire.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "holdfast/reservation_id.hpp"
#include "src/cli/load/socket_address.hpp"
#include "src/cli/load/transport.hpp"
#include "src/config/value.hpp"

namespace holdfast::cli {

namespace {

bool is_same(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a))
         == std::tolower(static_cast<unsigned char>(b));
}

/// The value of a field; `name` begins with a line feed and ends with a colon.
std::string_view field_of(std::string_view fields, std::string_view name) {
  const auto found = std::search(fields.begin(), fields.end(), name.begin(),
                                 name.end(), is_same);
  if (found == fields.end())
    return {};
  auto value = fields.substr(static_cast<std::size_t>(found - fields.begin())
                             + name.size());
  value = value.substr(0, value.find('\r'));
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

void append_encoded(std::string& to, std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_'
        || c == '~') {
      to += c;
      continue;
    }
    to += '%';
    to += digits[byte >> 4];
    to += digits[byte & 15];
  }
}

const char* verb_of(action what) {
  switch (what) {
  case action::adjust:
    return "/adjust";
  case action::reserve:
    return "/reserve";
  case action::release:
    return "/release";
  case action::commit:
    return "/commit";
  case action::extend:
    return "/extend";
  case action::read:
  case action::read_reservation:
  case action::count:
    break;
  }
  return "";
}

void append_target(std::string& to, const command& ask) {
  const auto& from = ask.from;
  if (from.what == action::extend) {
    to += "/api/reservations/";
    append_encoded(
        to, format_reservation_id(from.store, from.sku, ask.reservation));
  } else {
    to += "/api/inventory/stores/" + from.store + "/inventory/";
    append_encoded(to, from.sku);
  }
  to += verb_of(from.what);
}

std::string body_of(const command& ask) {
  const auto& from = ask.from;
  std::string body = "{";
  const auto add = [&](const char* name, const std::string& value) {
    body +=
        (body.size() > 1 ? ",\"" : "\"") + std::string{name} + "\":" + value;
  };
  if (ask.amount != absent)
    add(from.what == action::adjust ? "delta" : "quantity",
        std::to_string(ask.amount));
  if (ask.ttl_s != absent)
    add("ttlSeconds", std::to_string(ask.ttl_s));
  if (from.what == action::release || from.what == action::commit)
    add("reservationId",
        '"' + format_reservation_id(from.store, from.sku, ask.reservation)
            + '"');
  return body + '}';
}

} // namespace

std::string http_base::fields() const {
  const node_address host{name.empty() ? address : name, port};
  auto made = " HTTP/1.1\r\nHost: " + to_string(host) + "\r\n";
  if (!key.empty())
    made += "Authorization: Bearer " + key + "\r\n";
  return made;
}

http_base parse_base(const std::string& text, const std::string& key) {
  const auto at = config::parse_http_base(text);
  if (!at)
    throw load_failure{text + " is no base like http://127.0.0.1:3000"};
  return {resolve(at->host), at->port, key, at->host};
}

std::string to_request(const command& ask, const http_base& to) {
  const auto writes = is_write(ask.from.what);
  std::string made = writes ? "POST " : "GET ";
  append_target(made, ask);
  made += to.fields();
  if (!writes)
    return made + "\r\n";
  const auto body = body_of(ask);
  return made + "Content-Type: application/json\r\nIdempotency-Key: "
         + ask.from.key + "\r\nContent-Length: " + std::to_string(body.size())
         + "\r\n\r\n" + body;
}

std::optional<wire_answer> parse_answer(std::string_view bytes) {
  const auto head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos)
    return std::nullopt;
  wire_answer made;
  made.fields = bytes.substr(0, head + 2);
  std::size_t length = 0;
  const auto size = field_of(made.fields, "\ncontent-length:");
  const auto read =
      std::from_chars(size.data(), size.data() + size.size(), length);
  const auto status = bytes.size() < 12 ? bytes : bytes.substr(9, 3);
  std::from_chars(status.data(), status.data() + status.size(), made.status);
  if (!bytes.starts_with("HTTP/1.") || made.status < 100 || size.empty()
      || read.ec != std::errc{})
    throw load_failure{"this is no answer over HTTP/1.1: "
                       + std::string{bytes.substr(0, 60)}};
  made.size = head + 4 + length;
  if (bytes.size() < made.size)
    return std::nullopt;
  made.body = bytes.substr(head + 4, length);
  made.is_last = field_of(made.fields, "\nconnection:") == "close";
  return made;
}

} // namespace holdfast::cli
