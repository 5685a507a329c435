// Certificate and key of the server.
#pragma once

#include <memory>
#include <string>

namespace asio::ssl {
class context;
} // namespace asio::ssl

namespace holdfast::http {

/// Makes a context for TLS 1.2 and 1.3 with forward secrecy, without
/// renegotiation and compression, for HTTP/1.1 alone (RFC 9325). `certificate`
/// names a PEM file that begins with the server's own certificate, `key` one
/// with its private key. Throws `config::config_error` that names the file and
/// what is wrong with it. Any thread may use the result.
std::shared_ptr<asio::ssl::context>
load_tls_context(const std::string& certificate, const std::string& key);

} // namespace holdfast::http
