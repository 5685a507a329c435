#include "src/cli/load/record.hpp"

#include <limits>

namespace holdfast::cli {

namespace {

constexpr std::size_t chunk_size = 4'096;
constexpr std::uint64_t prune_every = 256;

} // namespace

balances record_in(const packed_call& from) {
  const auto& n = from.numbers;
  return {n[0], n[1], n[2], n[3], static_cast<std::uint64_t>(n[4]), n[5]};
}

std::int64_t available_in(const packed_call& from) {
  return from.numbers[11];
}

void pack(const outcome& from, packed_call& into) {
  into.code = from.code;
  into.replayed = from.replayed;
  into.has_record = from.has_record;
  into.has_hold = from.has_hold;
  if (!from.ok()) {
    into.state = from.state;
    into.numbers = {from.expected_version,
                    from.current_version,
                    from.requested,
                    from.available,
                    from.held,
                    from.limit};
    return;
  }
  const auto& record = from.record;
  const auto& hold = from.hold;
  into.state = hold.state;
  into.hold = hold.ref;
  into.numbers = {record.on_hand,
                  record.reserved,
                  record.safety_stock,
                  record.backorder_limit,
                  static_cast<std::int64_t>(record.version),
                  record.updated_at_ms,
                  hold.quantity,
                  hold.committed,
                  hold.released,
                  hold.created_at_ms,
                  hold.expires_at_ms,
                  from.available};
}

namespace {

outcome answer_of(const packed_call& from) {
  outcome made;
  const auto& n = from.numbers;
  made.code = from.code;
  made.replayed = from.replayed;
  made.has_record = from.has_record;
  made.has_hold = from.has_hold;
  if (!made.ok()) {
    made.state = from.state;
    made.expected_version = n[0];
    made.current_version = n[1];
    made.requested = n[2];
    made.available = n[3];
    made.held = n[4];
    made.limit = n[5];
    return made;
  }
  made.record = record_in(from);
  made.available = available_in(from);
  if (!made.has_hold)
    return made;
  made.hold.ref = from.hold;
  made.hold.state = from.state;
  made.hold.quantity = n[6];
  made.hold.committed = n[7];
  made.hold.released = n[8];
  made.hold.created_at_ms = n[9];
  made.hold.expires_at_ms = n[10];
  return made;
}

} // namespace

checker::entry unpack(const packed_call& from, const name_book& names,
                      bool with_fingerprint) {
  checker::entry made;
  made.client = from.client;
  made.ask = names.spell(from.ask, with_fingerprint);
  made.called_ns = from.called_ns;
  made.returned_ns =
      from.known ? from.returned_ns : std::numeric_limits<std::int64_t>::max();
  made.known = from.known;
  if (from.known)
    made.answer = answer_of(from);
  return made;
}

void call_record::add(const packed_call& call) {
  if (!over_->covers(call.ask.sku))
    return;
  prune_a_little();
  if (chunks_.empty() || chunks_.back().size() == chunk_size) {
    chunks_.emplace_back();
    chunks_.back().reserve(chunk_size);
  }
  chunks_.back().push_back(call);
  size_.store(size() + 1, std::memory_order_relaxed);
}

/// All at once would be seen in the latencies.
void call_record::prune_a_little() {
  if (mask_ != over_->mask()) {
    mask_ = over_->mask();
    pruned_ = 0;
  }
  if (pruned_ < chunks_.size() && ++added_ % prune_every == 0)
    prune(chunks_[pruned_++]);
}

void call_record::prune(chunk& some) {
  const auto dropped = std::erase_if(some, [this](const packed_call& call) {
    return !over_->covers(call.ask.sku);
  });
  // What is dropped is to be free, too: a long run drops most of it.
  some.shrink_to_fit();
  size_.store(size() - dropped, std::memory_order_relaxed);
}

void call_record::move_to(std::vector<packed_call>& into) {
  for (auto& each : chunks_) {
    prune(each);
    into.insert(into.end(), each.begin(), each.end());
    chunk{}.swap(each);
  }
  chunks_.clear();
  size_.store(0, std::memory_order_relaxed);
}

} // namespace holdfast::cli
