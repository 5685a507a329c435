#include "http/tls_context.hpp"

#include <ctime>
#include <string_view>

#include <asio/ssl/context.hpp>

#include "src/config/config_error.hpp"
#include "src/config/regular_file.hpp"
#include "src/config/value.hpp"

namespace holdfast::http {

namespace {

/// For TLS 1.2; the suites of TLS 1.3 are all good.
constexpr auto ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// In the form of ALPN (RFC 7301, section 3.1).
constexpr std::string_view http_1 = "\x08http/1.1";

/// A client that speaks something else is told so and not misunderstood.
int select_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size,
                    void*) {
  const std::string_view all{reinterpret_cast<const char*>(offered),
                             offered_size};
  const auto at = all.find(http_1);
  if (at == std::string_view::npos)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = offered + at + 1;
  *size = static_cast<unsigned char>(http_1.size() - 1);
  return SSL_TLSEXT_ERR_OK;
}

std::string origin_of(const pem_file& file) {
  return std::string{file.option} + " is " + config::quote(file.path);
}

config::config_error broken(const pem_file& file, const std::string& why) {
  return config::config_error{origin_of(file) + ": " + why};
}

void check_readable(const pem_file& file) {
  if (config::regular_file{file.path, origin_of(file)}.empty())
    throw broken(file, "is empty");
}

void restrict(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, ciphers);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION
                                   | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
}

/// What is no time is long gone.
std::int64_t unix_ms_of(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return std::int64_t{::timegm(&parts)} * 1'000;
}

} // namespace

std::shared_ptr<asio::ssl::context>
load_tls_context(const pem_file& certificate, const pem_file& key) {
  check_readable(certificate);
  check_readable(key);
  auto made =
      std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  restrict(made->native_handle());
  // Else libcrypto would ask the terminal.
  made->set_password_callback([](auto, auto) { return std::string{}; });
  asio::error_code error;
  made->use_certificate_chain_file(certificate.path, error);
  if (error)
    throw broken(certificate, error.message());
  made->use_private_key_file(key.path, asio::ssl::context::pem, error);
  if (error)
    throw broken(key, "is no key of the certificate: " + error.message());
  // A key is compared with the certificate of its own type alone.
  if (SSL_CTX_check_private_key(made->native_handle()) != 1)
    throw broken(key,
                 "is no key of the certificate: they are of different types");
  return made;
}

tls_validity validity_of(asio::ssl::context& context) {
  const auto* shown = SSL_CTX_get0_certificate(context.native_handle());
  return {unix_ms_of(X509_get0_notBefore(shown)),
          unix_ms_of(X509_get0_notAfter(shown))};
}

void check_authority(const pem_file& certificates) {
  check_readable(certificates);
  asio::ssl::context trial{asio::ssl::context::tls};
  asio::error_code error;
  trial.load_verify_file(certificates.path, error);
  if (error)
    throw broken(certificates, error.message());
}

} // namespace holdfast::http
