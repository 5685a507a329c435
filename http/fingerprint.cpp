#include "http/fingerprint.hpp"

#include "src/crypto/sha256.hpp"

namespace holdfast::http {

digest sha256(std::string_view bytes) {
  thread_local crypto::sha256 hash;
  return hash(bytes);
}

} // namespace holdfast::http
