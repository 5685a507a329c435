#include "src/telemetry/log.hpp"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include <spdlog/async.h>

#include "src/telemetry/error_sink.hpp"
#include "src/telemetry/fault_book.hpp"
#include "src/telemetry/flood_guard.hpp"

namespace holdfast::telemetry {

namespace {

/// Lines that wait for the writing thread.
constexpr std::size_t queue_max = 8'192;

struct channel {
  std::shared_ptr<error_sink> sink = std::make_shared<error_sink>();
  std::shared_ptr<spdlog::async_logger> logger;
  /// Goes first: what is queued holds the logger too, and lets go of it on the
  /// thread of the pool.
  std::shared_ptr<spdlog::details::thread_pool> pool;
  flood_guard guard{event_lines_max};
  /// Of the lines that the queue dropped, and of those that could not be
  /// written, how many were reported.
  std::uint64_t dropped = 0;
  std::uint64_t lost = 0;
};

std::atomic<channel*> open_channel{nullptr};
/// Threads that are between looking for the channel and being done with it.
std::atomic<int> users{0};
std::atomic<log_level> least_level{log_level::info};

/// The channel, if one is open; it stays for the lifetime of this object. Some
/// threads answer requests to the very end of a process.
class channel_use {
public:
  channel_use() {
    ++users;
    at_ = open_channel;
  }
  channel_use(const channel_use&) = delete;
  channel_use& operator=(const channel_use&) = delete;

  ~channel_use() {
    --users;
  }

  explicit operator bool() const noexcept {
    return at_ != nullptr;
  }
  channel* operator->() const noexcept {
    return at_;
  }
  channel& operator*() const noexcept {
    return *at_;
  }

private:
  channel* at_;
};

bool admits(channel& to, std::string_view event) {
  return to.guard.admit(event, flood_guard::clock::now());
}

void emit(channel& to, log_level level, std::string_view event,
          std::span<const log_field> fields) {
  const auto now = std::chrono::system_clock::now();
  const auto line = make_log_line(now, level, event, fields);
  to.logger->log(spdlog::level::critical,
                 spdlog::string_view_t{line.data(), line.size()});
}

void write(log_level level, std::string_view event,
           std::span<const log_field> fields) {
  if (level < current_log_level())
    return;
  if (const channel_use to; to && admits(*to, event))
    emit(*to, level, event, fields);
}

void write(log_level level, std::string_view event, log_fields fields) {
  write(level, event, std::span{fields.begin(), fields.size()});
}

void report(channel& to, std::string_view what, std::uint64_t lines) {
  const log_field fields[] = {{"of", what}, {"lines", lines}};
  emit(to, log_level::warn, "lines_left_out", fields);
}

/// Reports what came to `all` since the `reported`.
void report_more(channel& to, std::string_view what, std::uint64_t all,
                 std::uint64_t& reported) {
  if (all > reported)
    report(to, what, all - reported);
  reported = all;
}

} // namespace

log_session::log_session(log_level least) {
  auto made = std::make_unique<channel>();
  made->pool = std::make_shared<spdlog::details::thread_pool>(queue_max, 1);
  made->logger = std::make_shared<spdlog::async_logger>(
      "holdfast", made->sink, made->pool,
      spdlog::async_overflow_policy::overrun_oldest);
  made->logger->set_pattern("%v");
  open_channel = made.release();
  set_log_level(least);
}

log_session::~log_session() {
  report_left_out();
  const std::unique_ptr<channel> closed{open_channel.exchange(nullptr)};
  while (users > 0)
    std::this_thread::yield();
  set_log_level(log_level::info);
}

void log_debug(std::string_view event, log_fields fields) {
  write(log_level::debug, event, fields);
}

void log_info(std::string_view event, log_fields fields) {
  write(log_level::info, event, fields);
}

void log_warn(std::string_view event, log_fields fields) {
  write(log_level::warn, event, fields);
}

void log_error(std::string_view event, log_fields fields) {
  write(log_level::error, event, fields);
}

void log_fault(std::string_view event, std::string_view detail,
               log_fields fields) {
  process_faults().note(event, detail, std::chrono::system_clock::now());
  std::vector<log_field> all{{"detail", detail}};
  all.insert(all.end(), fields.begin(), fields.end());
  write(log_level::error, event, all);
}

bool admits_line(log_level level, std::string_view event) {
  if (level < current_log_level())
    return false;
  const channel_use to;
  return to && admits(*to, event);
}

void log_admitted(log_level level, std::string_view event,
                  std::span<const log_field> fields) {
  if (const channel_use to; to)
    emit(*to, level, event, fields);
}

log_level current_log_level() noexcept {
  return least_level.load(std::memory_order_relaxed);
}

void set_log_level(log_level least) noexcept {
  least_level.store(least, std::memory_order_relaxed);
}

void report_left_out() {
  const channel_use to;
  if (!to)
    return;
  for (const auto& [event, lines] : to->guard.take_left_out())
    report(*to, event, lines);
  report_more(*to, "full_queue", to->pool->overrun_counter(), to->dropped);
  report_more(*to, "failed_write", to->sink->lost(), to->lost);
}

std::uint64_t dropped_log_lines() {
  const channel_use to;
  return to ? to->pool->overrun_counter() + to->sink->lost() : 0;
}

} // namespace holdfast::telemetry
