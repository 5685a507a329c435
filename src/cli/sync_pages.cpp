#include "src/cli/sync_pages.hpp"

#include <chrono>
#include <utility>

#include <caf/send.hpp>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "http/central_json.hpp"
#include "http/central_query.hpp"
#include "http/one_member_body.hpp"

namespace holdfast::cli {

namespace {

using http::builtin;

/// Something is to happen, rather than to be shown.
bool is_request(builtin which) {
  return which == builtin::sync_round || which == builtin::sync_start
         || which == builtin::sync_stop;
}

http::api_response render(const round_answer& said, std::string_view id) {
  if (said.code == error_code::none)
    return http::render_round(said.report);
  auto refused = http::render_problem(said.code, id);
  if (said.retry_after.count() > 0)
    refused.retry_after_s = static_cast<std::uint32_t>(
        std::chrono::ceil<std::chrono::seconds>(said.retry_after).count());
  return refused;
}

} // namespace

bool sync_pages::answer(http::page_request& asked,
                        http::page_reply& reply) const {
  const auto which = asked.which;
  if (which == builtin::central_sku)
    show(asked, reply);
  else if (which == builtin::central_skus)
    list(asked, reply);
  else if (which == builtin::sync_status)
    reply(http::render_sync_status(board_->status()));
  else if (is_draining_ && is_request(which))
    reply(http::render_problem(error_code::shutting_down, asked.request_id));
  else if (which == builtin::sync_round)
    run_round(std::move(asked), std::move(reply));
  else if (which == builtin::sync_start || which == builtin::sync_stop)
    set_pace(std::move(asked), std::move(reply));
  else
    return false;
  return true;
}

void sync_pages::show(const http::page_request& asked,
                      const http::page_reply& reply) const {
  const auto& sku = asked.captured[0];
  if (is_sku(sku)) {
    reply(http::render_central_sku(*board_->view(), sku, asked.request_id));
    return;
  }
  http::faults found;
  add_fault(found, "sku", "is malformed");
  reply(http::render_problem(found, asked.request_id));
}

void sync_pages::list(const http::page_request& asked,
                      const http::page_reply& reply) const {
  http::faults found;
  const auto wanted = http::read_central_query(asked.query, found);
  reply(found.empty() ? http::render_central_page(*board_->view(), wanted,
                                                  asked.request_id)
                      : http::render_problem(found, asked.request_id));
}

void sync_pages::run_round(http::page_request&& asked,
                           http::page_reply reply) const {
  http::faults found;
  http::read_nothing(asked.body, found);
  if (!found.empty()) {
    reply(http::render_problem(found, asked.request_id));
    return;
  }
  const auto deadline =
      std::chrono::steady_clock::now() + limits::request_deadline;
  caf::anon_send(rounds_,
                 round_request{deadline, [reply = std::move(reply),
                                          id = std::move(asked.request_id)](
                                             const round_answer& said) {
                                 reply(render(said, id));
                               }});
}

void sync_pages::set_pace(http::page_request&& asked,
                          http::page_reply reply) const {
  http::faults found;
  std::chrono::milliseconds interval{0};
  if (asked.which == builtin::sync_start)
    interval = http::read_interval(asked.body, found);
  else
    http::read_nothing(asked.body, found);
  if (!found.empty()) {
    reply(http::render_problem(found, asked.request_id));
    return;
  }
  caf::anon_send(rounds_, pace_request{interval, [reply = std::move(reply)](
                                                     const sync_status& now) {
                                         reply(http::render_sync_status(now));
                                       }});
}

} // namespace holdfast::cli
