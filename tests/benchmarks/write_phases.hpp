// How long writes take while something else goes on.
#pragma once

#include <functional>
#include <string>

#include "tests/benchmarks/load_client.hpp"
#include "tests/benchmarks/report.hpp"

namespace holdfast::bench {

/// Figures of writes in `phase`, none of which may have been refused.
void note_writes(const std::string& phase, const load_result& seen,
                 report& into);

/// The same for writes that go on as long as `work` does.
void write_while(const std::string& phase, load_plan plan,
                 const std::function<void()>& work, report& into);

} // namespace holdfast::bench
