#include "http/body_reader.hpp"

#include "http/body_members.hpp"
#include "http/body_values.hpp"
#include "http/fingerprint.hpp"
#include "http/json_scanner.hpp"

namespace holdfast::http {

namespace {

/// Reads one body: knows the grammar, and which members there are to be.
class reader {
public:
  reader(std::string_view body, command& ask, faults& found)
      : scanner_(body),
        shape_(shape_of(ask.from.what, ask.from.by_reservation)), values_(ask),
        found_(found) {
    // nop
  }

  void read();
  /// Adds a fault for each member that has to be there and is not.
  void find_missing();
  std::string canonical() {
    return values_.canonical(given_);
  }

private:
  bool read_members();
  bool read_member();
  bool read_value(member one);
  bool read_text(member one);
  bool read_number(member one);
  bool refuse(member one, std::string_view why);

  json_scanner scanner_;
  body_shape shape_;
  body_values values_;
  member_set given_;
  faults& found_;
};

void reader::read() {
  if (scanner_.peek() == '{') {
    if (read_members() && scanner_.expect_end())
      find_missing();
  } else if (scanner_.skip_value(0) && scanner_.expect_end()) {
    add_fault(found_, "", "must be an object");
  }
  if (scanner_.error() != nullptr)
    add_fault(found_, "",
              "invalid JSON at byte " + std::to_string(scanner_.offset()) + ": "
                  + scanner_.error());
}

void reader::find_missing() {
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto one = static_cast<member>(i);
    if (shape_.required.contains(one) && !given_.contains(one))
      refuse(one, "is required");
  }
  if (!shape_.one_of.empty() && !shape_.one_of.intersects(given_))
    add_fault(found_, "", "needs one of backorderLimit, onHand, safetyStock");
}

bool reader::read_members() {
  scanner_.take('{');
  if (scanner_.take('}'))
    return true;
  do {
    if (!read_member())
      return false;
  } while (scanner_.take(','));
  return scanner_.expect('}', "',' or '}' is expected");
}

/// False once the grammar is broken, like all that read on.
bool reader::read_member() {
  json_text text;
  if (!scanner_.read_text(text) || !scanner_.expect(':', "':' is expected"))
    return false;
  if (text.flaw != nullptr) {
    add_fault(found_, "", std::string{"the name of a member "} + text.flaw);
    return scanner_.skip_value(1);
  }
  const auto spelled = text.escaped ? unescape(text) : std::string{};
  const auto name = text.escaped ? std::string_view{spelled} : text.raw;
  const auto one = member_named(name);
  if (!one || !shape_.known.contains(*one)) {
    add_fault(found_, pointer_to(name), "is not a member of this body");
    return scanner_.skip_value(1);
  }
  if (given_.contains(*one)) {
    refuse(*one, "is given twice");
    return scanner_.skip_value(1);
  }
  given_.insert(*one);
  return read_value(*one);
}

bool reader::read_value(member one) {
  const bool wants_text = rule_of(one).is_text();
  const char next = scanner_.peek();
  if (wants_text && next == '"')
    return read_text(one);
  if (!wants_text && (next == '-' || (next >= '0' && next <= '9')))
    return read_number(one);
  if (!scanner_.skip_value(1))
    return false;
  if (next == 'n')
    return refuse(one, "must be left out rather than null");
  return refuse(one, wants_text ? "must be a string" : "must be an integer");
}

bool reader::read_text(member one) {
  json_text text;
  if (!scanner_.read_text(text))
    return false;
  if (text.flaw != nullptr)
    return refuse(one, text.flaw);
  return refuse(one, values_.set(one, unescape(text)));
}

bool reader::read_number(member one) {
  json_number number;
  if (!scanner_.read_number(number))
    return false;
  if (!number.integer)
    return refuse(one, "must be an integer");
  return refuse(one, values_.set(one, number.value, number.fits));
}

/// Nothing to refuse if `why` is empty. True: there is more to read.
bool reader::refuse(member one, std::string_view why) {
  if (!why.empty())
    add_fault(found_, pointer_to(rule_of(one).name), why);
  return true;
}

} // namespace

void read_body(std::string_view body, command& ask, faults& found) {
  const auto before = found.size();
  reader body_reader{body, ask, found};
  if (body.empty())
    body_reader.find_missing();
  else
    body_reader.read();
  if (found.size() == before && !ask.from.key.empty())
    ask.from.fingerprint = sha256(body_reader.canonical());
}

} // namespace holdfast::http
