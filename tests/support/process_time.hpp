// What a process has cost.
#pragma once

#include <chrono>
#include <fstream>
#include <limits>
#include <string>

#include <sys/types.h>
#include <unistd.h>

namespace holdfast::test {

/// Processor time of a process so far.
inline std::chrono::duration<double> work_of(pid_t pid) {
  std::ifstream in{"/proc/" + std::to_string(pid) + "/stat"};
  // The name of the program may have blanks.
  in.ignore(std::numeric_limits<std::streamsize>::max(), ')');
  std::string skipped;
  for (int i = 3; i < 14; ++i)
    in >> skipped;
  double user = 0;
  double system = 0;
  in >> user >> system;
  return std::chrono::duration<double>{
      (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK))};
}

} // namespace holdfast::test
