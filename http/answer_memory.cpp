#include "http/answer_memory.hpp"

#include "http/problem.hpp"

namespace holdfast::http {

namespace {

/// Success, and what the business refused: the same as the journal keeps.
bool is_kept(error_code code) noexcept {
  return code == error_code::none || is_business_refusal(code);
}

} // namespace

void answer_memory::forget(clock::time_point now) {
  while (!order_.empty()
         && (order_.front().at <= now || order_.size() > kept_max)) {
    known_.erase(order_.front().scope);
    order_.pop_front();
  }
}

std::optional<api_response> answer_memory::recall(const page_key& asked,
                                                  std::string_view request_id,
                                                  clock::time_point now) {
  const std::lock_guard guard{mutex_};
  forget(now);
  const auto [place, is_new] =
      known_.try_emplace(asked.scope, entry{asked.body, std::nullopt});
  if (is_new)
    return std::nullopt;
  const auto& [body, said] = place->second;
  if (body != asked.body)
    return render_problem(error_code::idempotency_mismatch, request_id);
  if (!said)
    return render_problem(error_code::idempotency_in_flight, request_id);
  auto again = *said;
  again.replayed = true;
  return again;
}

void answer_memory::settle(const page_key& asked, const api_response& said,
                           clock::time_point now) {
  if (!is_kept(said.code))
    return;
  const std::lock_guard guard{mutex_};
  known_.at(asked.scope).said = said;
  order_.push_back({now + ttl_, asked.scope});
  forget(now);
}

void answer_memory::release(const page_key& asked) noexcept {
  const std::lock_guard guard{mutex_};
  const auto place = known_.find(asked.scope);
  if (place != known_.end() && !place->second.said)
    known_.erase(place);
}

} // namespace holdfast::http
