// What another process says over the port for nodes. Messages, one after the
// other: a byte that names the kind, then the bytes that CAF reads it from.
// Whatever they say is an error or is acted on, and leaves everything whole.
#include <algorithm>

#include <caf/binary_deserializer.hpp>
#include <nlohmann/json.hpp>

#include "actors/operation.hpp"
#include "holdfast/validity.hpp"
#include "http/render.hpp"
#include "tests/fuzz/hearer.hpp"
#include "tests/fuzz/input.hpp"

using namespace holdfast;
using namespace holdfast::fuzz;

namespace {

void check_json(const http::api_response& answer) {
  require(answer.status >= 200 && answer.status < 600, "another status");
  require(nlohmann::json::accept(answer.body), "an answer that is no JSON");
}

/// As a bridge shows what the proxy of a node let through.
void show(const wire_outcome& said) {
  if (!is_valid(said.answer))
    return;
  operation op;
  op.ask.from.what = static_cast<action>(1 + said.number % 8);
  op.ask.from.store = "store-1";
  op.ask.from.sku = "85123A";
  op.answer = said.answer;
  op.retry_after_s = said.retry_after_s;
  check_json(http::render(op, "request-1", "n1"));
}

void show(wire_page said) {
  const auto is_whole =
      std::all_of(said.events.begin(), said.events.end(),
                  [](const event& each) { return is_valid(each); });
  if (!is_whole || !is_valid(refusal(said.code)))
    return;
  operation op;
  op.todo = errand::feed;
  op.feed = std::make_unique<feed_part>();
  op.answer = refusal(said.code);
  op.feed->span = std::make_unique<feed_span>();
  op.feed->span->legs = {{"n1", 0}, {"n2", 0}};
  op.feed->page = merge_pages(
      {{1,
        {std::move(said.events), said.last_seq, said.last_ms, said.is_last}}},
      limits::page_max, *op.feed->span);
  check_json(http::render(op, "request-1", "n1"));
}

class conversation {
public:
  explicit conversation(std::string_view bytes)
      : from_(nullptr, bytes.data(), bytes.size()) {
    // nop
  }

  /// False at the end, and once CAF cannot read on: the link is closed then.
  bool go_on();

private:
  template <class... Ts>
  bool read(Ts&... into) {
    return !from_(into...);
  }

  caf::binary_deserializer from_;
  hearer to_;
};

bool conversation::go_on() {
  std::uint8_t kind = 0;
  if (from_.remaining() == 0 || !read(kind))
    return false;
  const auto take = [&](auto made, auto act) {
    if (!read(made))
      return false;
    act(made);
    return true;
  };
  switch (kind % 12) {
  case 0:
    return take(wire_commands{}, [&](auto& in) {
      for (const auto& each : in.items)
        to_.take(each.ask);
    });
  case 1:
    return take(wire_outcomes{}, [](auto& in) {
      for (const auto& each : in.items)
        show(each);
    });
  case 2:
    return take(wire_page{}, [](auto& in) { show(std::move(in)); });
  case 3:
    return take(wire_page_request{}, [](auto&) {});
  case 4:
    return take(greeting{}, [&](auto& in) { to_.take(in); });
  case 5:
    return take(wire_welcome{}, [&](auto& in) { to_.take(in); });
  case 6:
    return take(wire_refusal{}, [&](auto& in) { to_.take(in); });
  case 7:
    return take(wire_news{}, [&](auto& in) { to_.take(in); });
  case 8:
    return take(wire_pong{}, [&](auto& in) { to_.take(in); });
  case 9:
    return take(wire_wish{}, [&](auto& in) { to_.take(in); });
  case 10:
    return take(collected{}, [&](auto& in) { to_.take(in); });
  default:
    return take(collect{}, [](auto&) {});
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  conversation with{input{data, size}.rest()};
  while (with.go_on()) {
    // each is heard once
  }
  return 0;
}
