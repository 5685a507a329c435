#include <fcntl.h>
#include <unistd.h>

#include <exception>
#include <iostream>

#include "src/cli/commands.hpp"
#include "src/config/command_line.hpp"

namespace {

using namespace holdfast;

int dispatch(const config::invocation& run) {
  switch (run.command) {
  case config::command::print:
    std::cout << run.text;
    return cli::exit_ok;
  case config::command::serve:
  case config::command::join:
    return cli::serve(run.node);
  case config::command::verify:
    return cli::verify(run.node.data_dir);
  case config::command::events:
    return cli::events(run.node.data_dir, run.query);
  case config::command::check:
    return cli::check(run.check);
  case config::command::load:
    return cli::load(run.load);
  case config::command::key:
    return cli::key(run.key);
  case config::command::simulate:
    return cli::simulate(run.simulation, run.seeds);
  }
  return cli::exit_failure;
}

/// What nobody could be told was done in vain.
int end_with(int code) {
  if (std::cout.flush())
    return code;
  std::cerr << "holdfast: cannot write to standard output\n";
  return code == cli::exit_ok ? cli::exit_failure : code;
}

/// Who starts a program may have closed its standard streams. The next file
/// would get their numbers, and what is written for people would go there.
bool hold_standard_streams() {
  int opened = STDIN_FILENO;
  while (opened >= 0 && opened <= STDERR_FILENO)
    opened = ::open("/dev/null", O_RDWR);
  if (opened > STDERR_FILENO)
    ::close(opened);
  return opened >= 0;
}

} // namespace

int main(int argc, char** argv) {
  if (!hold_standard_streams())
    return cli::exit_failure;
  try {
    return end_with(dispatch(config::read_command_line(
        {argv + 1, argv + argc}, config::process_variable)));
  } catch (const config::config_error& error) {
    std::cerr << "holdfast: " << error.what() << '\n';
    return cli::exit_usage;
  } catch (const std::exception& error) {
    std::cerr << "holdfast: " << error.what() << '\n';
    return cli::exit_failure;
  }
}
