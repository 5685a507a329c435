#include "http/sync_body.hpp"

#include <string>

#include "holdfast/limits.hpp"
#include "http/json_scanner.hpp"

namespace holdfast::http {

namespace {

constexpr std::string_view interval_name = "intervalMs";

/// Reads an object that has an interval, or nothing at all.
class reader {
public:
  reader(std::string_view body, bool wants_interval, faults& found)
      : scanner_(body), is_empty_(body.empty()),
        wants_interval_(wants_interval), found_(found) {
    // nop
  }

  std::int64_t read() {
    if (!is_empty_)
      read_document();
    if (scanner_.error() != nullptr)
      add_fault(found_, "",
                "invalid JSON at byte " + std::to_string(scanner_.offset())
                    + ": " + scanner_.error());
    else if (wants_interval_ && !is_given_)
      add_fault(found_, "/intervalMs", "is required");
    return interval_ms_;
  }

private:
  void read_document() {
    if (scanner_.peek() == '{') {
      if (read_members())
        scanner_.expect_end();
    } else if (scanner_.skip_value(0) && scanner_.expect_end()) {
      is_given_ = true;
      add_fault(found_, "", "must be an object");
    }
  }

  bool read_members() {
    scanner_.take('{');
    if (scanner_.take('}'))
      return true;
    do {
      if (!read_member())
        return false;
    } while (scanner_.take(','));
    return scanner_.expect('}', "',' or '}' is expected");
  }

  /// False once the grammar is broken.
  bool read_member() {
    json_text text;
    if (!scanner_.read_text(text) || !scanner_.expect(':', "':' is expected"))
      return false;
    if (text.flaw != nullptr) {
      add_fault(found_, "", std::string{"the name of a member "} + text.flaw);
      return scanner_.skip_value(1);
    }
    const auto name = text.escaped ? unescape(text) : std::string{text.raw};
    if (!wants_interval_ || name != interval_name) {
      add_fault(found_, pointer_to(name), "is not a member of this body");
      return scanner_.skip_value(1);
    }
    if (is_given_) {
      add_fault(found_, "/intervalMs", "is given twice");
      return scanner_.skip_value(1);
    }
    is_given_ = true;
    return read_interval();
  }

  bool read_interval() {
    const char next = scanner_.peek();
    if (next != '-' && (next < '0' || next > '9')) {
      add_fault(found_, "/intervalMs",
                next == 'n' ? "must be left out rather than null"
                            : "must be an integer");
      return scanner_.skip_value(1);
    }
    json_number number;
    if (!scanner_.read_number(number))
      return false;
    if (!number.integer)
      add_fault(found_, "/intervalMs", "must be an integer");
    else if (!number.fits || number.value < limits::sync_interval_ms_min
             || number.value > limits::sync_interval_ms_max)
      add_fault(found_, "/intervalMs", "must be 100 to 86400000");
    interval_ms_ = number.value;
    return true;
  }

  json_scanner scanner_;
  bool is_empty_;
  bool wants_interval_;
  bool is_given_ = false;
  std::int64_t interval_ms_ = 0;
  faults& found_;
};

} // namespace

std::chrono::milliseconds read_interval(std::string_view body, faults& found) {
  return std::chrono::milliseconds{reader{body, true, found}.read()};
}

void read_nothing(std::string_view body, faults& found) {
  reader{body, false, found}.read();
}

} // namespace holdfast::http
