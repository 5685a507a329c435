#include "src/telemetry/log.hpp"

#include <memory>

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace holdfast::telemetry {

namespace {

/// Lines that wait for the writing thread.
constexpr std::size_t queue_max = 8'192;

struct channel {
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
  log_level least;
};

std::unique_ptr<channel> open_channel;

void write(log_level level, std::string_view event, log_fields fields) {
  if (!open_channel || level < open_channel->least)
    return;
  const auto now = std::chrono::system_clock::now();
  const auto line = make_log_line(now, level, event, fields);
  open_channel->logger->log(spdlog::level::critical,
                            spdlog::string_view_t{line.data(), line.size()});
}

} // namespace

log_session::log_session(log_level least) {
  auto pool = std::make_shared<spdlog::details::thread_pool>(queue_max, 1);
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::async_logger>(
      "holdfast", std::move(sink), pool,
      spdlog::async_overflow_policy::overrun_oldest);
  logger->set_pattern("%v");
  open_channel = std::make_unique<channel>(
      channel{std::move(pool), std::move(logger), least});
}

log_session::~log_session() {
  open_channel.reset();
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

std::uint64_t dropped_log_lines() {
  return open_channel ? open_channel->pool->overrun_counter() : 0;
}

} // namespace holdfast::telemetry
