// What `./dev cluster` makes of nodes that end.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/end_to_end/run_program.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

struct fixture {
  storage::testing::temp_dir directory;

  /// What runs as the program `name`.
  void write_script(const std::string& name, const std::string& text) const {
    const std::filesystem::path path{directory / name};
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path} << "#!/bin/sh\n" << text << '\n';
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }

  /// Does `text` in the directory, with what starts a cluster at hand.
  program_end run(const std::string& text) const {
    const std::string begin = "cd '" + directory.path()
                              + "'; PATH=$PWD/bin:$PATH; "
                                "die() { echo \"$*\" >&2; exit 1; }; ";
    const std::string source =
        "source '" PROJECT_ROOT "/tests/support/cluster.sh'; ";
    return run_program(directory.path(), {"bash", "-euo", "pipefail", "-c",
                                          begin + source + text});
  }
};

bool tells(const program_end& end, const std::string& text) {
  return end.err.find(text) != std::string::npos;
}

} // namespace

TEST_CASE_FIXTURE(fixture, "who has the port of a node is not that node") {
  // A node that finds its port taken, and whoever took it, who is well. What
  // an earlier node said there counts no more.
  write_script("build/holdfast", "sleep 2; exit 1");
  write_script("bin/curl", "exit 0");
  write_script("data/n1/out", "");
  const auto end = run("run_cluster data");
  CHECK(end.code == 1);
  CHECK(end.out.empty());
  CHECK(tells(end, "node n1 is not ready"));
}

TEST_CASE_FIXTURE(fixture, "every node that ends is told of") {
  const auto end = run("cluster_dir=data; for name in n1 n2 n3; do "
                       "sleep 60 & cluster_names[$!]=$name; "
                       "cluster_commands[$name]=again; done; "
                       "kill -9 \"${!cluster_names[@]}\"; watch_cluster");
  CHECK(end.code == 128 + 9);
  for (const std::string name : {"n1", "n2", "n3"})
    CHECK(tells(end, "node " + name + " ended with code 137"));
}
