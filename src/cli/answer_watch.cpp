#include "src/cli/answer_watch.hpp"

#include "src/telemetry/fault_book.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

bool is_refusal(const http::answer_count& seen) {
  return seen.code != error_code::none
         && (seen.status == 429 || seen.status == 503);
}

/// What `now` has more than `before`, which becomes `now`.
std::uint64_t advance(std::uint64_t& before, std::uint64_t now) {
  return now - std::exchange(before, now);
}

} // namespace

void answer_watch::note_faults() {
  const std::lock_guard guard{lock_};
  const auto now = std::chrono::system_clock::now();
  for (const auto& one : from_->traffic())
    for (const auto& seen : one.answers) {
      if (!is_fault(seen.code) || !one.of)
        continue;
      const auto more = advance(faults_[{one.of, seen.code}], seen.count);
      if (more == 0)
        continue;
      auto detail = std::string{to_string(seen.code)} + " ";
      detail.append(one.of->method).append(" ").append(one.of->pattern);
      telemetry::process_faults().note("request_failed", detail, now, more);
    }
}

void answer_watch::summarize() {
  const std::lock_guard guard{lock_};
  std::map<error_code, std::uint64_t> sums;
  for (const auto& one : from_->traffic())
    for (const auto& seen : one.answers)
      if (is_refusal(seen))
        sums[seen.code] += seen.count;
  for (const auto& [code, sum] : sums)
    if (const auto more = advance(refusals_[code], sum); more > 0)
      telemetry::log_info("requests_refused",
                          {{"code", to_string(code)}, {"requests", more}});
}

} // namespace holdfast::cli
