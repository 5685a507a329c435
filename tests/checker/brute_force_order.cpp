// Every pair of events of two SKUs, one against the other.
#include <algorithm>
#include <limits>
#include <vector>

#include "tests/checker/tiny_requests.hpp"

namespace holdfast::test {

namespace {

/// When somebody was first told of `change`, or of what came after it.
std::int64_t known_ns(const event& change, const tiny_history& seen) {
  auto first = std::numeric_limits<std::int64_t>::max();
  for (const auto& call : seen.calls) {
    const auto& said = call.answer;
    const auto version = said.has_record
                             ? static_cast<std::int64_t>(said.record.version)
                             : said.current_version;
    if (call.known && call.ask.from.sku == change.from.sku
        && version >= static_cast<std::int64_t>(change.after.version))
      first = std::min(first, call.returned_ns);
  }
  return first;
}

bool may_be_of(const event& change, const checker::entry& call) {
  const auto& from = call.ask.from;
  return is_write(from.what) && from.sku == change.from.sku
         && from.what == change.from.what && from.key == change.from.key
         && (!from.key.empty()
             || (from.reference == change.from.reference
                 && (from.what != action::adjust
                     || call.ask.amount == change.delta)));
}

bool is_told(const event& change, const checker::entry& call) {
  return call.known && call.answer.ok()
         && call.answer.record.version == change.after.version;
}

bool was_told(const event& change, const tiny_history& seen) {
  return std::any_of(seen.calls.begin(), seen.calls.end(), [&](auto& call) {
    return may_be_of(change, call) && is_told(change, call);
  });
}

/// Events before `change` that calls without a key may have made as well, and
/// which nobody was told of.
std::size_t rivals(const event& change, const tiny_history& seen) {
  std::size_t count = 0;
  for (const auto& each : seen.journal)
    count += each.seq < change.seq && each.from.sku == change.from.sku
                     && each.type == change.type && each.delta == change.delta
                     && each.from.key.empty()
                     && each.from.reference == change.from.reference
                     && !was_told(each, seen)
                 ? 1
                 : 0;
  return count;
}

/// A try that was told something else, or asked for it, did not make `change`.
bool may_have_made(const event& change, const checker::entry& call) {
  const auto& ask = call.ask;
  return (!call.known || is_told(change, call))
         && ask.from.reference == change.from.reference
         && (change.type != event_type::stock_adjusted
             || ask.amount == change.delta)
         && (change.type != event_type::stock_reserved
             || ask.amount == change.hold.quantity);
}

/// When what made `change` was asked for. Where calls do not tell whose it was,
/// a lenient reading takes the first.
std::int64_t asked_ns(const event& change, const tiny_history& seen,
                      reading as) {
  const auto told = change.from.key.empty() && was_told(change, seen);
  std::vector<std::int64_t> all;
  for (const auto& call : seen.calls)
    if (may_be_of(change, call) && (!told || is_told(change, call))
        && (!change.from.key.empty() || told || !call.known)
        && (as == reading::lenient || may_have_made(change, call)))
      all.push_back(call.called_ns);
  std::sort(all.begin(), all.end());
  // Who was told of it is who asked.
  const auto which = change.from.key.empty() && !told && as == reading::strict
                         ? rivals(change, seen)
                         : 0;
  return which < all.size() ? all[which] : 0;
}

} // namespace

bool is_in_order(const tiny_history& seen, reading as) {
  const auto& all = seen.journal;
  for (auto one = all.begin(); one != all.end(); ++one)
    for (auto later = one; later != all.end(); ++later)
      if (later->from.sku != one->from.sku
          && known_ns(*later, seen) < asked_ns(*one, seen, as))
        return false;
  return true;
}

} // namespace holdfast::test
