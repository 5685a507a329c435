// Asks who calls: bearer tokens (RFC 6750) against the API keys of the node.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "holdfast/access.hpp"
#include "holdfast/error_code.hpp"
#include "holdfast/idempotency.hpp"
#include "src/access/key_ring.hpp"

namespace holdfast::http {

/// What came of asking.
struct admission {
  /// `none`, `unauthorized` or `forbidden`.
  error_code code = error_code::none;
  /// Who calls, null where nobody was asked or told. Valid until the keys are
  /// exchanged.
  const principal* who = nullptr;
  /// Value of WWW-Authenticate for a refusal. Lives as long as the program.
  std::string_view challenge;
};

/// Belongs to one thread. Remembers the tokens it saw last by a keyed hash
/// (SipHash under a key nobody else knows), so that a known caller costs tens
/// of nanoseconds and not a SHA-256; what it remembers and how long a look
/// takes is no help in finding a token.
class authenticator {
public:
  authenticator();

  /// From now on these keys count; null asks nobody.
  void use(std::shared_ptr<const access::key_ring> keys);

  /// Judges a request whose Authorization field is `authorization`, empty
  /// where there is none, or more than one.
  admission admit(std::string_view authorization, role needed);

private:
  struct memory {
    key_hash tag;
    /// Null where the place is free.
    const principal* who = nullptr;
  };

  const principal* identify(std::string_view token);

  std::shared_ptr<const access::key_ring> keys_;
  std::uint64_t secret_low_;
  std::uint64_t secret_high_;
  std::array<memory, 64> seen_{};
};

/// The token of a field `Bearer b64token` (RFC 6750, section 2.1; the scheme
/// is compared without case), empty if it is none.
std::string_view bearer_token(std::string_view authorization) noexcept;

} // namespace holdfast::http
