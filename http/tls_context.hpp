// Certificates and keys, from the files of their options.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace asio::ssl {
class context;
} // namespace asio::ssl

namespace holdfast::http {

/// A PEM file, and the option that names it.
struct pem_file {
  const char* option;
  std::string path;
};

/// Makes a context for TLS 1.2 and 1.3 with forward secrecy, without
/// renegotiation and compression, for HTTP/1.1 alone (RFC 9325). `certificate`
/// begins with the server's own certificate, `key` has its private key. Throws
/// `config::config_error` that names option, file and what is wrong with it.
/// Any thread may use the result.
std::shared_ptr<asio::ssl::context>
load_tls_context(const pem_file& certificate, const pem_file& key);

/// When a certificate counts, in milliseconds since the epoch: from the first
/// second through the last one (RFC 5280, section 4.1.2.5).
struct tls_validity {
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;

  bool holds_at(std::int64_t now_ms) const noexcept {
    return from_ms <= now_ms && now_ms < until_ms + 1'000;
  }
};

/// Of the certificate that `context` was made with.
tls_validity validity_of(asio::ssl::context& context);

/// Throws likewise unless `certificates` are such as others can be held
/// against.
void check_authority(const pem_file& certificates);

} // namespace holdfast::http
