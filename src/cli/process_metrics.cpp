#include "src/cli/node_metrics.hpp"
#include "src/config/version.hpp"
#include "src/telemetry/log.hpp"
#include "src/telemetry/process_status.hpp"

namespace holdfast::cli {

using telemetry::metric_sink;
using kind = telemetry::metric_kind;

// The names with `process_` are those that Prometheus gives to every process.
void declare_process_metrics(telemetry::metric_table& into,
                             const node_view& of) {
  const auto add = [&](const char* name, const char* help, kind is, auto read) {
    into.add({name, help, is, {}, [=](metric_sink& out) {
                out.value(read());
              }});
  };
  into.add({"holdfast_build_info",
            "1, with version and name of the node.",
            kind::gauge,
            {"version", "node"},
            [node = of.with.node_name](metric_sink& out) {
              out.value({config::program_version(), node}, 1);
            }});
  add("holdfast_log_lines_dropped_total",
      "Lines that a full queue of the log dropped, or that were not written.",
      kind::counter, telemetry::dropped_log_lines);
  const auto started =
      std::chrono::duration<double>{of.started.time_since_epoch()}.count();
  add("process_start_time_seconds", "Start, in seconds since the epoch.",
      kind::gauge, [=] { return started; });
  add("process_cpu_seconds_total", "Time on a processor.", kind::counter,
      telemetry::cpu_seconds);
  add("process_resident_memory_bytes", "Memory in use.", kind::gauge,
      telemetry::resident_bytes);
  add("process_open_fds", "Open files and sockets.", kind::gauge,
      telemetry::open_files);
  add("process_max_fds", "How many may be open.", kind::gauge,
      telemetry::open_files_max);
}

} // namespace holdfast::cli
