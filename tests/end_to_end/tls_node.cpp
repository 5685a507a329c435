#include "tests/end_to_end/tls_node.hpp"

#include <utility>

#include <doctest/doctest.h>

#include "tests/support/node_process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::live {

namespace {


} // namespace

tls_node::tls_node(const std::vector<std::string>& flags) {
  test::process_plan plan;
  plan.command = {test::holdfast_program(), "serve"};
  plan.command.insert(plan.command.end(), flags.begin(), flags.end());
  plan.environment = {"PORT=0", "DATA_DIR=" + directory() + "/data",
                      "TLS_CERT=" + ca_.certificate(), "TLS_KEY=" + ca_.key()};
  plan.out_path = directory() + "/out";
  plan.err_path = directory() + "/err";
  program_ = std::make_unique<test::process>(std::move(plan));
  const auto line = program_->wait_for_line(
      "Holdfast listens on https://127.0.0.1:", test::patience);
  CAPTURE(program_->err());
  REQUIRE(line.has_value());
  port_ = static_cast<std::uint16_t>(
      std::stoul(line->substr(line->rfind(':') + 1)));
}

program_end tls_node::curl(const std::string& authority,
                           const std::string& target,
                           const std::vector<std::string>& words) const {
  std::vector<std::string> command = {
      "curl",        "--silent",
      "--max-time",  "60",
      "--cacert",    authority,
      "--output",    directory() + "/body",
      "--write-out", "%{http_code} %{http_version}\n"};
  command.insert(command.end(), words.begin(), words.end());
  command.push_back("https://127.0.0.1:" + std::to_string(port_) + target);
  return run_program(directory(), std::move(command));
}

bool tls_node::serves(const std::string& authority) const {
  const auto end = curl(authority, "/api/health/readiness");
  return end.code == 0 && end.out == "200 1.1\n";
}

} // namespace holdfast::live
