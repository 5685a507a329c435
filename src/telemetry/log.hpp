// The log of the process: JSON lines on standard error.
#pragma once

#include <cstdint>

#include "src/telemetry/log_line.hpp"

namespace holdfast::telemetry {

/// Opens the log for its lifetime; there is one at a time, made before the
/// threads that log and destroyed after them. Destruction writes out what is
/// queued. Lines go through a bounded queue to a thread of their own, so that
/// a stuck terminal stops no request: when the queue is full, the oldest line
/// makes room and is counted.
class log_session {
public:
  explicit log_session(log_level least);
  log_session(const log_session&) = delete;
  log_session& operator=(const log_session&) = delete;
  ~log_session();
};

/// Log an event with its values. Any thread; nothing happens without a
/// session or below its level.
void log_debug(std::string_view event, log_fields fields = {});
void log_info(std::string_view event, log_fields fields = {});
void log_warn(std::string_view event, log_fields fields = {});
void log_error(std::string_view event, log_fields fields = {});

/// Lines of this session that a full queue has dropped.
std::uint64_t dropped_log_lines();

} // namespace holdfast::telemetry
