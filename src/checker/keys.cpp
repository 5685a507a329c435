// What a key promises: one effect and one answer.
#include <algorithm>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

namespace {

std::string named(const request& of) {
  return "key " + of.tries.front()->ask.from.key;
}

void check_effects(const sku_case& sku, const request& of, const terms& with,
                   violations& found) {
  for (std::size_t i = 1; i < of.events.size(); ++i) {
    const auto apart_ms = of.events[i]->after.updated_at_ms
                          - of.events[i - 1]->after.updated_at_ms;
    if (apart_ms <= with.key_ttl_ms)
      found.push_back(blame(sku, 3, named(of) + " had two effects"));
  }
}

/// Tries that were told the same about the same body.
struct told_alike {
  const entry* first = nullptr;
  std::int64_t returned_ns = 0;
};

/// One answer for each time the key may have been forgotten, and one more.
void check_answers(const sku_case& sku, const request& of, const terms& with,
                   violations& found) {
  std::vector<told_alike> answers;
  for (const auto* call : of.tries) {
    if (!is_binding(*call))
      continue;
    const auto same =
        std::find_if(answers.begin(), answers.end(), [&](const auto& each) {
          return have_same_body(*each.first, *call)
                 && are_alike(call->answer, each.first->answer);
        });
    if (same == answers.end())
      answers.push_back({call, call->returned_ns});
    else
      same->returned_ns = std::min(same->returned_ns, call->returned_ns);
  }
  std::sort(answers.begin(), answers.end(), [](const auto& a, const auto& b) {
    return a.returned_ns < b.returned_ns;
  });
  auto since_ns = of.first_called_ns();
  for (std::size_t i = 1; i < answers.size(); ++i) {
    since_ns += with.key_ttl_ms * 1'000'000;
    if (answers[i].returned_ns <= since_ns)
      found.push_back(blame(sku, 3, named(of) + " had two answers"));
  }
}

/// A business refusal under a key says that the key had no effect, until it is
/// forgotten.
void check_refusals(const sku_case& sku, const request& of, const terms& with,
                    violations& found) {
  const auto may_be_new = [&](const entry& call) {
    return may_be_forgotten(of.first(), call, with);
  };
  const auto is_of_old = [&](const event* change) {
    return std::none_of(of.tries.begin(), of.tries.end(),
                        [&](const auto* call) {
                          return may_be_of(*change, *call) && may_be_new(*call);
                        });
  };
  if (std::none_of(of.events.begin(), of.events.end(), is_of_old))
    return;
  for (const auto* call : of.tries)
    if (is_binding(*call) && !call->answer.ok() && !may_be_new(*call))
      found.push_back(blame(sku, 3, named(of) + " was refused and applied"));
}

/// The key itself was the reason.
bool is_about_key(error_code code) {
  return code == error_code::idempotency_in_flight
         || code == error_code::idempotency_mismatch;
}

/// In flight: another try was. Mismatch: another try with another body left an
/// answer. What has no key has no other try.
void check_excuses(const sku_case& sku, const request& of, violations& found) {
  for (const auto* call : of.tries) {
    const auto code = call->known ? call->answer.code : error_code::none;
    const auto excuses = [&](const entry* other) {
      if (other == call || other->called_ns > call->returned_ns)
        return false;
      if (code == error_code::idempotency_mismatch)
        return may_count(*other) && !have_same_body(*other, *call);
      return !other->known
             || (other->returned_ns >= call->called_ns
                 && !is_about_key(other->answer.code));
    };
    if (is_about_key(code)
        && std::none_of(of.tries.begin(), of.tries.end(), excuses))
      found.push_back(blame(sku, 5, tell_groundless(*call)));
  }
}

/// There may be an answer of it to give again. Most refusals leave none.
bool may_have_answer(const entry& call) {
  return !call.known || leaves_doubt(call.answer.code)
         || (is_binding(call) && !call.answer.replayed);
}

/// An answer that was marked as given before: it is one that a key remembers,
/// and another try with that body may have been what it was given to.
void check_repeats(const sku_case& sku, const request& of, violations& found) {
  for (const auto* call : of.tries) {
    if (!call->known || !call->answer.replayed)
      continue;
    const auto may_be_first = [&](const entry* other) {
      return other != call && other->called_ns <= call->returned_ns
             && may_have_answer(*other) && have_same_body(*other, *call);
    };
    if (!is_binding(*call)
        || std::none_of(of.tries.begin(), of.tries.end(), may_be_first))
      found.push_back(blame(sku, 5,
                            "client " + std::to_string(call->client)
                                + " was told an answer as one given before, "
                                  "and none was"));
  }
}

/// An event is told once as news. Whoever is told of it later has an answer
/// given before, however late that is: a key that was forgotten makes another
/// event, but for a release or commit, which is repeated as if it were new.
void check_marks(const sku_case& sku, const request& of, const terms& with,
                 violations& found) {
  const auto tells_event = [&](const entry& call) {
    return call.known && call.answer.ok()
           && std::any_of(
               of.events.begin(), of.events.end(), [&](const auto* change) {
                 return change->after.version == call.answer.record.version;
               });
  };
  const auto what = of.tries.front()->ask.from.what;
  const auto is_repeated = what == action::release || what == action::commit;
  for (const auto* call : of.tries) {
    if (!tells_event(*call) || call->answer.replayed
        || (is_repeated && may_be_forgotten(of.first(), *call, with)))
      continue;
    const auto was_news = [&](const entry* other) {
      return tells_event(*other) && other->returned_ns < call->called_ns
             && other->answer.record.version == call->answer.record.version;
    };
    if (std::any_of(of.tries.begin(), of.tries.end(), was_news))
      found.push_back(blame(sku, 3,
                            named(of) + " told client "
                                + std::to_string(call->client)
                                + " as news what it had told before"));
  }
}

} // namespace

void check_keys(const sku_case& of, const terms& with, bool marks_replays,
                violations& found) {
  for (const auto& each : of.requests) {
    check_repeats(of, each, found);
    check_excuses(of, each, found);
    if (each.tries.front()->ask.from.key.empty())
      continue;
    if (marks_replays)
      check_marks(of, each, with, found);
    check_effects(of, each, with, found);
    check_answers(of, each, with, found);
    check_refusals(of, each, with, found);
  }
}

} // namespace holdfast::checker
