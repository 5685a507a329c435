#include "actors/journal_pulse.hpp"

#include <utility>

#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/operation.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

answer_actor::behavior_type
listener(answer_actor::pointer, std::shared_ptr<std::atomic<bool>> answered) {
  return {[answered = std::move(answered)](const batch&) {
    *answered = true;
  }};
}

} // namespace

journal_pulse::journal_pulse(caf::actor_system& system, journal_actor journal)
    : journal_(std::move(journal)),
      // Hidden: the system does not wait for it to end.
      listener_(system.spawn<caf::hidden>(listener, answered_)) {
  // nop
}

bool journal_pulse::beat() {
  if (!*answered_)
    return false;
  *answered_ = false;
  auto question = std::make_shared<operation>();
  question->todo = errand::feed;
  question->feed = std::make_unique<feed_part>();
  question->feed->after = limits::seq_max;
  question->feed->limit = 1;
  question->reply_to = listener_;
  caf::anon_send(journal_, batch{{std::move(question)}});
  return true;
}

} // namespace holdfast
