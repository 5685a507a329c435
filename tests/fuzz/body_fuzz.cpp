// The body of a write. First byte: what it is of; rest: the body.
#include <nlohmann/json.hpp>

#include "http/body_reader.hpp"
#include "http/json_scanner.hpp"
#include "tests/fuzz/input.hpp"

using namespace holdfast;
using namespace holdfast::fuzz;
using namespace holdfast::http;

namespace {

constexpr action writes[] = {action::adjust,  action::count,  action::reserve,
                             action::release, action::commit, action::extend};

command command_of(std::uint8_t kind) {
  command made;
  made.from.what = writes[kind % std::size(writes)];
  made.from.by_reservation =
      made.from.what == action::extend
      || (made.from.what >= action::release && kind >= 128);
  made.from.store = "store-1";
  made.from.sku = "85123A";
  made.from.key = "key";
  return made;
}

bool is_same(const command& one, const command& other) {
  return one.amount == other.amount && one.on_hand == other.on_hand
         && one.safety_stock == other.safety_stock
         && one.backorder_limit == other.backorder_limit
         && one.ttl_s == other.ttl_s
         && one.expected_version == other.expected_version
         && one.reservation == other.reservation && one.owner == other.owner
         && one.from.reason == other.from.reason
         && one.from.reference == other.from.reference
         && one.from.fingerprint == other.from.fingerprint;
}

/// What was taken is an object to the library too, and written by the library
/// it means the same.
void check_taken(std::string_view body, std::uint8_t kind,
                 const command& taken) {
  const auto parsed = body.find_first_not_of(" \t\r\n") == body.npos
                          ? nlohmann::json::object()
                          : nlohmann::json::parse(body, nullptr, false);
  require(parsed.is_object(), "a body that is no object");
  auto again = command_of(kind);
  faults found;
  read_body(parsed.dump(), again, found);
  require(found.empty(), "the same body is refused");
  require(is_same(taken, again), "the same body means something else");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  input from{data, size};
  const auto kind = from.byte();
  const auto body = from.rest();
  auto ask = command_of(kind);
  faults found;
  read_body(body, ask, found);
  require(found.size() <= faults_max, "an answer without bound");
  if (found.empty())
    check_taken(body, kind, ask);
  json_scanner scanner{body};
  const auto is_accepted = scanner.skip_value(0) && scanner.expect_end();
  const auto is_too_deep =
      !is_accepted && std::string_view{scanner.error()}.starts_with("deeper");
  // The library wants numbers that fit and texts of Unicode, so it may refuse
  // more, but takes nothing else that is not too deep. A zero is its end.
  const auto may_differ = is_too_deep || body.find('\0') != body.npos;
  require(is_accepted || may_differ || !nlohmann::json::accept(body),
          "JSON that is not taken");
  return 0;
}
