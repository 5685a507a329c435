#include "http/request_id.hpp"

#include <algorithm>
#include <cstdint>
#include <random>

#include "holdfast/limits.hpp"
#include "http/head_field.hpp"

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

bool is_visible(char c) noexcept {
  return c >= 0x21 && c <= 0x7e;
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

std::string request_id_of(std::string_view field) {
  const bool usable = !field.empty()
                      && field.size() <= limits::request_id_bytes_max
                      && std::all_of(field.begin(), field.end(), is_visible);
  return usable ? std::string{field} : fresh_request_id();
}

std::string request_id_in(std::string_view head) {
  return request_id_of(sole_field_in(head, "x-request-id"));
}

} // namespace holdfast::http
