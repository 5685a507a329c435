#include "http/fingerprint.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

namespace holdfast::http {

namespace {

struct context_deleter {
  void operator()(EVP_MD_CTX* context) const noexcept {
    EVP_MD_CTX_free(context);
  }
};

/// A context that knows its algorithm: looking that up by name costs more
/// than the hash of a small body.
EVP_MD_CTX* fresh_context() {
  thread_local const std::unique_ptr<EVP_MD_CTX, context_deleter> context{
      EVP_MD_CTX_new()};
  thread_local const bool ready =
      EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  return ready && EVP_DigestInit_ex(context.get(), nullptr, nullptr) == 1
             ? context.get()
             : nullptr;
}

} // namespace

digest sha256(std::string_view bytes) {
  digest result;
  auto* context = fresh_context();
  if (context == nullptr
      || EVP_DigestUpdate(context, bytes.data(), bytes.size()) != 1
      || EVP_DigestFinal_ex(context, result.data(), nullptr) != 1)
    throw std::runtime_error{"libcrypto has no SHA-256"};
  return result;
}

} // namespace holdfast::http
