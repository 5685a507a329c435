#include "src/cli/credentials.hpp"

#include "http/tls_context.hpp"
#include "src/access/key_file.hpp"
#include "src/config/value.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

bool has_credentials(const settings& with) noexcept {
  return !with.api_keys_file.empty() || !with.tls_cert.empty();
}

http::credentials load_credentials(const settings& with) {
  http::credentials loaded;
  if (!with.api_keys_file.empty()) {
    auto file = access::load_keys(with.api_keys_file);
    telemetry::log_info("keys_loaded", {{"keys", file.keys->size()}});
    if (file.is_exposed)
      telemetry::log_warn("keys_exposed", {{"file", with.api_keys_file}});
    if (with.tls_cert.empty() && !config::is_loopback(with.host))
      telemetry::log_warn("keys_in_clear", {{"host", with.host}});
    loaded.keys = std::move(file.keys);
  }
  if (!with.tls_cert.empty())
    loaded.tls = http::load_tls_context(with.tls_cert, with.tls_key);
  return loaded;
}

} // namespace holdfast::cli
