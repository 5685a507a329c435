#include "http/tls_context.hpp"

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

std::string origin_of(const char* option, const std::string& path) {
  return std::string{option} + " is " + config::quote(path);
}

config::config_error broken(const char* option, const std::string& path,
                            const std::string& why) {
  return config::config_error{origin_of(option, path) + ": " + why};
}

void check_readable(const char* option, const std::string& path) {
  if (config::regular_file{path, origin_of(option, path)}.empty())
    throw broken(option, path, "is empty");
}

void restrict(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, ciphers);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION
                                   | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
}

} // namespace

std::shared_ptr<asio::ssl::context>
load_tls_context(const std::string& certificate, const std::string& key) {
  check_readable("TLS_CERT", certificate);
  check_readable("TLS_KEY", key);
  auto made =
      std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  restrict(made->native_handle());
  // Else libcrypto would ask the terminal.
  made->set_password_callback([](auto, auto) { return std::string{}; });
  asio::error_code error;
  made->use_certificate_chain_file(certificate, error);
  if (error)
    throw broken("TLS_CERT", certificate, error.message());
  made->use_private_key_file(key, asio::ssl::context::pem, error);
  if (error)
    throw broken("TLS_KEY", key,
                 "is no key of the certificate: " + error.message());
  // A key is compared with the certificate of its own type alone.
  if (SSL_CTX_check_private_key(made->native_handle()) != 1)
    throw broken("TLS_KEY", key,
                 "is no key of the certificate: they are of different types");
  return made;
}

} // namespace holdfast::http
