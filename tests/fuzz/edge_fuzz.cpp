// The bytes of a connection. First byte: how they are cut; rest: the bytes.
#include <random>

#include "tests/fuzz/input.hpp"
#include "tests/http/inbox_run.hpp"

using namespace holdfast::fuzz;
using namespace holdfast::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  input from{data, size};
  std::minstd_rand random{from.byte() + 1u};
  const auto raw = from.rest();
  const auto requests = count_requests(raw);
  const auto whole = pass(raw, raw.size() + 1, random);
  for (const std::size_t read_max : {1u, 7u, 300u}) {
    const auto seen = pass(raw, read_max, random);
    require(seen.agreed, "RESTinio's parser reads something else");
    require(seen.messages == requests, "another number of requests");
    require(seen.code == whole.code, "the verdict depends on where it is cut");
  }
  return 0;
}
