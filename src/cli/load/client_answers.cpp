// What clients make of their answers.
#include "src/cli/load/client_group.hpp"

namespace holdfast::cli {

namespace {

/// A refusal that says nothing about the question: it may be asked again.
bool is_put_off(error_code code) noexcept {
  return code != error_code::none && !is_business_refusal(code)
         && is_retryable(code);
}

/// Nobody who says that has begun anything.
bool is_plain(error_code code) noexcept {
  return code == error_code::store_unavailable || code == error_code::read_only
         || !checker::leaves_doubt(code);
}

} // namespace

void client_group::take_answers(clock::time_point until) {
  replies_.clear();
  way_->receive(until, replies_);
  const auto now = now_ns();
  take_replies(now);
  give_up_overdue(now);
}

void client_group::take_replies(std::int64_t now_ns) {
  for (const auto& said : replies_) {
    const auto at = static_cast<std::uint32_t>(said.ticket);
    if (seats_[at].waits && seats_[at].generation == said.ticket >> 32)
      take(at, said, now_ns);
  }
}

void client_group::give_up() {
  tasks_ = nullptr;
  const auto now = now_ns();
  // What came before the failure was not looked at.
  take_replies(now);
  for (std::uint32_t at = 0; at < seats_.size(); ++at)
    if (seats_[at].waits)
      take(at, {0, way_->abandon(at), {}}, now);
}

void client_group::take(std::uint32_t at, const reply& said,
                        std::int64_t now_ns) {
  auto& self = seats_[at];
  self.waits = false;
  idle_.push_back(at);
  if (said.is != fate::unreached) {
    take_answer(self, plan_.first_client + at, said, now_ns);
    return;
  }
  tallies_.unreached.add();
  if (tasks_ != nullptr)
    tasks_->push_back(self.ask);
}

void client_group::take_answer(seat& of, std::uint32_t client,
                               const reply& said, std::int64_t now_ns) {
  const auto call = note(of, client, said, now_ns);
  if (tasks_ == nullptr) {
    if (call.known)
      work_->learn(client, of.ask, said.answer);
    else if (is_write(of.ask.what))
      unknown_.push_back(of.ask);
  } else if (!call.known || is_put_off(said.answer.code)) {
    tasks_->push_back(of.ask);
  } else {
    if (!said.answer.ok() && !refused_)
      refused_ = call;
    if (of.ask.what == action::read)
      reads_.push_back(call);
  }
}

/// Counts and records one answer.
packed_call client_group::note(const seat& of, std::uint32_t client,
                               const reply& said, std::int64_t now_ns) {
  packed_call call;
  call.called_ns = of.called_ns;
  call.returned_ns = now_ns;
  call.ask = of.ask;
  call.client = client;
  const auto code = said.answer.code;
  call.known = said.is == fate::answered && is_plain(code);
  if (call.known && (plan_.records || tasks_ != nullptr))
    pack(said.answer, call);
  if (plan_.records)
    record_.add(call);
  if (!call.known)
    tallies_.unknown.add();
  else if (!said.answer.ok())
    tallies_.refused[static_cast<std::size_t>(code)].add();
  else
    tallies_.acknowledged.add();
  if (call.known && said.answer.ok() && of.ask.what == action::reserve)
    tallies_.granted.add(static_cast<std::uint64_t>(of.ask.amount));
  tallies_.latency.record(static_cast<std::uint64_t>(now_ns - of.due_ns));
  return call;
}

void client_group::give_up_overdue(std::int64_t now_ns) {
  while (!deadlines_.empty()) {
    const auto [deadline, ticket] = deadlines_.front();
    const auto at = static_cast<std::uint32_t>(ticket);
    const auto is_waiting =
        seats_[at].waits && seats_[at].generation == ticket >> 32;
    if (is_waiting && deadline > now_ns)
      return;
    deadlines_.pop_front();
    if (!is_waiting)
      continue;
    take(at, {ticket, way_->abandon(at), {}}, now_ns);
  }
}

} // namespace holdfast::cli
