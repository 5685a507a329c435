// Where the lines of the log go.
#pragma once

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <mutex>
#include <string_view>

#include <unistd.h>

#include <spdlog/sinks/base_sink.h>

namespace holdfast::telemetry {

/// Standard error. Unlike those of spdlog it knows what did not get there: a
/// full disk or a pipe without a reader is no error to them.
class error_sink final : public spdlog::sinks::base_sink<std::mutex> {
public:
  /// Lines that were not written, or not to their end. Thread-safe.
  std::uint64_t lost() const noexcept {
    return lost_.load(std::memory_order_relaxed);
  }

protected:
  void sink_it_(const spdlog::details::log_msg& line) override {
    spdlog::memory_buf_t text;
    formatter_->format(line, text);
    if (!write({text.data(), text.size()}))
      lost_.fetch_add(1, std::memory_order_relaxed);
  }
  void flush_() override {
    // Nothing waits here.
  }

private:
  static bool write(std::string_view text) noexcept {
    while (!text.empty()) {
      const auto count = ::write(STDERR_FILENO, text.data(), text.size());
      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return false;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  std::atomic<std::uint64_t> lost_{0};
};

} // namespace holdfast::telemetry
