#include "actors/fatal_throw.hpp"

#include <caf/sec.hpp>

#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

std::string text_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "something that is no exception";
  }
}

} // namespace

caf::error take_along(const std::string& actor, std::exception_ptr thrown,
                      const fatal_handler& on_fatal) {
  const auto why = text_of(thrown);
  telemetry::log_fault("actor_failed", why, {{"actor", actor}});
  if (on_fatal)
    on_fatal(actor + ": " + why);
  return caf::sec::runtime_error;
}

} // namespace holdfast
