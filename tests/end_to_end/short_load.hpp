// Runs of `holdfast load` that last a second.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/end_to_end/run_program.hpp"
#include "tests/support/node_process.hpp"

namespace holdfast::live {

struct short_load {
  storage::testing::temp_dir directory;

  program_end load(std::vector<std::string> words) const {
    words.insert(words.begin(), {test::holdfast_program(), "load"});
    words.insert(words.end(), {"--seconds", "1", "--warm-up", "0", "--clients",
                               "16", "--skus", "50"});
    return run_program(directory.path(), std::move(words),
                       {"TMPDIR=" + directory.path()});
  }
};

} // namespace holdfast::live
