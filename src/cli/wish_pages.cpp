#include "src/cli/wish_pages.hpp"

#include <chrono>
#include <utility>

#include <caf/send.hpp>

#include "holdfast/names.hpp"
#include "holdfast/node_limits.hpp"
#include "http/json_writer.hpp"
#include "http/one_member_body.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

using http::builtin;

/// `what` is wrong with the member of the body or of the path at `pointer`.
http::api_response refuse(const char* pointer, const std::string& what,
                          std::string_view id) {
  http::faults found;
  http::add_fault(found, pointer, what);
  return http::render_problem(found, id);
}

http::api_response render(const member_wish& wish, const wish_result& is) {
  http::json_writer out;
  out.open('{');
  if (!wish.store.empty())
    out.member("storeId", wish.store);
  out.member("node", wish.node);
  out.member("state", wish.store.empty() ? "retired" : "up").close('}');
  auto made = http::json_answer(out.take());
  made.status = is.is_new ? 201 : 200;
  return made;
}

http::api_response render(const member_wish& wish, const wish_result& is,
                          std::string_view id) {
  if (is.code == error_code::none)
    return render(wish, is);
  if (is.code == error_code::invalid_request)
    return refuse(wish.store.empty() ? "node" : "/storeId", is.why, id);
  if (is.code == error_code::route_not_found)
    return refuse("node", is.why, id);
  auto made = http::render_problem(is.code, id, is.why);
  made.retry_after_s = limits::unavailable_retry_s;
  return made;
}

/// Leaves a trace of who changed the cluster.
void log_wish(const member_wish& wish, const wish_result& is,
              const std::string& caller, const std::string& request_id) {
  telemetry::log_info(wish.store.empty() ? "node_to_be_retired"
                                         : "store_to_be_made",
                      {{"actor", caller},
                       {"requestId", request_id},
                       {"node", wish.node},
                       {"store", wish.store},
                       {"outcome", to_string(is.code)},
                       {"reason", is.why}});
}

/// What is wanted; what is wrong with it goes to `found`.
member_wish read_wish(const http::page_request& asked, http::faults& found) {
  member_wish wish;
  wish.node = asked.captured[0];
  if (!is_store_id(wish.node))
    http::add_fault(found, "node", "is malformed");
  if (asked.which == builtin::create_store)
    wish.store = http::read_one_text(
        asked.body, {"storeId", is_store_id, "must be a store id"}, found);
  wish.deadline = std::chrono::steady_clock::now() + limits::wish_deadline;
  return wish;
}

} // namespace

bool answer_wish(const member_actor& member, http::page_request& asked,
                 http::page_reply& reply) {
  if (asked.which != builtin::create_store
      && asked.which != builtin::retire_node)
    return false;
  http::faults found;
  auto wish = read_wish(asked, found);
  if (!found.empty()) {
    reply(http::render_problem(found, asked.request_id));
    return true;
  }
  if (!member) {
    reply(refuse("node", "is no member of a cluster: see NODE_PORT",
                 asked.request_id));
    return true;
  }
  wish.done = [of = wish, reply = std::move(reply),
               caller = std::move(asked.caller),
               id = std::move(asked.request_id)](const wish_result& is) {
    log_wish(of, is, caller, id);
    reply(render(of, is, id));
  };
  caf::anon_send(member, std::move(wish));
  return true;
}

} // namespace holdfast::cli
