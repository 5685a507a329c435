#include "http/request_id.hpp"

#include <cstdint>
#include <random>

namespace holdfast::http {

namespace {

constexpr char digits[] = "0123456789abcdefghijklmnopqrstuv";

// One engine per thread: nothing to share, nothing to lock.
std::mt19937_64& random_engine() {
  thread_local auto engine = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(),
                       device(), device(), device(), device()};
    return std::mt19937_64{seed};
  }();
  return engine;
}

} // namespace

std::string fresh_request_id() {
  constexpr int digits_per_word = 13;
  std::string id(2 * digits_per_word, '0');
  auto& random = random_engine();
  for (auto at = id.begin(); at != id.end();) {
    auto word = static_cast<std::uint64_t>(random());
    for (int i = 0; i < digits_per_word; ++i, word >>= 5)
      *at++ = digits[word & 31];
  }
  return id;
}

} // namespace holdfast::http
