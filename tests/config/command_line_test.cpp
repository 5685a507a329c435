#include <doctest/doctest.h>

#include "src/cli/greeting.hpp"
#include "src/config/option_table.hpp"
#include "tests/config/given.hpp"

using namespace holdfast;
using namespace holdfast::config;
using namespace holdfast::config::test;

TEST_CASE("the name of an option has one spelling in each source") {
  CHECK(flag_name("http_threads") == "--http-threads");
  CHECK(variable_name("http_threads") == "HTTP_THREADS");
  CHECK(refusal({"serve", "--http_threads", "2"}) != "accepted");
  CHECK(serve({}, {{"http_threads", "2"}}).http_threads == 1);
}

TEST_CASE("help names every option in every spelling") {
  const auto help = run({"join", "--help"});
  CHECK(help.command == command::print);
  for (const auto& entry : node_options()) {
    CHECK(help.text.find(flag_name(entry.name)) != std::string::npos);
    CHECK(help.text.find("; " + variable_name(entry.name) + "\n")
          != std::string::npos);
    CHECK(help.text.find(entry.rule) != std::string::npos);
  }
}

TEST_CASE("help of the program names the subcommands and the exit codes") {
  const auto help = run({"--help"}).text;
  for (const auto* word :
       {"serve", "verify", "events", "key", "simulate", "Exit codes"})
    CHECK(help.find(word) != std::string::npos);
}

TEST_CASE("help comes before any complaint") {
  CHECK(run({"serve", "--port", "many", "--help"}).command == command::print);
}

TEST_CASE("the version is printed") {
  CHECK(run({"--version"}).text.starts_with("holdfast "));
}

TEST_CASE("a subcommand is needed") {
  CHECK(refusal({})
        == "say serve, join, verify, events, check, load, simulate or key"
           " (see holdfast --help)");
  CHECK(run({"serve"}).command == command::serve);
  CHECK(run({"verify"}).command == command::verify);
  CHECK(run({"events"}).command == command::events);
}

TEST_CASE("a key has a name and a role") {
  const auto made = run({"key", "till-1", "operator"});
  CHECK(made.command == command::key);
  CHECK(made.key == principal{"till-1", role::operator_});
  CHECK(refusal({"key"}) == "say holdfast key NAME ROLE");
  CHECK(refusal({"key", "till-1"}) == "say holdfast key NAME ROLE");
  CHECK(refusal({"key", "till 1", "reader"})
        == "NAME is \"till 1\": must be of the form "
           "[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  CHECK(refusal({"key", "till", "root"})
        == "ROLE is \"root\": must be reader, writer or operator");
}

TEST_CASE("a simulation has one seed or a range of them") {
  const auto once = run({"simulate", "--seed", "7", "--ops", "50"});
  CHECK(once.command == command::simulate);
  CHECK(once.seeds.first == 7);
  CHECK(once.seeds.last == 7);
  CHECK(once.simulation.ops == 50);
  const auto many = run({"simulate", "--seeds", "3..9", "--trace", "a"});
  CHECK(many.seeds.first == 3);
  CHECK(many.seeds.last == 9);
  CHECK(many.simulation.trace == "a");
  for (const auto* bad : {"3", "9..3", "..3", "3..", "-1..3", "3...4", "a..b"})
    CHECK(refusal({"simulate", "--seeds", bad})
          == "--seeds is \"" + std::string{bad}
                 + "\": must be A..B with A not above B");
  CHECK(refusal({"simulate", "--seeds", "1..2", "--seed", "1"})
        == "say --seed or --seeds, not both");
}

TEST_CASE("what is not known is named") {
  for (const auto& [arguments, name] :
       {std::pair<std::vector<std::string>, std::string>{{"frob"}, "frob"},
        {{"serve", "--prot", "1"}, "--prot"},
        {{"serve", "extra"}, "extra"},
        {{"key", "till", "reader", "extra"}, "extra"},
        {{"serve", "verify"}, "verify"},
        {{"--port", "1", "serve"}, "--port"},
        {{"verify", "--port", "1"}, "--port"}})
    CHECK(refusal(arguments)
          == "\"" + name + "\" is not known here (see holdfast --help)");
}

TEST_CASE("a flag without its value, or given twice, is refused") {
  CHECK(refusal({"serve", "--port"}).starts_with("--port: 1 required"));
  CHECK(
      refusal({"serve", "--port", "1", "--port", "2"}).starts_with("--port: "));
}

TEST_CASE("the greeting shows the address and three commands to try") {
  settings node;
  node.stores = {"berlin"};
  const auto text = cli::make_greeting(node, 4000, 0);
  const std::string record =
      "http://127.0.0.1:4000/api/inventory/stores/berlin/inventory/85123A";
  CHECK(text.starts_with("Holdfast listens on http://127.0.0.1:4000\n"));
  CHECK(text.find(record + "/adjust\n") != std::string::npos);
  CHECK(text.find(record + "/reserve\n") != std::string::npos);
  CHECK(text.ends_with("curl " + record + "\n"));
}

TEST_CASE("the greeting puts an IPv6 address in brackets") {
  settings node;
  node.host = "::1";
  CHECK(cli::make_greeting(node, 80, 0)
            .starts_with("Holdfast listens on http://[::1]:80\n"));
}

TEST_CASE("a load has a workload and one target") {
  const auto made = run({"load", "zipf", "--in-process", "--skew", "1.2"}).load;
  CHECK(made.workload == "zipf");
  CHECK(made.in_process);
  CHECK(made.skew == 1.2);
  const auto orders = run({"load", "orders", "f", "--http", "http://h:1"}).load;
  CHECK(orders.file == "f");
  CHECK(orders.http == "http://h:1");
  CHECK(refusal({"load"}) == "say one of --in-process, --join and --http");
  CHECK(refusal({"load", "--in-process", "--http", "http://h"})
        == "say one of --in-process, --join and --http");
  CHECK(refusal({"load", "hotter", "--in-process"})
            .starts_with("WORKLOAD is \"hotter\": must be uniform,"));
  CHECK(refusal({"load", "orders", "--in-process"})
        == "say holdfast load orders FILE; only orders has a FILE");
  CHECK(refusal({"load", "--http", "http://h", "--curve"})
        == "--curve, --baseline and --data-dir go with --in-process");
  CHECK(refusal({"load", "mixed", "--in-process", "--baseline"})
        == "--baseline goes with uniform, zipf and hot");
  CHECK(run({"load", "--join", "h:1"}).load.join == "h:1");
  CHECK(refusal({"load", "--join", "h"}).starts_with("--join is \"h\""));
  CHECK(refusal({"load", "--join", "h:1", "--node-tls-cert", "c"})
        == "--node-tls-cert, --node-tls-key and --node-tls-ca go together, and "
           "with --join");
  CHECK(refusal({"load", "--in-process", "--cluster-name", "c"})
        == "--cluster-name goes with --join");
  CHECK(refusal({"load", "--in-process", "--key-file", "k"})
        == "--key-file goes with --http");
  for (const std::string base :
       {"h:1", "http://", "http://:3000", "http:///x",
        "http://h:", "http://h:x", "http://h:0", "http://h:65536",
        "http://h:1:2", "https://h:1", "http://::1:80", "http://[::1",
        "http://[h]:80", "http://h:1/x", "http://h//"}) {
    CAPTURE(base);
    CHECK(refusal({"load", "--http", base}).starts_with("--http is \"" + base));
  }
  for (const auto* base : {"http://h", "http://h:65535/", "http://10.0.0.1:80",
                           "http://[::1]:80", "http://[::1]/"})
    CHECK(run({"load", "--http", base}).load.http == base);
  CHECK(refusal({"load", "--in-process", "--no-check", "--history", "f"})
            .starts_with("--history needs what clients are told"));
  CHECK(refusal({"load", "--in-process", "--clients", "0"})
        == "--clients is \"0\": must be an integer from 1 to 100000");
}

TEST_CASE("a toggle with nothing behind its sign is a bad value") {
  CHECK(refusal({"serve", "--insecure="})
        == "--insecure is \"\": must be true or false");
  CHECK(refusal({"load", "--in-process="})
        == "--in-process is \"\": must be true or false");
}

TEST_CASE("a check has a file") {
  const auto made = run({"check", "f", "--journal", "d,b"});
  CHECK(made.command == command::check);
  CHECK(made.check.file == "f");
  CHECK(made.check.journals == std::vector<std::string>{"d", "b"});
  CHECK(run({"check", "f", "--events", "e"}).check.events == "e");
  CHECK(refusal({"check", "f", "--journal", "d", "--events", "e"})
        == "say --journal or --events, not both");
  CHECK(refusal({"check"}) == "say holdfast check FILE");
  CHECK(refusal({"check", "f", "--journal", "d,d"})
        == "--journal is \"d,d\": must be different paths, or none");
}
