#include "src/telemetry/log.hpp"

#include <atomic>
#include <memory>
#include <vector>

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "src/telemetry/fault_book.hpp"
#include "src/telemetry/flood_guard.hpp"

namespace holdfast::telemetry {

namespace {

/// Lines that wait for the writing thread.
constexpr std::size_t queue_max = 8'192;

struct channel {
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
  flood_guard guard{event_lines_max};
  /// Of the lines that the queue dropped, how many were reported.
  std::uint64_t reported = 0;
};

std::unique_ptr<channel> open_channel;
std::atomic<log_level> least_level{log_level::info};

void emit(log_level level, std::string_view event,
          std::span<const log_field> fields) {
  const auto now = std::chrono::system_clock::now();
  const auto line = make_log_line(now, level, event, fields);
  open_channel->logger->log(spdlog::level::critical,
                            spdlog::string_view_t{line.data(), line.size()});
}

void write(log_level level, std::string_view event, log_fields fields) {
  if (admits_line(level, event))
    emit(level, event, {fields.begin(), fields.size()});
}

void report(std::string_view what, std::uint64_t lines) {
  const log_field fields[] = {{"of", what}, {"lines", lines}};
  emit(log_level::warn, "lines_left_out", fields);
}

} // namespace

log_session::log_session(log_level least) {
  auto made = std::make_unique<channel>();
  made->pool = std::make_shared<spdlog::details::thread_pool>(queue_max, 1);
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  made->logger = std::make_shared<spdlog::async_logger>(
      "holdfast", std::move(sink), made->pool,
      spdlog::async_overflow_policy::overrun_oldest);
  made->logger->set_pattern("%v");
  open_channel = std::move(made);
  set_log_level(least);
}

log_session::~log_session() {
  report_left_out();
  open_channel.reset();
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
  if (!admits_line(log_level::error, event))
    return;
  std::vector<log_field> all{{"detail", detail}};
  all.insert(all.end(), fields.begin(), fields.end());
  emit(log_level::error, event, all);
}

bool admits_line(log_level level, std::string_view event) {
  return level >= current_log_level() && open_channel
         && open_channel->guard.admit(event, flood_guard::clock::now());
}

void log_admitted(log_level level, std::string_view event,
                  std::span<const log_field> fields) {
  if (open_channel)
    emit(level, event, fields);
}

log_level current_log_level() noexcept {
  return least_level.load(std::memory_order_relaxed);
}

void set_log_level(log_level least) noexcept {
  least_level.store(least, std::memory_order_relaxed);
}

void report_left_out() {
  if (!open_channel)
    return;
  for (const auto& [event, lines] : open_channel->guard.take_left_out())
    report(event, lines);
  const auto dropped = dropped_log_lines();
  if (dropped > open_channel->reported)
    report("full_queue", dropped - open_channel->reported);
  open_channel->reported = dropped;
}

std::uint64_t dropped_log_lines() {
  return open_channel ? open_channel->pool->overrun_counter() : 0;
}

} // namespace holdfast::telemetry
