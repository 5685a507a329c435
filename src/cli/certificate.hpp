// The certificates by which others know this node.
#pragma once

#include <memory>

#include "http/tls_context.hpp"

namespace holdfast::cli {

/// `http::load_tls_context`. One that does not count now is named in the log
/// and used all the same: a clock may be wrong, and without it nobody at all
/// could connect.
std::shared_ptr<asio::ssl::context>
take_certificate(const http::pem_file& certificate, const http::pem_file& key);

} // namespace holdfast::cli
