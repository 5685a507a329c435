// The environment of programs that tests run.
#pragma once

#include <string>
#include <vector>

#include <unistd.h>

namespace holdfast::test {

/// What a program needs of its caller's environment. All else may be an option
/// of a node, and is meant for another one.
inline bool is_inherited(const std::string& variable) {
  const auto name = variable.substr(0, variable.find('='));
  return name == "PATH" || name == "HOME" || name == "TMPDIR"
         || name.starts_with("LD_") || name.starts_with("MALLOC_")
         || name.starts_with("GCOV_") || name.starts_with("LLVM_")
         || name.ends_with("_OPTIONS");
}

/// What is inherited, with `added`, whose names win.
inline std::vector<std::string>
environment_with(const std::vector<std::string>& added) {
  std::vector<std::string> made = added;
  const auto is_added = [&](const std::string& variable) {
    const auto name = variable.substr(0, variable.find('=') + 1);
    for (const auto& each : added)
      if (each.starts_with(name))
        return true;
    return false;
  };
  for (auto** each = environ; *each != nullptr; ++each)
    if (is_inherited(*each) && !is_added(*each))
      made.emplace_back(*each);
  return made;
}

/// As exec(3) wants arguments and variables; valid while `texts` are.
inline std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> made;
  for (const auto& text : texts)
    made.push_back(const_cast<char*>(text.c_str()));
  made.push_back(nullptr);
  return made;
}

} // namespace holdfast::test
