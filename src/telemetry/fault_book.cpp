#include "src/telemetry/fault_book.hpp"

#include <algorithm>

namespace holdfast::telemetry {

namespace {

/// The beginning of `text` without half a character (UTF-8) at its end.
std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max)
    return text;
  while (bytes_max > 0 && (text[bytes_max] & 0xc0) == 0x80)
    --bytes_max;
  return text.substr(0, bytes_max);
}

} // namespace

void fault_book::note(std::string_view event, std::string_view detail,
                      time_point now, std::uint64_t times) {
  detail = cut(detail, detail_bytes_max);
  const std::lock_guard guard{lock_};
  auto found = std::find_if(faults_.begin(), faults_.end(), [&](auto& fault) {
    return fault.event == event && fault.detail == detail;
  });
  if (found == faults_.end()) {
    if (faults_.size() == faults_max)
      faults_.erase(std::min_element(
          faults_.begin(), faults_.end(),
          [](auto& one, auto& other) { return one.last < other.last; }));
    faults_.push_back({std::string{event}, std::string{detail}, 0, now, now});
    found = faults_.end() - 1;
  }
  found->count += times;
  found->last = now;
}

std::vector<seen_fault> fault_book::read() const {
  const std::lock_guard guard{lock_};
  auto result = faults_;
  std::stable_sort(result.begin(), result.end(), [](auto& one, auto& other) {
    return one.last > other.last;
  });
  return result;
}

fault_book& process_faults() {
  static fault_book book;
  return book;
}

} // namespace holdfast::telemetry
