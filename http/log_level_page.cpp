#include "http/log_level_page.hpp"

#include "http/json_writer.hpp"
#include "http/one_member_body.hpp"

namespace holdfast::http {

namespace {

bool is_level(std::string_view text) {
  return text == "debug" || text == "info" || text == "warn" || text == "error";
}

} // namespace

api_response render_log_level(std::string_view level) {
  json_writer out;
  out.open('{').member("level", level).close('}');
  return json_answer(out.take());
}

std::string read_log_level(std::string_view body, faults& found) {
  return read_one_text(
      body, {"level", is_level, "must be debug, info, warn or error"}, found);
}

} // namespace holdfast::http
