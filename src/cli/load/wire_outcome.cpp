// What an answer means. The bodies are those of the contract: members are found
// without a tree of JSON, which whoever asks as fast as it can has no time for;
// names of SKUs are passed over. Histories are read by src/history.
#include <algorithm>
#include <charconv>

#include "holdfast/reservation_id.hpp"
#include "holdfast/words.hpp"
#include "src/cli/load/transport.hpp"
#include "src/cli/load/wire.hpp"
#include "src/history/time_text.hpp"

namespace holdfast::cli {

namespace {

class flat_json {
public:
  explicit flat_json(std::string_view text) : text_(text) {
    // nop
  }

  /// The inside of the object of that name, empty if there is none.
  flat_json object(std::string_view name) const {
    const auto at = text_.find(name);
    if (at == std::string_view::npos)
      return flat_json{{}};
    const auto begin = at + name.size();
    return flat_json{text_.substr(begin, end_of_object(begin) - begin)};
  }
  bool is_empty() const noexcept {
    return text_.empty();
  }

  /// `name` with quotes and colon.
  std::int64_t number_or(std::string_view name, std::int64_t missing) const {
    const auto at = text_.find(name);
    if (at == std::string_view::npos)
      return missing;
    std::int64_t value = 0;
    const auto* const begin = text_.data() + at + name.size();
    const auto read =
        std::from_chars(begin, text_.data() + text_.size(), value);
    if (read.ec != std::errc{})
      fail(name);
    return value;
  }
  std::int64_t number(std::string_view name) const {
    if (text_.find(name) == std::string_view::npos)
      fail(name);
    return number_or(name, 0);
  }
  std::string_view text(std::string_view name) const {
    const auto at = text_.find(name);
    if (at == std::string_view::npos)
      fail(name);
    const auto begin = at + name.size() + 1;
    return text_.substr(begin, text_.find('"', begin) - begin);
  }
  /// What `named` knows by that text.
  template <class Named>
  auto word(std::string_view name, Named named) const {
    const auto known = named(text(name));
    if (!known)
      fail(name);
    return *known;
  }
  std::int64_t time(std::string_view name) const {
    return word(name, history::time_named);
  }

private:
  /// A name may have a brace in it.
  std::size_t end_of_object(std::size_t at) const noexcept {
    for (bool is_text = false; at < text_.size(); ++at) {
      if (text_[at] == '"')
        is_text = !is_text;
      else if (text_[at] == '\\')
        ++at;
      else if (text_[at] == '}' && !is_text)
        break;
    }
    return std::min(at, text_.size());
  }
  [[noreturn]] void fail(std::string_view name) const {
    throw load_failure{"an answer without " + std::string{name} + ' '
                       + std::string{text_.substr(0, 200)}};
  }

  std::string_view text_;
};

balances record_of(const flat_json& from) {
  balances made;
  made.on_hand = from.number("\"onHand\":");
  made.reserved = from.number("\"reserved\":");
  made.safety_stock = from.number("\"safetyStock\":");
  made.backorder_limit = from.number("\"backorderLimit\":");
  made.version = static_cast<std::uint64_t>(from.number("\"version\":"));
  made.updated_at_ms = from.time("\"updatedAt\":");
  return made;
}

reservation hold_of(const flat_json& from) {
  reservation made;
  const auto id = parse_reservation_id(from.text("\"reservationId\":"));
  if (!id)
    throw load_failure{"an answer with a reservation id of no form"};
  made.ref = id->ref;
  made.state = from.word("\"state\":", reservation_state_named);
  made.quantity = from.number("\"quantity\":");
  made.committed = from.number("\"committedQuantity\":");
  made.released = from.number("\"releasedQuantity\":");
  made.created_at_ms = from.time("\"createdAt\":");
  made.expires_at_ms = from.time("\"expiresAt\":");
  return made;
}

outcome refusal_of(const flat_json& from) {
  outcome made;
  made.code = from.word("\"code\":", refusal_named);
  made.expected_version = from.number_or("\"expectedVersion\":", absent);
  made.current_version = from.number_or("\"currentVersion\":", absent);
  made.requested = from.number_or("\"requested\":", absent);
  made.available = from.number_or("\"available\":", absent);
  made.held = from.number_or("\"held\":", absent);
  made.limit = from.number_or("\"limit\":", absent);
  if (made.code == error_code::reservation_closed)
    made.state = from.word("\"state\":", reservation_state_named);
  return made;
}

} // namespace

outcome to_outcome(const wire_answer& from, action asked) {
  const flat_json body{from.body};
  if (from.status >= 400)
    return refusal_of(body);
  outcome made;
  made.has_record = true;
  made.has_hold = asked != action::read && asked != action::adjust;
  if (made.has_hold)
    made.hold = hold_of(body.object("\"reservation\":{"));
  const auto record = made.has_hold ? body.object("\"record\":{") : body;
  made.record = record_of(record);
  made.available = record.number("\"available\":");
  made.replayed = from.fields.find("\r\nIdempotent-Replayed: true\r\n")
                  != std::string_view::npos;
  return made;
}

} // namespace holdfast::cli
