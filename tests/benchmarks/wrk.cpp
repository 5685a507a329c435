#include "tests/benchmarks/wrk.hpp"

#include <sstream>
#include <stdexcept>

namespace holdfast::bench {

command wrk_command(const std::string& url, const wrk_run& how) {
  const auto seconds = std::to_string((how.span.count() + 999) / 1'000);
  command made = {"wrk",
                  "-t1",
                  "-c" + std::to_string(how.connections),
                  "-d" + seconds,
                  "-s",
                  how.script,
                  url};
  if (!how.words.empty())
    made.push_back("--");
  made.insert(made.end(), how.words.begin(), how.words.end());
  return made;
}

wrk_result run_wrk(const std::string& url, const wrk_run& how) {
  const auto made = wrk_command(url, how);
  const auto output = run(made);
  const auto at = output.find("\nresult ");
  if (at == std::string::npos)
    throw std::runtime_error(to_text(made) + ": no result");
  std::istringstream line{output.substr(at + 8)};
  wrk_result result;
  std::uint64_t micros = 0;
  std::uint64_t refused = 0;
  std::uint64_t broken = 0;
  line >> result.requests >> micros >> refused >> broken;
  if (!line || refused + broken != 0 || result.requests == 0)
    throw std::runtime_error(to_text(made) + ": " + std::to_string(refused)
                             + " refused, " + std::to_string(broken)
                             + " broken");
  result.rate =
      static_cast<double>(result.requests) * 1e6 / static_cast<double>(micros);
  return result;
}

} // namespace holdfast::bench
