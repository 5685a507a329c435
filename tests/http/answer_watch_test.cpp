#include "src/cli/answer_watch.hpp"

#include <doctest/doctest.h>

#include <map>

#include "http/problem_table.hpp"
#include "src/telemetry/fault_book.hpp"

using namespace holdfast;
using namespace std::chrono_literals;

TEST_CASE("requests that failed are noted as faults, refusals are not") {
  const auto counters = std::make_shared<http::server_counters>(1);
  cli::answer_watch watch{counters};
  const auto& route = http::all_routes().front();
  const auto answer = [&](error_code code) {
    counters->of(0).traffic.end(&route, http::problem_kind_of(code).status,
                                code, 1us);
  };
  for (int i = 1; i <= static_cast<int>(error_code_last); ++i)
    answer(static_cast<error_code>(i));
  watch.note_faults();
  answer(error_code::internal);
  watch.note_faults();
  std::map<std::string, std::uint64_t> seen;
  for (const auto& fault : telemetry::process_faults().read())
    if (fault.event == "request_failed")
      seen[fault.detail] = fault.count;
  const auto where =
      " " + std::string{route.method} + " " + std::string{route.pattern};
  CHECK(seen
        == std::map<std::string, std::uint64_t>{
            {"deadline_exceeded" + where, 1}, {"internal" + where, 2}});
}
