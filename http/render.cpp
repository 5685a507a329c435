#include "http/render.hpp"

#include <algorithm>
#include <tuple>

#include "holdfast/reservation_id.hpp"
#include "http/cursor.hpp"
#include "http/letter_json.hpp"
#include "http/problem.hpp"
#include "http/resource_json.hpp"

namespace holdfast::http {

namespace {

/// RFC 9110, section 13.1.2: a read whose version the caller has already.
bool not_modified(const command& ask, const balances& record) {
  const auto& known = ask.if_none_match;
  if (ask.from.what != action::read)
    return false;
  if (known.is != etag_condition::kind::list)
    return known.is == etag_condition::kind::any;
  return std::find(known.versions.begin(), known.versions.end(), record.version)
         != known.versions.end();
}

bool answers_created(action what, const outcome& answer) noexcept {
  return what == action::reserve || (what == action::count && answer.created);
}

/// A record, a reservation, or both in one object.
std::string body_of(const origin& asked, const outcome& answer) {
  const auto& [store, sku] = std::tie(asked.store, asked.sku);
  json_writer out;
  out.reserve(answer.has_hold ? 768 : 320);
  if (asked.what == action::read_reservation) {
    write_reservation(out, store, sku, answer.hold);
  } else if (!answer.has_hold) {
    write_record(out, store, sku, answer.record);
  } else {
    out.open('{').name("reservation");
    write_reservation(out, store, sku, answer.hold);
    if (answer.has_record) {
      out.name("record");
      write_record(out, store, sku, answer.record);
    }
    out.close('}');
  }
  return out.take();
}

/// The page of a feed of several nodes.
void write_span(json_writer& out, const feed_part& done) {
  const auto& span = *done.span;
  for (std::size_t i = 0; i < done.page.events.size(); ++i)
    write_event(out, span.legs[span.leg_of[i]].node, done.page.events[i]);
  out.close(']').member("next", encode_cursor(next_marks(span)));
  if (span.away.empty())
    return;
  out.name("unavailable").open('[');
  for (const auto& node : span.away)
    out.value(node);
  out.close(']');
}

void write_log(json_writer& out, const feed_part& done, std::string_view node) {
  for (const auto& change : done.page.events)
    write_event(out, node, change);
  // An empty page leaves the reader where it was, never before it.
  const auto last = std::max(done.page.last_seq, done.after);
  out.close(']').member("next", encode_cursor(node, last));
}

api_response render_page(const feed_part& done, std::string_view node) {
  json_writer out;
  out.reserve(64 + 512 * done.page.events.size());
  out.open('{').name("events").open('[');
  if (done.span)
    write_span(out, done);
  else
    write_log(out, done, node);
  out.close('}');
  return json_answer(out.take());
}

/// A position that only who reads the feeds could judge.
api_response refuse_position(std::string_view request_id) {
  faults found;
  add_fault(found, "after",
            "must be a cursor of this feed, which is of several nodes");
  return render_problem(found, request_id);
}

/// True if a count that named no version found what it has to name.
bool answers_blind_count(const operation& done) noexcept {
  return done.is_blind
         && (is_ok(done) || code_of(done) == error_code::sku_not_found);
}

outcome precondition_required(const outcome& found) {
  auto result = refusal(error_code::precondition_required);
  if (found.ok())
    result.current_version = static_cast<std::int64_t>(found.record.version);
  return result;
}

api_response render_success(const operation& done) {
  const auto answer = answer_of(done);
  api_response result;
  result.replayed = answer.replayed;
  // A reservation has no version of its own, so no ETag either.
  if (answer.has_record && done.ask.from.what != action::read_reservation)
    result.etag = answer.record.version;
  // A 304 keeps the body, which is not sent: its length is (RFC 9110,
  // section 8.6).
  if (answer.has_record && not_modified(done.ask, answer.record))
    result.status = 304;
  else
    result.status = answers_created(done.ask.from.what, answer) ? 201 : 200;
  if (done.ask.from.what == action::reserve)
    result.location =
        "/api/reservations/"
        + format_reservation_id(done.ask.from.store, done.ask.from.sku,
                                answer.hold.ref);
  result.body = body_of(done.ask.from, answer);
  return result;
}

} // namespace

api_response render(const operation& done, std::string_view request_id,
                    std::string_view node) {
  if (answers_blind_count(done))
    return render_problem(precondition_required(answer_of(done)), request_id);
  if (done.todo == errand::feed && code_of(done) == error_code::invalid_request)
    return refuse_position(request_id);
  if (!is_ok(done)) {
    auto result = render_problem(*done.answer, request_id);
    if (done.retry_after_s != 0)
      result.retry_after_s = done.retry_after_s;
    return result;
  }
  if (done.todo == errand::feed)
    return render_page(*done.feed, node);
  if (done.todo == errand::list_letters)
    return render_letters(done);
  if (done.todo == errand::drop_letter)
    return render_dropped_letter(done);
  return render_success(done);
}

} // namespace holdfast::http
