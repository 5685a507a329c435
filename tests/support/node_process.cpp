#include "tests/support/node_process.hpp"

#include "tests/support/http_client.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::test {

namespace {

using namespace std::chrono_literals;

constexpr auto greeting = "Holdfast listens on http://127.0.0.1:";
constexpr auto node_greeting = "Other nodes join at ";
constexpr auto verify_time = 5 * patience;

process_plan as_process(const node_plan& plan) {
  process_plan made;
  made.command = plan.wrapper;
  const auto program = plan.program.empty() ? holdfast_program() : plan.program;
  made.command.insert(made.command.end(), {program, plan.command});
  made.command.insert(made.command.end(), plan.flags.begin(), plan.flags.end());
  std::string stores;
  for (const auto& store : plan.stores)
    stores += (stores.empty() ? "" : ",") + store;
  made.environment = {"PORT=0",
                      "CONCURRENCY_API=0",
                      "CONCURRENCY_FS=0",
                      "LOAD_SHED_QUEUE_MAX=0",
                      "BREAKER_THRESHOLD=0",
                      "RATE_LIMIT_RPS=0",
                      "DATA_DIR=" + node_process::data_dir_of(plan),
                      "STORES=" + stores};
  made.out_path = plan.directory + "/out" + plan.suffix;
  made.err_path = plan.directory + "/err" + plan.suffix;
  return made;
}

} // namespace

node_process::node_process(node_plan plan)
    : plan_(std::move(plan)),
      program_(std::make_unique<process>(as_process(plan_))) {
  // nop
}

bool node_process::wait_listening(std::chrono::milliseconds within) {
  const auto line = program_->wait_for_line(greeting, within);
  if (!line)
    return false;
  const auto colon = line->rfind(':');
  port_ = static_cast<std::uint16_t>(std::stoul(line->substr(colon + 1)));
  return true;
}

bool node_process::wait_ready(std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  if (!wait_listening(within))
    return false;
  http_client client{port_};
  bool is_ready = false;
  wait_until(
      [&] {
        is_ready = client.ask("GET", "/api/health/readiness").status() == 200;
        return is_ready || !program_->is_running();
      },
      std::chrono::duration_cast<std::chrono::milliseconds>(
          until - std::chrono::steady_clock::now()));
  return is_ready;
}

std::uint16_t node_process::node_port() {
  const auto line = program_->wait_for_line(node_greeting, patience);
  if (!line)
    return 0;
  const auto colon = line->rfind(':');
  return static_cast<std::uint16_t>(std::stoul(line->substr(colon + 1)));
}

std::string holdfast_program() {
  return HOLDFAST_PROGRAM;
}

verdict run_verify(const std::string& directory) {
  process_plan plan;
  plan.command = {holdfast_program(), "verify"};
  plan.environment = {"DATA_DIR=" + directory + "/data"};
  plan.out_path = directory + "/verify-out";
  plan.err_path = directory + "/verify-err";
  const auto end = run(plan, verify_time);
  const auto said = read_text(plan.out_path) + read_text(plan.err_path);
  if (!end || end->by_signal)
    return {-1, said};
  return {end->code, said};
}

} // namespace holdfast::test
