// The log of the process: JSON lines on standard error.
#pragma once

#include <cstdint>
#include <span>

#include "src/telemetry/log_line.hpp"

namespace holdfast::telemetry {

/// Lines of one event that are written in a second, at most.
inline constexpr std::uint32_t event_lines_max = 1'000;

/// Opens the log for its lifetime; there is one at a time. Destruction writes
/// out what is queued; who logs meanwhile is waited for, who logs later is not
/// heard. Lines go through a bounded queue to a thread of their own, so that
/// a stuck terminal stops no request: when the queue is full, the oldest line
/// makes room and is counted. An event that comes more often than
/// `event_lines_max` is counted instead of written, see `report_left_out`.
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

/// Logs an error and notes it among the faults of the process, where `detail`
/// tells it from others of its kind. `detail` is the first of the values.
void log_fault(std::string_view event, std::string_view detail,
               log_fields fields = {});

/// For lines that cost something to put together. True if a line of `event`
/// would be written now; then it has taken its place, and the line follows by
/// `log_admitted`. A level below the session's costs one relaxed load.
bool admits_line(log_level level, std::string_view event);
void log_admitted(log_level level, std::string_view event,
                  std::span<const log_field> fields);

/// The least level that is written. `info` without a session.
log_level current_log_level() noexcept;
/// Takes effect at once, on all threads.
void set_log_level(log_level least) noexcept;

/// Writes one line for each event of which lines were left out since the last
/// call, one if the queue has dropped any and one if any could not be written:
/// `lines_left_out`. Call it once a second; the end of a session does it too.
/// One thread at a time.
void report_left_out();

/// Lines of this session that a full queue has dropped, or that could not be
/// written.
std::uint64_t dropped_log_lines();

} // namespace holdfast::telemetry
