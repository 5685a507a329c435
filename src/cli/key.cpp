#include <openssl/rand.h>

#include <array>
#include <iostream>
#include <stdexcept>

#include "holdfast/base64url.hpp"
#include "http/fingerprint.hpp"
#include "src/access/key_file.hpp"
#include "src/cli/commands.hpp"

namespace holdfast::cli {

namespace {

/// Entropy of a secret. Nobody guesses 256 bits, so one plain SHA-256 is all
/// the protection that its hash needs.
constexpr std::size_t secret_bytes = 32;
/// Lets scanners for leaked secrets find ours.
constexpr auto secret_head = "holdfast_";

std::string make_secret() {
  std::array<unsigned char, secret_bytes> secret{};
  if (RAND_priv_bytes(secret.data(), secret.size()) != 1)
    throw std::runtime_error{"the system gives no random numbers"};
  return secret_head
         + to_base64url(
             {reinterpret_cast<const char*>(secret.data()), secret.size()});
}

} // namespace

int key(const principal& who) {
  const auto secret = make_secret();
  std::cout << "secret: " << secret << '\n'
            << "line:   " << access::format_key({who, http::sha256(secret)})
            << '\n';
  std::cerr << "The client sends `Authorization: Bearer SECRET`. The secret is "
               "shown this once;\n"
               "the line goes into the file of API_KEYS_FILE, then SIGHUP to "
               "the node.\n";
  return exit_ok;
}

} // namespace holdfast::cli
