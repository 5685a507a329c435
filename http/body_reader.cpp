#include "http/body_reader.hpp"

#include "http/body_members.hpp"
#include "http/body_values.hpp"
#include "http/fingerprint.hpp"
#include "http/object_reader.hpp"

namespace holdfast::http {

namespace {

/// Reads the members of one body: knows which there are to be.
class reader {
public:
  reader(command& ask, faults& found)
      : shape_(shape_of(ask.from.what, ask.from.by_reservation)), values_(ask),
        found_(found) {
    // nop
  }

  /// False once the grammar is broken, like all that read on.
  bool operator()(std::string_view name, json_scanner& from);
  /// Adds a fault for each member that has to be there and is not.
  void find_missing();
  std::string canonical() {
    return values_.canonical(given_);
  }

private:
  bool read_text(member one, json_scanner& from);
  bool read_number(member one, json_scanner& from);
  bool refuse(member one, std::string_view why);

  body_shape shape_;
  body_values values_;
  member_set given_;
  faults& found_;
};

bool reader::operator()(std::string_view name, json_scanner& from) {
  const auto one = member_named(name);
  if (!one || !shape_.known.contains(*one))
    return refuse_member(name, not_a_member, from, found_);
  if (given_.contains(*one))
    return refuse_member(name, given_twice, from, found_);
  given_.insert(*one);
  return rule_of(*one).is_text() ? read_text(*one, from)
                                 : read_number(*one, from);
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

bool reader::read_text(member one, json_scanner& from) {
  json_text text;
  const char* wrong = nullptr;
  if (!read_value(from, text, wrong))
    return false;
  if (wrong != nullptr)
    return refuse(one, wrong);
  return refuse(one, values_.set(one, unescape(text)));
}

bool reader::read_number(member one, json_scanner& from) {
  json_number number;
  const char* wrong = nullptr;
  if (!read_value(from, number, wrong))
    return false;
  if (wrong != nullptr)
    return refuse(one, wrong);
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
  reader members{ask, found};
  if (read_object(body, found, members))
    members.find_missing();
  if (found.size() == before && !ask.from.key.empty())
    ask.from.fingerprint = sha256(members.canonical());
}

} // namespace holdfast::http
