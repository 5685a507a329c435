// What can be wrong with a tiny history.
#include <utility>

#include "tests/checker/tiny_history.hpp"

namespace holdfast::test {

namespace {

void happen_again(event change, std::vector<event>& journal) {
  for (const auto& each : journal)
    if (each.from.sku == change.from.sku) {
      change.prev_seq = each.seq;
      change.after.version = each.after.version + 1;
    }
  change.seq = journal.size() + 1;
  journal.push_back(std::move(change));
}

} // namespace

void tamper(tiny_history& with, std::mt19937_64& random) {
  const auto below = [&](std::size_t bound) {
    return static_cast<std::size_t>(random() % bound);
  };
  auto& call = with.calls[below(with.calls.size())];
  auto& other = with.calls[below(with.calls.size())];
  auto* change = with.journal.empty()
                     ? nullptr
                     : &with.journal[below(with.journal.size())];
  const auto step = below(2) == 0 ? 1 : -1;
  switch (below(14)) {
  case 0:
    if (call.answer.has_record)
      call.answer.record.version += static_cast<std::uint64_t>(step);
    break;
  case 1:
    if (call.answer.has_record)
      call.answer.record.on_hand += step;
    break;
  case 2:
    if (call.known && other.known)
      std::swap(call.answer, other.answer);
    break;
  case 3:
    if (change != nullptr && call.answer.has_record)
      call.answer.record = change->after;
    break;
  case 4:
    call.known = false;
    break;
  case 5:
    // Who never heard an answer cannot have heard it late.
    if (call.known && other.known) {
      std::swap(call.called_ns, other.called_ns);
      std::swap(call.returned_ns, other.returned_ns);
    }
    break;
  case 6:
    call.called_ns = static_cast<std::int64_t>(below(12));
    call.returned_ns = call.called_ns + static_cast<std::int64_t>(below(12));
    break;
  case 7:
    if (change != nullptr)
      with.journal.pop_back();
    break;
  case 8:
    if (change != nullptr)
      change->from.key += 'x';
    break;
  case 9:
    if (change != nullptr)
      change->delta += step;
    break;
  case 10:
    with.finals[below(with.finals.size())].record.on_hand += step;
    break;
  case 11:
    if (change != nullptr)
      change->after.updated_at_ms += step * 600;
    break;
  case 12:
    // Refusals that only some questions give a reason for.
    if (call.known)
      call.answer = refusal(step > 0 ? error_code::idempotency_mismatch
                                     : error_code::precondition_required);
    break;
  default:
    if (change != nullptr)
      happen_again(*change, with.journal);
  }
}

} // namespace holdfast::test
