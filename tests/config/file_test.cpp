#include <doctest/doctest.h>

#include "src/config/config_file.hpp"
#include "tests/config/given.hpp"

using namespace holdfast;
using namespace holdfast::config;
using namespace holdfast::config::test;

TEST_CASE("a file holds texts, numbers, booleans and lists") {
  const temporary_file file{"# a node\n"
                            "\n"
                            "host = \"::1\"  # local\r\n"
                            "\tport=4_000\n"
                            "insecure = true\n"
                            "breaker_threshold = 0.25\n"
                            "data_dir = '/srv/a#b \\ c'\n"
                            "stores = [ \"a\", # first\n"
                            "  'b',\n"
                            "]\n"
                            "node_name = \"n9\""};
  const auto node = serve({"--config", file.path()});
  CHECK(node.host == "::1");
  CHECK(node.port == 4000);
  CHECK(node.insecure);
  CHECK(node.breaker_threshold == 0.25);
  CHECK(node.data_dir == "/srv/a#b \\ c");
  CHECK(node.stores == std::vector<std::string>{"a", "b"});
  CHECK(node.node_name == "n9");
}

TEST_CASE("an empty file says nothing") {
  CHECK(parse_config("", "f").empty());
  CHECK(parse_config("# nothing\n\n  \t\n", "f").empty());
}

TEST_CASE("quotes and backslashes in a text are escaped") {
  const auto entries = parse_config(R"(data_dir = "a\"b\\c")", "f");
  CHECK(entries.front().items.front() == "a\"b\\c");
}

TEST_CASE("an unknown name in the file is refused with its line") {
  CHECK(file_refusal("port = 1\nprot = 2\n")
        == "node.toml, line 2: there is no option \"prot\"");
  CHECK(file_refusal("PORT = 1\n")
        == "node.toml, line 1: there is no option \"PORT\"");
  CHECK(file_refusal("http-threads = 1\n")
        == "node.toml, line 1: there is no option \"http-threads\"");
}

TEST_CASE("a file names no other file") {
  CHECK(file_refusal("config = 1\n")
        == "node.toml, line 1: there is no option \"config\"");
}

TEST_CASE("a bad value in the file is refused with its line") {
  CHECK(file_refusal("# node\nport = 70000\n")
        == "port in node.toml, line 2 is \"70000\": must be an integer from 0 "
           "to 65535, or auto");
}

TEST_CASE("a list where one value belongs is refused, and the reverse") {
  CHECK(file_refusal("port = [1]\n")
        == "port in node.toml, line 1 is \"1\": must be one value, not a "
           "[list]");
  CHECK(file_refusal("stores = \"a\"\n")
        == "stores in node.toml, line 1 is \"a\": must be a [list]");
}

TEST_CASE("texts are in quotes in the file, and numbers are not") {
  for (const std::string line :
       {"data_dir = true", "data_dir = 5", "node_name = 1_0", "stores = [1]",
        "stores = [\"a\", 1]"})
    CHECK(file_refusal(line + "\n").ends_with("must be a \"text\" in quotes"));
  for (const std::string line : {"insecure = \"true\"", "http_threads = '1'",
                                 "breaker_threshold = \"0.5\""})
    CHECK(
        file_refusal(line + "\n").ends_with("must be a value without quotes"));
  const temporary_file file{"port = \"auto\""};
  CHECK(serve({"--config", file.path()}).any_port);
}

TEST_CASE("only digits are parted by _") {
  const temporary_file file{"rate_limit_rps = 1_0_0"};
  CHECK(serve({"--config", file.path()}).rate_limit_rps == 100);
  for (const std::string line : {"port = _0", "port = 0_", "port = 1__0"})
    CHECK(file_refusal(line + "\n") != "accepted");
}

TEST_CASE("a byte order mark is passed over, and tables are named") {
  CHECK(parse_config("\xef\xbb\xbfport = 1", "f").front().key == "port");
  CHECK(file_refusal("[server]\nport = 1\n")
        == "node.toml, line 1: the file has no [tables]: every line is name = "
           "value");
}

TEST_CASE("a name that is there twice is refused") {
  CHECK(file_refusal("port = 1\nhost = '::1'\nport = 2\n")
        == "node.toml, line 3: \"port\" is there twice, first in line 1");
}

TEST_CASE("what is no entry is refused with its line") {
  for (const auto* line :
       {"port", "port 3000", "= 3", "[node]", "port = ", "log_level = info",
        "host = \"::1", "host = \"\\q\"", "port = 1 2", "port = 1, 2",
        "stores = [\"a\"", "stores = [\"a\" \"b\"]", "stores = [,]", "\x01"})
    CHECK_MESSAGE(file_refusal(std::string{"\n"} + line + "\n")
                      .starts_with("node.toml, line "),
                  line);
}

TEST_CASE("a file that cannot be read is refused with who named it") {
  CHECK(refusal({"serve", "--config", "/no/such"})
        == "--config is \"/no/such\": cannot be read: No such file or "
           "directory");
  CHECK(refusal({"serve", "--config", "/tmp"})
        == "--config is \"/tmp\": cannot be read: Is a directory");
  CHECK(refusal({"serve", "--config", "/dev/zero"})
        == "--config is \"/dev/zero\": cannot be read: it is larger than 4 "
           "MiB");
  CHECK(refusal({"verify"}, {{"HOLDFAST_CONFIG", ""}})
            .starts_with("HOLDFAST_CONFIG from the environment is \"\""));
}

TEST_CASE("a file is as large as 4 MiB, and no larger") {
  const std::string comment = "#" + std::string((4 << 20) - 1, 'x');
  const temporary_file full{comment};
  CHECK(refusal({"serve", "--config", full.path()}) == "accepted");
  const temporary_file over{comment + "x"};
  const auto why =
      " is \"" + over.path() + "\": cannot be read: it is larger than 4 MiB";
  CHECK(refusal({"serve", "--config", over.path()}) == "--config" + why);
  CHECK(refusal({"serve", "--api-keys-file", over.path()})
        == "--api-keys-file" + why);
  CHECK(refusal({"serve", "--tls-cert", over.path(), "--tls-key", full.path()})
        == "--tls-cert" + why);
}
