// Keys that come and go, and what the log says of them.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/guarded_node.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

TEST_CASE("no secret is written to the log") {
  guarded_node given;
  caller client{given.node->port()};
  client.ask(post(record_path("x") + "/adjust", R"({"delta":5})",
                  bearer(given.writer)));
  client.ask(post(record_path("x") + "/adjust", R"({"delta":5})",
                  bearer(given.reader)));
  given.file.write("till-1 writer " + given.writer.secret + "\n");
  given.node->reload();
  CHECK(test::wait_until([&] {
    return given.node->log().find("reload_failed") != std::string::npos;
  }));
  given.node->stop();
  for (const auto* key : {&given.reader, &given.writer, &given.boss})
    CHECK(given.node->log().find(key->secret.substr(9)) == std::string::npos);
}

TEST_CASE("with nothing to read again a node goes on") {
  live_node node;
  node.reload();
  CHECK(test::wait_until([&] {
    return node.log().find("nothing_to_reload") != std::string::npos;
  }));
  caller client{node.port()};
  CHECK(client.ask(get("/api/health")).status == 200);
  node.stop();
}

TEST_CASE("keys are exchanged while the node runs, on open connections too") {
  guarded_node given;
  caller client{given.node->port()};
  const auto status_with = [&](const made_key& key) {
    return client.ask(get("/api/inventory/stores", bearer(key))).status;
  };
  const auto successor = make_key("till-1", "reader");
  CHECK(status_with(given.writer) == 200);
  CHECK(status_with(successor) == 401);
  given.file.hold({successor});
  given.node->reload();
  CHECK(test::wait_until([&] { return status_with(given.writer) == 401; }));
  CHECK(status_with(successor) == 200);
}

TEST_CASE("a file that cannot be used leaves the keys as they were") {
  guarded_node given;
  caller client{given.node->port()};
  for (const std::string text : {"", "till-1", "till-1 writer 00"}) {
    const auto failures = [&] {
      const auto log = given.node->log();
      std::size_t count = 0;
      for (auto at = log.find("reload_failed"); at != std::string::npos;
           at = log.find("reload_failed", at + 1))
        ++count;
      return count;
    };
    const auto before = failures();
    given.file.write(text);
    given.node->reload();
    CHECK(test::wait_until([&] { return failures() > before; }));
    CHECK(client.ask(get("/api/inventory/stores", bearer(given.reader))).status
          == 200);
  }
}

TEST_CASE("a pipe in the place of the keys keeps nobody waiting") {
  guarded_node given;
  std::filesystem::remove(given.file.path());
  REQUIRE(::mkfifo(given.file.path().c_str(), 0600) == 0);
  given.node->reload();
  CHECK(test::wait_until([&] {
    return given.node->log().find("it is no regular file") != std::string::npos;
  }));
  given.node->stop();
}

TEST_CASE("a node without a usable key file does not start") {
  const storage::testing::temp_dir dir;
  for (const auto* path : {"none", "/dev/null"}) {
    const test::process_plan plan{
        {test::holdfast_program(), "serve", "--api-keys-file", path},
        {"PORT=0", "DATA_DIR=" + (dir / "data")},
        dir / "out",
        dir / "err"};
    const auto end = test::run(plan, test::patience);
    REQUIRE(end.has_value());
    CHECK(end->is_exit(2));
    CHECK(test::read_text(plan.err_path).find("--api-keys-file is ")
          != std::string::npos);
  }
}
