// Directories that are not for the node that is told to use them.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/run_program.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

std::string data_of(const live_node& node) {
  return node.directory() + "/data";
}

program_end run(const std::string& scratch, std::vector<std::string> words) {
  words.insert(words.begin(), test::holdfast_program());
  return run_program(scratch, std::move(words));
}

} // namespace

TEST_CASE("a directory of another node, or none, is a wrong configuration") {
  live_node node;
  node.stop();
  const storage::testing::temp_dir scratch;
  const auto other = run(scratch.path(), {"serve", "--port=0", "--node-name=n9",
                                          "--data-dir=" + data_of(node)});
  CHECK(other.code == 2);
  CHECK_MESSAGE(other.err.find("belongs to node n1, not to n9")
                    != std::string::npos,
                other.err);
  const auto none =
      run(scratch.path(), {"serve", "--port=0", "--data-dir=/dev/null/data"});
  CHECK(none.code == 2);
  CHECK_MESSAGE(none.err.find("cannot make the data directory")
                    != std::string::npos,
                none.err);
}

TEST_CASE("a journal that is gone is told from one that never was") {
  live_node node;
  {
    caller client{node.port()};
    client.ask(post(record_path("a") + "/adjust", R"({"delta":1})"));
  }
  node.stop();
  std::filesystem::remove(data_of(node) + "/journal.db");
  const storage::testing::temp_dir scratch;
  const auto lost =
      run(scratch.path(), {"verify", "--data-dir=" + data_of(node)});
  CHECK(lost.code == 1);
  CHECK_MESSAGE(lost.out.find("the journal is gone, but seq 1 was acknowledged")
                    != std::string::npos,
                lost.out);
  const auto none = run(scratch.path(), {"verify", "--data-dir=/dev/null/x"});
  CHECK(none.code == 1);
  CHECK_MESSAGE(none.err.find("there is no journal") != std::string::npos,
                none.err);
}
