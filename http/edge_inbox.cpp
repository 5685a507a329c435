#include "http/edge_inbox.hpp"

#include <algorithm>
#include <cstring>

#include "holdfast/limits.hpp"

namespace holdfast::http {

using verdict = edge_scanner::verdict;

// The common case copies nothing: a whole request, or a part of a body, lies
// where RESTinio wants it already.
edge_inbox::step edge_inbox::take(char* buffer, std::size_t size,
                                  std::size_t count) {
  if (has_bytes()) {
    drop_delivered();
    kept_.append(buffer, count);
    return scan_kept(buffer, size);
  }
  last_ = scanner_.feed(buffer, count);
  if (last_.is == verdict::violation) {
    kept_.assign(buffer, count);
    return step::refuse;
  }
  const auto is_good = last_.is == verdict::complete || scanner_.is_past_head();
  const auto good = is_good ? last_.consumed : 0;
  if (good < count) {
    kept_.assign(buffer + good, count - good);
    scanned_to_ = last_.consumed - good;
  }
  return is_good ? deliver(good) : step::read;
}

edge_inbox::step edge_inbox::next(char* buffer, std::size_t size) {
  if (kept_at_ < good_to_)
    return deliver_kept(buffer, size);
  return scanned_to_ < kept_.size() ? scan_kept(buffer, size) : step::read;
}

edge_inbox::step edge_inbox::scan_kept(char* buffer, std::size_t size) {
  last_ = scanner_.feed(kept_.data() + scanned_to_, kept_.size() - scanned_to_);
  if (last_.is == verdict::violation)
    return step::refuse;
  scanned_to_ += last_.consumed;
  if (last_.is != verdict::complete && !scanner_.is_past_head())
    return step::read;
  good_to_ = scanned_to_;
  return deliver_kept(buffer, size);
}

edge_inbox::step edge_inbox::deliver_kept(char* buffer, std::size_t size) {
  const auto count = std::min(size, good_to_ - kept_at_);
  std::memcpy(buffer, kept_.data() + kept_at_, count);
  kept_at_ += count;
  const auto is_last = kept_at_ == good_to_;
  if (!has_bytes())
    forget_kept();
  if (is_last)
    return deliver(count);
  ready_ = count;
  return step::deliver;
}

// The last good bytes of what was scanned: only after them may the peer be
// told to go on, and only with them does a request end.
edge_inbox::step edge_inbox::deliver(std::size_t count) noexcept {
  ready_ = count;
  if (last_.is == verdict::complete)
    scanner_.reset();
  return scanner_.take_continue() ? step::deliver_after_continue
                                  : step::deliver;
}

// Of a connection that has always begun its next request, too.
void edge_inbox::drop_delivered() {
  kept_.erase(0, kept_at_);
  good_to_ -= kept_at_;
  scanned_to_ -= kept_at_;
  kept_at_ = 0;
}

// One long head must not cost memory for as long as its connection lasts.
void edge_inbox::forget_kept() {
  kept_.clear();
  if (kept_.capacity() > limits::read_buffer_bytes)
    kept_.shrink_to_fit();
  kept_at_ = 0;
  good_to_ = 0;
  scanned_to_ = 0;
}

bool edge_inbox::finish() noexcept {
  if (!scanner_.is_inside())
    return false;
  last_ = {verdict::violation, 0, error_code::invalid_request,
           "The request ends before it is complete."};
  return true;
}

} // namespace holdfast::http
