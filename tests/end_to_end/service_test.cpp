// The node as a service of systemd and of Kubernetes.
#include <doctest/doctest.h>

#include <csignal>
#include <fstream>
#include <set>
#include <utility>

#include <unistd.h>

#include "http/routes.hpp"
#include "src/config/option_table.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/run_program.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/notify_socket.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

test::process start(const storage::testing::temp_dir& dir,
                    std::vector<std::string> environment) {
  environment.insert(environment.end(),
                     {"PORT=0", "DATA_DIR=" + (dir / "data")});
  return test::process{{{test::holdfast_program(), "serve"},
                        std::move(environment),
                        dir / "out",
                        dir / "err"}};
}

/// The documents of a YAML file as a list.
json read_yaml(const std::string& path) {
  const storage::testing::temp_dir dir;
  const auto end = run_program(
      dir.path(),
      {"/usr/bin/python3", "-c",
       "import json, sys, yaml\n"
       "print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))",
       path});
  CAPTURE(end.err);
  REQUIRE(end.code == 0);
  return json::parse(end.out);
}

} // namespace

TEST_CASE("systemd is told: ready, alive and alive again, stopping") {
  const storage::testing::temp_dir dir;
  for (const auto& address :
       {dir / "notify", "@holdfast-test-" + std::to_string(::getpid())}) {
    test::notify_socket systemd{address};
    auto node =
        start(dir, {"NOTIFY_SOCKET=" + address, "WATCHDOG_USEC=1000000"});
    CHECK(systemd.receive(test::patience) == "READY=1");
    CHECK(node.out().starts_with("Holdfast listens on "));
    for (int i = 0; i < 4; ++i)
      CHECK(systemd.receive(test::patience) == "WATCHDOG=1");
    node.send(SIGTERM);
    auto last = systemd.receive(test::patience);
    while (last == "WATCHDOG=1")
      last = systemd.receive(test::patience);
    CHECK(last == "STOPPING=1");
    const auto end = node.wait(test::patience);
    REQUIRE(end.has_value());
    CHECK(end->is_exit(0));
  }
}

TEST_CASE("a watchdog of another process is not fed") {
  const storage::testing::temp_dir dir;
  test::notify_socket systemd{dir / "notify"};
  auto node = start(dir, {"NOTIFY_SOCKET=" + (dir / "notify"),
                          "WATCHDOG_USEC=1000", "WATCHDOG_PID=1"});
  CHECK(systemd.receive(test::patience) == "READY=1");
  node.send(SIGTERM);
  CHECK(systemd.receive(test::patience) == "STOPPING=1");
}

TEST_CASE("an address that nobody listens on changes nothing") {
  for (const std::string address :
       {"nonsense", "/no/such/socket", "", "@", "/"}) {
    const storage::testing::temp_dir dir;
    auto node = start(dir, {"NOTIFY_SOCKET=" + address, "WATCHDOG_USEC=1000"});
    CHECK(
        node.wait_for_line("Holdfast listens on ", test::patience).has_value());
    node.send(SIGTERM);
    const auto end = node.wait(test::patience);
    REQUIRE(end.has_value());
    CHECK(end->is_exit(0));
  }
}

TEST_CASE("the unit leaves the node what tells one boot from another") {
  const auto unit = test::read_text(PROJECT_ROOT "/config/holdfast.service");
  CHECK(unit.find("\nProcSubset=") == std::string::npos);
}

TEST_CASE("systemd takes the unit, and finds it well shut in") {
  const storage::testing::temp_dir dir;
  if (run_program(dir.path(), {"systemd-analyze", "--version"}).code != 0) {
    MESSAGE("there is no systemd-analyze here");
    return;
  }
  auto unit = test::read_text(PROJECT_ROOT "/config/holdfast.service");
  const std::string program = "/usr/bin/holdfast";
  const auto at = unit.find("ExecStart=" + program);
  REQUIRE(at != std::string::npos);
  unit.replace(unit.find('/', at), program.size(), test::holdfast_program());
  const auto path = dir / "holdfast.service";
  std::ofstream{path} << unit;
  const auto verified =
      run_program(dir.path(), {"systemd-analyze", "verify", "--man=no", path});
  CHECK(verified.code == 0);
  CHECK(verified.err.find("holdfast.service") == std::string::npos);
  // In tenths: 100 is open to all, a service without any setting has 96.
  const auto secure =
      run_program(dir.path(), {"systemd-analyze", "security", "--offline=true",
                               "--threshold=15", path});
  CHECK(secure.code == 0);
}

TEST_CASE("the manifest asks routes that are open, on the port of the node") {
  const auto set =
      read_yaml(PROJECT_ROOT "/config/kubernetes.yaml").at(1).at("spec");
  const auto& pod = set.at("template").at("spec");
  const auto& node = pod.at("containers").at(0);
  // Who is not ready gets no requests, and is not killed for it.
  for (const auto& [probe, which] : {std::pair{"startupProbe", "liveness"},
                                     {"livenessProbe", "liveness"},
                                     {"readinessProbe", "readiness"}}) {
    const auto& get = node.at(probe).at("httpGet");
    const auto target = get.at("path").get<std::string>();
    CHECK(target == std::string{"/api/health/"} + which);
    const http::request_target path{target};
    const auto* route = http::find_route("GET", path).hit;
    REQUIRE(route != nullptr);
    CHECK(route->needed == role::anyone);
    CHECK(get.at("port") == node.at("ports").at(0).at("name"));
  }
  std::set<std::string> options;
  for (const auto& option : config::node_options())
    options.insert(config::variable_name(option.name));
  for (const auto& variable : node.at("env")) {
    CHECK(options.contains(variable.at("name")));
    if (variable.at("name") == "PORT")
      CHECK(variable.at("value")
            == std::to_string(
                node.at("ports").at(0).at("containerPort").get<int>()));
  }
  CHECK(pod.at("securityContext").at("runAsNonRoot") == true);
  CHECK(node.at("securityContext").at("readOnlyRootFilesystem") == true);
  CHECK(set.at("volumeClaimTemplates").at(0).at("metadata").at("name")
        == node.at("volumeMounts").at(0).at("name"));
}
