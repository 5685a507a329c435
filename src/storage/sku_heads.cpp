#include "sku_heads.hpp"

namespace holdfast::storage {

void sku_heads::begin(const log_position& next) {
  ++transaction_;
  start_ = next;
  changed_.clear();
  kept_.clear();
}

void sku_heads::commit() {
  for (auto* head : kept_) {
    if (head->kept_seq == head->seq && head->kept_answer == head->answer) {
      erase(*head);
      continue;
    }
    // Rows came after the snapshot, in the transaction that took it.
    head->dirty_since = start_;
    unlink(*head);
    link(*head);
  }
  changed_.clear();
  kept_.clear();
}

void sku_heads::rollback() noexcept {
  for (; !changed_.empty(); changed_.pop_back()) {
    const auto& was = changed_.back();
    if (was.fresh) {
      erase(*was.head);
      continue;
    }
    was.head->seq = was.seq;
    was.head->answer = was.answer;
  }
  kept_.clear();
}

sku_head* sku_heads::find(sku_view names) {
  const auto found = heads_.find(names);
  return found == heads_.end() ? nullptr : &found->second;
}

sku_head& sku_heads::change(sku_view names) {
  auto* head = find(names);
  const auto fresh = head == nullptr;
  if (fresh)
    head = &insert(names, start_);
  if (head->changed_in != transaction_) {
    head->changed_in = transaction_;
    changed_.push_back({head, head->seq, head->answer, fresh});
  }
  return *head;
}

void sku_heads::kept(sku_head& head) {
  head.kept_seq = head.seq;
  head.kept_answer = head.answer;
  if (head.kept_in == transaction_)
    return;
  head.kept_in = transaction_;
  kept_.push_back(&head);
}

sku_head& sku_heads::restore(sku_view names, const log_position& since) {
  auto* head = find(names);
  return head != nullptr ? *head : insert(names, since);
}

std::vector<sku_head*> sku_heads::stalest(std::size_t count) const {
  std::vector<sku_head*> result;
  for (auto* each = oldest_; each != nullptr && result.size() < count;
       each = each->newer)
    result.push_back(each);
  return result;
}

sku_head& sku_heads::insert(sku_view names, const log_position& since) {
  const auto place = heads_.try_emplace(sku_key(names)).first;
  auto& head = place->second;
  head.names = &place->first;
  head.dirty_since = since;
  link(head);
  return head;
}

void sku_heads::link(sku_head& head) noexcept {
  head.older = newest_;
  head.newer = nullptr;
  (newest_ != nullptr ? newest_->newer : oldest_) = &head;
  newest_ = &head;
}

void sku_heads::unlink(sku_head& head) noexcept {
  (head.older != nullptr ? head.older->newer : oldest_) = head.newer;
  (head.newer != nullptr ? head.newer->older : newest_) = head.older;
}

void sku_heads::erase(sku_head& head) {
  unlink(head);
  heads_.erase(heads_.find(sku_view(*head.names)));
}

} // namespace holdfast::storage
