#include "src/cli/credentials.hpp"

#include "src/access/key_file.hpp"
#include "src/cli/certificate.hpp"
#include "src/config/config_error.hpp"
#include "src/config/value.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

void load_keys(const settings& with, http::credentials& into) {
  if (with.api_keys_file.empty())
    return;
  auto file = access::load_keys(with.api_keys_file);
  telemetry::log_info("keys_loaded", {{"keys", file.keys->size()}});
  if (file.is_exposed)
    telemetry::log_warn("keys_exposed", {{"file", with.api_keys_file}});
  if (with.tls_cert.empty() && !config::is_loopback(with.host))
    telemetry::log_warn("keys_in_clear", {{"host", with.host}});
  into.keys = std::move(file.keys);
}

void load_certificate(const settings& with, http::credentials& into) {
  if (with.tls_cert.empty())
    return;
  into.tls =
      take_certificate({"TLS_CERT", with.tls_cert}, {"TLS_KEY", with.tls_key});
  telemetry::log_info("certificate_loaded", {{"file", with.tls_cert}});
}

} // namespace

bool has_credentials(const settings& with) noexcept {
  return !with.api_keys_file.empty() || !with.tls_cert.empty();
}

http::credentials load_credentials(const settings& with) {
  http::credentials loaded;
  load_keys(with, loaded);
  load_certificate(with, loaded);
  return loaded;
}

void reload_credentials(const settings& with, http::credentials& now) {
  for (const auto load : {load_keys, load_certificate}) {
    try {
      load(with, now);
    } catch (const config::config_error& error) {
      telemetry::log_error("reload_failed", {{"reason", error.what()}});
    }
  }
}

} // namespace holdfast::cli
