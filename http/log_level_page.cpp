#include "http/log_level_page.hpp"

#include "http/json_scanner.hpp"
#include "http/json_writer.hpp"

namespace holdfast::http {

namespace {

constexpr std::string_view wrong = "must be debug, info, warn or error";

bool is_level(std::string_view text) {
  return text == "debug" || text == "info" || text == "warn" || text == "error";
}

/// Reads one member behind its name. False once the grammar is broken.
bool read_value(json_scanner& scanner, std::string& level, faults& found) {
  json_text text;
  if (scanner.peek() != '"') {
    add_fault(found, "/level", "must be a string");
    return scanner.skip_value(1);
  }
  if (!scanner.read_text(text))
    return false;
  if (text.flaw == nullptr && is_level(unescape(text)))
    level = unescape(text);
  else
    add_fault(found, "/level", wrong);
  return true;
}

bool read_member(json_scanner& scanner, std::string& level, faults& found) {
  json_text name;
  if (!scanner.read_text(name) || !scanner.expect(':', "':' is expected"))
    return false;
  const auto is_sound = name.flaw == nullptr;
  if (!is_sound || unescape(name) != "level") {
    add_fault(found, is_sound ? pointer_to(unescape(name)) : "",
              "is not a member of this body");
    return scanner.skip_value(1);
  }
  if (!level.empty()) {
    add_fault(found, "/level", "is given twice");
    return scanner.skip_value(1);
  }
  return read_value(scanner, level, found);
}

bool read_object(json_scanner& scanner, std::string& level, faults& found) {
  if (!scanner.expect('{', "'{' is expected"))
    return false;
  if (scanner.take('}'))
    return scanner.expect_end();
  do {
    if (!read_member(scanner, level, found))
      return false;
  } while (scanner.take(','));
  return scanner.expect('}', "',' or '}' is expected") && scanner.expect_end();
}

} // namespace

api_response render_log_level(std::string_view level) {
  json_writer out;
  out.open('{').member("level", level).close('}');
  api_response result;
  result.body = out.take();
  return result;
}

std::string read_log_level(std::string_view body, faults& found) {
  json_scanner scanner{body};
  std::string level;
  if (!read_object(scanner, level, found))
    add_fault(found, "",
              "invalid JSON at byte " + std::to_string(scanner.offset()) + ": "
                  + scanner.error());
  else if (level.empty() && found.empty())
    add_fault(found, "/level", "is required");
  return level;
}

} // namespace holdfast::http
