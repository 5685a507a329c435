// Callers for tests that need some.
#pragma once

#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

#include "http/fingerprint.hpp"
#include "src/access/key_ring.hpp"

namespace holdfast::test {

/// Keys of callers with roles; the secret of each is its name.
inline std::shared_ptr<const access::key_ring>
keys_of(std::initializer_list<std::pair<const char*, role>> callers) {
  std::vector<access::api_key> keys(callers.size());
  auto* next = keys.data();
  for (const auto& [name, may] : callers) {
    next->who.name = name;
    next->who.may = may;
    next->hash = http::sha256(name);
    ++next;
  }
  return std::make_shared<const access::key_ring>(std::move(keys));
}

} // namespace holdfast::test
