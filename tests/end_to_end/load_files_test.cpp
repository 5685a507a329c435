// Files that `holdfast load` reads and writes.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/end_to_end/short_load.hpp"
#include "tests/support/process.hpp"

using namespace holdfast;
using namespace holdfast::live;

TEST_CASE_FIXTURE(short_load,
                  "a file that cannot be written stops it at once") {
  const auto missing = directory / "none/f";
  for (const std::string option : {"--json", "--report", "--history"}) {
    CAPTURE(option);
    // Nobody is there either, and nobody is asked.
    const auto end = load({"--http", "http://127.0.0.1:1", option, missing});
    CHECK(end.code == 2);
    CHECK(end.err.find(option + ": cannot write " + missing + ": No such file")
          != std::string::npos);
  }
  const auto end =
      run_program(directory.path(), {test::holdfast_program(), "simulate",
                                     "--trace", directory.path()});
  CHECK(end.code == 2);
  CHECK(end.err.find("--trace: cannot write ") != std::string::npos);
}

TEST_CASE_FIXTURE(short_load,
                  "no file is lost to another, or before its time") {
  const std::string orders = "StockCode,Quantity\nA,1\n";
  const auto file = directory / "orders.csv";
  std::ofstream{file} << orders;
  std::filesystem::create_hard_link(file, directory / "linked");
  std::filesystem::create_symlink(directory.path(), directory / "same");
  const auto nobody = std::string{"http://127.0.0.1:1"};
  const auto refused = [&](std::vector<std::string> words,
                           const std::string& pair) {
    words.insert(words.end(), {"--http", nobody});
    const auto end = load(std::move(words));
    CHECK_MESSAGE(end.code == 2, end.out, end.err);
    CHECK(end.err.find(pair + " are one file: ") != std::string::npos);
    CHECK(test::read_text(file) == orders);
  };
  refused({"orders", file, "--history", file}, "--history and FILE");
  refused({"orders", file, "--json", directory / "linked"}, "--json and FILE");
  refused({"--key-file", file, "--report", directory / "same/orders.csv"},
          "--report and --key-file");
  refused({"--json", directory / "j", "--report", directory / "same/./j"},
          "--json and --report");
  CHECK_FALSE(std::filesystem::exists(directory / "j"));
  // What keeps nothing takes everything, and who fails writes nothing.
  const auto end = load({"--http", nobody, "--json", "/dev/null", "--report",
                         "/dev/null", "--history", file});
  CHECK(end.code == 1);
  CHECK(test::read_text(file) == orders);
}

TEST_CASE_FIXTURE(short_load, "what is written replaces what was there") {
  std::ofstream{directory / "j"} << std::string(100'000, 'x');
  const auto end = load({"--in-process", "--json", directory / "j", "--history",
                         directory / "h", "--report", "/dev/stdout"});
  CHECK_MESSAGE(end.code == 0, end.out, end.err);
  CHECK(nlohmann::json::parse(test::read_text(directory / "j"))["ok"] == true);
  // Both are in the file that takes standard output.
  CHECK(end.out.find("ok: 0 violations") < end.out.find("<!doctype html>"));
  CHECK(end.out.ends_with("</html>\n"));
  CHECK(load({"--in-process", "--json", "/dev/full"}).code == 1);
}
