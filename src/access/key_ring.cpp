#include "src/access/key_ring.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

namespace holdfast::access {

namespace {

std::uint64_t head_of(const digest& hash) noexcept {
  std::uint64_t head;
  std::memcpy(&head, hash.data(), sizeof(head));
  return head;
}

} // namespace

key_ring::key_ring(std::vector<api_key> keys) : keys_(std::move(keys)) {
  std::sort(keys_.begin(), keys_.end(), [](const auto& a, const auto& b) {
    return head_of(a.hash) < head_of(b.hash);
  });
}

const principal* key_ring::find(const digest& hash) const noexcept {
  const auto head = head_of(hash);
  auto at = std::lower_bound(keys_.begin(), keys_.end(), head,
                             [](const auto& key, std::uint64_t wanted) {
                               return head_of(key.hash) < wanted;
                             });
  for (; at != keys_.end() && head_of(at->hash) == head; ++at)
    if (CRYPTO_memcmp(at->hash.data(), hash.data(), hash.size()) == 0)
      return &at->who;
  return nullptr;
}

} // namespace holdfast::access
