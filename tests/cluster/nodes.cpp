#include "tests/cluster/nodes.hpp"

#include <csignal>

#include <doctest/doctest.h>

#include "tests/support/wait.hpp"

namespace holdfast::cluster_test {

cluster_node::cluster_node(std::string name, std::vector<std::string> stores,
                           std::vector<std::string> flags)
    : name_(std::move(name)), stores_(std::move(stores)),
      flags_(std::move(flags)) {
  // nop
}

void cluster_node::place(const network& where, std::string address) {
  where_ = &where;
  address_ = std::move(address);
  flags_.insert(flags_.end(), {"--node-host", address_, "--insecure=true"});
}

void cluster_node::launch(cluster_node* seed) {
  process_.reset();
  test::node_plan plan;
  plan.directory = directory();
  plan.stores = stores_;
  plan.command = seed ? "join" : "serve";
  plan.program = program_;
  plan.flags = flags_;
  const auto port_or_auto = [](std::uint16_t port) {
    return port == 0 ? std::string{"auto"} : std::to_string(port);
  };
  plan.flags.insert(plan.flags.end(),
                    {"--node-name", name_, "--port", port_or_auto(port_),
                     "--node-port", port_or_auto(node_port_)});
  if (seed)
    plan.flags.insert(
        plan.flags.end(),
        {"--join", seed->address_ + ":" + std::to_string(seed->node_port())});
  const inside here{where_};
  process_ = std::make_unique<test::node_process>(std::move(plan));
}

void cluster_node::wait_ready() {
  const inside here{where_};
  const bool is_ready = process_->wait_ready();
  CAPTURE(process_->program().err());
  REQUIRE(is_ready);
  port_ = process_->port();
  node_port_ = process_->node_port();
  REQUIRE(node_port_ != 0);
}

void cluster_node::start(cluster_node* seed) {
  launch(seed);
  wait_ready();
}

void cluster_node::kill() {
  process_->program().kill();
}

void cluster_node::stop() {
  send(SIGTERM);
  const auto end = process_->program().wait(test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(0));
}

raw_response cluster_node::ask(const live::request& what) const {
  const inside here{where_};
  live::caller client{port_};
  return client.ask(what);
}

json cluster_node::ask_json(const live::request& what) const {
  return json::parse(ask(what).body);
}

json cluster_node::seen(const std::string& node) const {
  const auto page = ask_json(live::get("/api/cluster"));
  for (const auto& each : page.at("nodes"))
    if (each.at("node") == node)
      return each;
  return nullptr;
}

void expect_soon(const std::function<bool()>& holds) {
  const bool held = test::wait_until(holds);
  CHECK(held);
}

three_nodes::three_nodes(const std::vector<std::string>& flags,
                         const cables* between)
    : first("n1", {"store-a", "store-b"}, flags),
      second("n2", {"store-c"}, flags), third("n3", {"store-d"}, flags) {
  for (std::size_t i = 0; between && i < all().size(); ++i)
    all()[i]->place(between->at(i), cables::address(i));
  first.start();
  second.start(&first);
  third.start(&first);
  wait_whole();
}

void three_nodes::wait_whole() {
  for (auto* from : all())
    for (auto* to : all())
      if (from != to)
        expect_soon([&] {
          const auto seen = from->seen(to->name());
          return !seen.is_null() && seen.at("state") == "up";
        });
}

} // namespace holdfast::cluster_test
