#include "tests/end_to_end/run_program.hpp"

#include <utility>

#include "tests/support/process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::live {

program_end run_program(const std::string& directory,
                        std::vector<std::string> command,
                        std::vector<std::string> environment) {
  static unsigned count = 0;
  const auto name = directory + "/run-" + std::to_string(++count);
  test::process_plan plan;
  plan.command = std::move(command);
  plan.environment = std::move(environment);
  plan.out_path = name + "-out";
  plan.err_path = name + "-err";
  const auto end = test::run(plan, 3 * test::patience);
  return {end && !end->by_signal ? end->code : -1,
          test::read_text(plan.out_path), test::read_text(plan.err_path)};
}

} // namespace holdfast::live
