#include "tests/benchmarks/servers.hpp"

#include <csignal>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/support/raw_client.hpp"

namespace holdfast::bench {

namespace {

using namespace std::chrono_literals;

/// A journal of ten million events may take a while.
constexpr auto start_time_max = std::chrono::minutes{2};
constexpr auto ready_poll = 1ms;

environment node_environment(const std::string& data_dir,
                             const environment& with) {
  environment made = {
      {"DATA_DIR", data_dir},
      {"HOST", "127.0.0.1"},
      {"PORT", "0"},
      {"CONCURRENCY_API", "0"},
      {"CONCURRENCY_FS", "0"},
      {"LOAD_SHED_QUEUE_MAX", "0"},
      {"BREAKER_THRESHOLD", "0"},
      {"RATE_LIMIT_RPS", "0"},
      {"LOG_LEVEL", "warn"},
  };
  for (const auto& [name, value] : with)
    made[name] = value;
  return made;
}

command joined(command under, const command& what) {
  under.insert(under.end(), what.begin(), what.end());
  return under;
}

bool is_ready(std::uint16_t port) {
  raw_client client{port};
  client.send("GET /api/health/readiness HTTP/1.1\r\nHost: localhost\r\n"
              "Connection: close\r\n\r\n");
  const auto answer = client.receive();
  return answer && answer->status == 200;
}

} // namespace

server::server(const command& what, const environment& with)
    : command_line_(to_text(what, with)), child_(what, with) {
  const auto line = child_.read_line(start_time_max);
  const auto digits = line ? line->find_last_not_of("0123456789") + 1 : 0;
  if (!line || digits == line->size())
    throw std::runtime_error(command_line_ + ": does not say its port");
  port_ = static_cast<std::uint16_t>(std::stoul(line->substr(digits)));
}

node_server::node_server(const std::string& program,
                         const std::string& data_dir, const environment& with,
                         const std::string& subcommand, command under)
    : node_server(joined(std::move(under), {program, subcommand}),
                  node_environment(data_dir, with),
                  std::chrono::steady_clock::now()) {
  // nop
}

node_server::node_server(const command& what, const environment& with,
                         std::chrono::steady_clock::time_point started)
    : server(what, with) {
  while (!is_ready(port_))
    std::this_thread::sleep_for(ready_poll);
  time_to_ready_ = std::chrono::steady_clock::now() - started;
}

std::string node_server::node_address() {
  const auto line = child_.read_line(start_time_max);
  const auto blank = line ? line->rfind(' ') : std::string::npos;
  if (blank == std::string::npos)
    throw std::runtime_error(command_line_ + ": does not say where to join");
  return line->substr(blank + 1);
}

void node_server::stop() {
  if (const auto code = child_.stop(SIGTERM); code != 0)
    throw std::runtime_error("holdfast ended with exit code "
                             + std::to_string(code));
}

} // namespace holdfast::bench
