#include "http/authenticator.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "http/fingerprint.hpp"
#include "src/domain/siphash.hpp"

namespace holdfast::http {

namespace {

/// A longer token is nobody's.
constexpr std::size_t token_bytes_max = 512;

constexpr std::string_view no_token = R"(Bearer realm="holdfast")";
constexpr std::string_view bad_token =
    R"(Bearer realm="holdfast", error="invalid_token")";

/// RFC 6750, section 3.1: the scope that would do.
constexpr std::string_view too_little(role needed) noexcept {
  switch (needed) {
  case role::anyone:
  case role::reader:
    break;
  case role::writer:
    return R"(Bearer realm="holdfast", error="insufficient_scope", )"
           R"(scope="writer")";
  case role::operator_:
    return R"(Bearer realm="holdfast", error="insufficient_scope", )"
           R"(scope="operator")";
  }
  return R"(Bearer realm="holdfast", error="insufficient_scope", )"
         R"(scope="reader")";
}

bool is_alphanumeric(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9');
}

bool is_token_byte(char c) noexcept {
  return is_alphanumeric(c)
         || std::string_view{"-._~+/"}.find(c) != std::string_view::npos;
}

/// 1 or more of the above, then any number of `=`.
bool is_b64token(std::string_view text) noexcept {
  const auto body =
      std::find_if_not(text.begin(), text.end(), is_token_byte) - text.begin();
  return body > 0
         && text.find_first_not_of('=', static_cast<std::size_t>(body))
                == std::string_view::npos;
}

bool is_bearer(std::string_view scheme) noexcept {
  constexpr std::string_view name = "bearer";
  return std::equal(scheme.begin(), scheme.end(), name.begin(), name.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

std::uint64_t random_word() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

} // namespace

std::string_view bearer_token(std::string_view authorization) noexcept {
  const auto blank = std::min(authorization.find(' '), authorization.size());
  if (!is_bearer(authorization.substr(0, blank)))
    return {};
  authorization.remove_prefix(blank);
  const auto start = authorization.find_first_not_of(' ');
  return start == std::string_view::npos ? std::string_view{}
                                         : authorization.substr(start);
}

authenticator::authenticator()
    : secret_low_(random_word()), secret_high_(random_word()) {
  // nop
}

void authenticator::use(std::shared_ptr<const access::key_ring> keys) {
  seen_.fill({});
  keys_ = std::move(keys);
}

admission authenticator::admit(std::string_view authorization, role needed) {
  if (!keys_ || needed == role::anyone)
    return {};
  // RFC 6750, section 3.1: who came with none, or with another scheme, is told
  // of no error.
  const auto token = bearer_token(authorization);
  if (token.empty())
    return {error_code::unauthorized, nullptr, no_token};
  const auto* who = identify(token);
  if (who == nullptr)
    return {error_code::unauthorized, nullptr, bad_token};
  if (!includes(who->may, needed))
    return {error_code::forbidden, who, too_little(needed)};
  return {error_code::none, who, {}};
}

const principal* authenticator::identify(std::string_view token) {
  if (token.size() > token_bytes_max)
    return nullptr;
  const auto tag = siphash{secret_low_, secret_high_}.finish(token);
  auto& seen = seen_[tag.low % seen_.size()];
  if (seen.who != nullptr
      && ((seen.tag.low ^ tag.low) | (seen.tag.high ^ tag.high)) == 0)
    return seen.who;
  if (!is_b64token(token))
    return nullptr;
  const auto* who = keys_->find(sha256(token));
  if (who != nullptr)
    seen = {tag, who};
  return who;
}

} // namespace holdfast::http
