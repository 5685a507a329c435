#include "tests/end_to_end/live_node.hpp"

#include <csignal>
#include <utility>

#include <doctest/doctest.h>

#include "tests/support/wait.hpp"

namespace holdfast::live {

live_node::live_node(std::vector<std::string> flags)
    : flags_(std::move(flags)) {
  start();
}

void live_node::kill() {
  node_->program().kill();
}

void live_node::stop() {
  node_->program().send(SIGTERM);
  const auto end = node_->program().wait(test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(0));
}

void live_node::reload() {
  node_->program().send(SIGHUP);
}

void live_node::start() {
  test::node_plan plan;
  plan.directory = directory_.path();
  plan.flags = flags_;
  node_ = std::make_unique<test::node_process>(std::move(plan));
  const bool is_ready = node_->wait_ready();
  CAPTURE(node_->program().err());
  REQUIRE(is_ready);
}

live_node& shared_node() {
  static live_node node;
  return node;
}

std::string fresh_name(const std::string& head) {
  static unsigned count = 0;
  return head + "-" + std::to_string(++count);
}

} // namespace holdfast::live
