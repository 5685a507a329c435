// Directories that are shared, each made by its seed.
#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/sharing/sharing.hpp"
#include "tests/support/figures.hpp"

using namespace holdfast::test;

namespace {

std::uint64_t number(const char* name, std::uint64_t otherwise) {
  const auto* given = std::getenv(name);
  return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

} // namespace

TEST_CASE("no seed makes processes that share a disk break a promise") {
  const auto first = number("SHARING_SEED", 1);
  const auto count = number("SHARING_SEEDS", 500);
  story sum;
  for (auto seed = first; seed < first + count; ++seed) {
    const auto told = sharing{seed}.run();
    sum.calls += told.calls;
    sum.events += told.events;
    sum.stolen += told.stolen;
    sum.lost += told.lost;
    sum.handed_over += told.handed_over;
    REQUIRE_MESSAGE(told.complaints.empty(), "SHARING_SEED=", seed, "\n",
                    told.complaints);
  }
  tell("processes that share a disk: simulated", count,
       {{"calls", sum.calls},
        {"events", sum.events},
        {"leases_handed_over", sum.handed_over},
        {"leases_stolen", sum.stolen},
        {"leases_lost", sum.lost}});
  if (count >= 100) {
    CHECK(sum.stolen > count);
    CHECK(sum.lost > count / 10);
    CHECK(sum.handed_over > count / 10);
  }
}

TEST_CASE("without tokens promises are broken, and that is found") {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    sharing broken{seed};
    broken.ignore_tokens();
    const auto told = broken.run();
    if (told.complaints.find("item 8") != std::string::npos)
      ++found;
  }
  CHECK(found > 3);
}
