#include "src/cli/certificate.hpp"

#include <chrono>
#include <string>

#include "holdfast/clock.hpp"
#include "http/json_writer.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

std::string time_text(std::int64_t ms) {
  std::string text;
  http::append_time(text, ms);
  return text;
}

} // namespace

std::shared_ptr<asio::ssl::context>
take_certificate(const http::pem_file& certificate, const http::pem_file& key) {
  auto made = http::load_tls_context(certificate, key);
  const auto counts = http::validity_of(*made);
  if (!counts.holds_at(unix_ms(std::chrono::system_clock::now())))
    telemetry::log_warn("certificate_not_valid",
                        {{"file", certificate.path},
                         {"validFrom", time_text(counts.from_ms)},
                         {"validUntil", time_text(counts.until_ms)}});
  return made;
}

} // namespace holdfast::cli
