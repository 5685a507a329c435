#include "tests/checker/tiny_requests.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace holdfast::test {

namespace {

constexpr auto never = std::numeric_limits<std::int64_t>::max();

using entries = std::vector<const checker::entry*>;

bool is_mismatch(const checker::entry& call) {
  return call.known && call.answer.code == error_code::idempotency_mismatch;
}

/// Another try, with another body, was asked before this was answered.
bool has_excuse(const checker::entry& call, const entries& all) {
  return std::any_of(all.begin(), all.end(), [&](const auto* other) {
    return other != &call && other->called_ns <= call.returned_ns
           && !is_same_body(other->ask, call.ask);
  });
}

class collector {
public:
  collector(reading as, std::vector<tiny_request>& into)
      : as_(as), into_(into) {
    // nop
  }

  bool add(const entries& all) {
    tiny_request made;
    made.first_called_ns = never;
    entries turned_away;
    for (const auto* call : all) {
      made.first_called_ns = std::min(made.first_called_ns, call->called_ns);
      if (is_mismatch(*call))
        turned_away.push_back(call);
      else
        made.tries.push_back(call);
    }
    made.is_holder = as_ == reading::strict && !turned_away.empty();
    const auto holder = into_.size();
    into_.push_back(made);
    if (as_ == reading::lenient)
      return std::all_of(
          turned_away.begin(), turned_away.end(),
          [&](const auto* call) { return has_excuse(*call, all); });
    for (const auto* call : turned_away)
      into_.push_back({{call}, holder, false, call->called_ns});
    return true;
  }

private:
  reading as_;
  std::vector<tiny_request>& into_;
};

} // namespace

bool tiny_request::is_known() const {
  return returned_ns() < never;
}

std::int64_t tiny_request::returned_ns() const {
  auto first = never;
  for (const auto* call : tries)
    if (call->known)
      first = std::min(first, call->returned_ns);
  return first;
}

std::int64_t tiny_request::called_ns(const command& ask) const {
  auto first = never;
  for (const auto* call : tries)
    if (is_same_body(call->ask, ask))
      first = std::min(first, call->called_ns);
  return first;
}

std::int64_t tiny_request::acknowledged_ns(std::uint64_t version) const {
  auto first = never;
  for (const auto* call : tries)
    if (call->known && call->answer.ok()
        && call->answer.record.version == version)
      first = std::min(first, call->returned_ns);
  return first;
}

bool collect(const tiny_history& seen, const std::string& sku, reading as,
             std::vector<tiny_request>& into) {
  std::map<std::pair<action, std::string>, entries> by_key;
  collector made{as, into};
  for (const auto& call : seen.calls) {
    const auto& from = call.ask.from;
    if (from.sku != sku)
      continue;
    if (from.key.empty())
      made.add({&call});
    else
      by_key[{from.what, from.key}].push_back(&call);
  }
  auto all_have_reasons = true;
  for (const auto& [key, all] : by_key)
    all_have_reasons = made.add(all) && all_have_reasons;
  return all_have_reasons;
}

} // namespace holdfast::test
