#include "http/one_text_body.hpp"

#include "http/json_scanner.hpp"

namespace holdfast::http {

namespace {

/// One body on its way through the scanner. Functions return false once the
/// grammar is broken.
struct reader {
  json_scanner scanner;
  const text_member& wanted;
  const std::string pointer;
  faults& found;
  std::string text = {};

  bool read_value();
  bool read_member();
  bool read_object();
};

bool reader::read_value() {
  json_text given;
  if (scanner.peek() != '"') {
    add_fault(found, pointer, "must be a string");
    return scanner.skip_value(1);
  }
  if (!scanner.read_text(given))
    return false;
  if (given.flaw == nullptr && wanted.accept(unescape(given)))
    text = unescape(given);
  else
    add_fault(found, pointer, std::string{wanted.rule});
  return true;
}

bool reader::read_member() {
  json_text name;
  if (!scanner.read_text(name) || !scanner.expect(':', "':' is expected"))
    return false;
  const auto is_sound = name.flaw == nullptr;
  if (!is_sound || unescape(name) != wanted.name) {
    add_fault(found, is_sound ? pointer_to(unescape(name)) : "",
              "is not a member of this body");
    return scanner.skip_value(1);
  }
  if (!text.empty()) {
    add_fault(found, pointer, "is given twice");
    return scanner.skip_value(1);
  }
  return read_value();
}

bool reader::read_object() {
  if (!scanner.expect('{', "'{' is expected"))
    return false;
  if (scanner.take('}'))
    return scanner.expect_end();
  do {
    if (!read_member())
      return false;
  } while (scanner.take(','));
  return scanner.expect('}', "',' or '}' is expected") && scanner.expect_end();
}

} // namespace

std::string read_one_text(std::string_view body, const text_member& wanted,
                          faults& found) {
  reader read{json_scanner{body}, wanted, pointer_to(wanted.name), found};
  if (!read.read_object())
    add_fault(found, "",
              "invalid JSON at byte " + std::to_string(read.scanner.offset())
                  + ": " + read.scanner.error());
  else if (read.text.empty() && found.empty())
    add_fault(found, read.pointer, "is required");
  return found.empty() ? read.text : std::string{};
}

} // namespace holdfast::http
