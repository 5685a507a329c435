#include <doctest/doctest.h>

#include "tests/config/given.hpp"

using namespace holdfast;
using namespace holdfast::config::test;

TEST_CASE("without any source the defaults hold") {
  const auto node = serve({});
  CHECK(node.host == "127.0.0.1");
  CHECK(node.port == 3000);
  CHECK(node.stores.size() == 3);
  CHECK(node.actor_policy == "direct");
  CHECK(node.breaker_threshold == 0.5);
  CHECK_FALSE(node.insecure);
}

TEST_CASE("the file goes before the default") {
  const temporary_file file{"port = 4000\n"};
  CHECK(serve({"--config", file.path()}).port == 4000);
}

TEST_CASE("the environment goes before the file") {
  const temporary_file file{"port = 4000\nhttp_threads = 4\n"};
  const auto node = serve({"--config", file.path()}, {{"PORT", "5000"}});
  CHECK(node.port == 5000);
  CHECK(node.http_threads == 4);
}

TEST_CASE("a flag goes before the environment and the file") {
  const temporary_file file{"port = 4000\n"};
  const auto node =
      serve({"--config", file.path(), "--port", "6000"}, {{"PORT", "5000"}});
  CHECK(node.port == 6000);
}

TEST_CASE("a source that is overruled is not judged") {
  CHECK(serve({"--port", "6000"}, {{"PORT", "many"}}).port == 6000);
}

TEST_CASE("the environment may name the file") {
  const temporary_file file{"port = 4000\n"};
  CHECK(serve({}, {{"HOLDFAST_CONFIG", file.path()}}).port == 4000);
}

TEST_CASE("the flag that names the file goes before the variable") {
  const temporary_file one{"port = 4001\n"};
  const temporary_file two{"port = 4002\n"};
  const auto node =
      serve({"--config", one.path()}, {{"HOLDFAST_CONFIG", two.path()}});
  CHECK(node.port == 4001);
}

TEST_CASE("a flag takes its value after a space or an equals sign") {
  CHECK(serve({"--port=4000"}).port == 4000);
  CHECK(serve({"--port", "4000"}).port == 4000);
}

TEST_CASE("a toggle may stand alone or say which way") {
  CHECK(serve({"--insecure"}).insecure);
  CHECK(serve({"--insecure=true"}).insecure);
  CHECK_FALSE(serve({"--insecure=false"}, {{"INSECURE", "true"}}).insecure);
  CHECK(serve({}, {{"INSECURE", "true"}}).insecure);
}

TEST_CASE("lists are separated by commas outside the file") {
  const std::vector<std::string> both = {"berlin", "paris"};
  CHECK(serve({"--stores", "berlin,paris"}).stores == both);
  CHECK(serve({}, {{"STORES", "berlin,paris"}}).stores == both);
}

TEST_CASE("verify and events take the data directory from every source") {
  const temporary_file file{"data_dir = '/file'\n"};
  const variables named = {{"HOLDFAST_CONFIG", file.path()}};
  const variables set = {{"DATA_DIR", "/environment"}};
  CHECK(run({"verify"}, named).node.data_dir == "/file");
  CHECK(run({"verify"}, set).node.data_dir == "/environment");
  CHECK(run({"events", "--data-dir", "/flag"}, set).node.data_dir == "/flag");
}

TEST_CASE("verify is not stopped by what only a node needs") {
  CHECK(refusal({"verify"}, {{"PORT", "many"}}) == "accepted");
  CHECK(refusal({"verify"}, {{"HOST", "0.0.0.0"}}) == "accepted");
}

TEST_CASE("nothing behind an equals sign is an empty value") {
  CHECK(serve({"--lock-owner-id="}, {{"LOCK_OWNER_ID", "a"}})
            .lock_owner_id.empty());
  CHECK(refusal({"serve", "--port="}).starts_with("--port is \"\": must be"));
  CHECK(refusal({"serve", "--insecure="}).starts_with("--insecure"));
}
