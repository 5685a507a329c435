#include "actors/feed_reader.hpp"

#include <algorithm>
#include <utility>

#include "actors/answers.hpp"
#include "actors/packing.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

using feed_pointer = feed_actor::stateful_pointer<feed_reader_state>;

/// The number of a question's part: which question, and which leg.
constexpr std::uint64_t legs_max = 1 << 16;

/// It may tell of nodes that this one has not heard of.
bool is_missed(const node_row& row) {
  return !row.is_self && !row.entry.retired
         && row.seen.is != peer_view::state::up;
}

/// What becomes of a question about a node that is not read.
error_code judge(std::uint64_t node, const cluster_snapshot& now) {
  const auto& rows = now.nodes;
  for (const auto& row : rows)
    if (fixed_hash(row.entry.name) == node)
      return row.entry.retired ? error_code::none
                               : error_code::store_unavailable;
  const bool knows_all =
      now.is_settled && std::none_of(rows.begin(), rows.end(), is_missed);
  return knows_all ? error_code::invalid_request
                   : error_code::store_unavailable;
}

/// Every node has a leg, in the order of names. Otherwise why it cannot be.
error_code complete(feed_span& span, std::uint64_t plain_after,
                    const std::map<std::string, answer_actor>& feeds,
                    const cluster_snapshot& now) {
  if (span.is_plain && feeds.size() > 1)
    return error_code::invalid_request;
  for (const auto& [node, from] : feeds)
    span.legs.push_back({node, span.is_plain ? plain_after : 0});
  for (const auto& mark : span.marks) {
    const auto leg =
        std::find_if(span.legs.begin(), span.legs.end(), [&](const auto& each) {
          return fixed_hash(each.node) == mark.node;
        });
    if (leg != span.legs.end())
      leg->after = mark.after;
    else if (const auto why = judge(mark.node, now); why != error_code::none)
      return why;
  }
  return error_code::none;
}

/// When a node has to have answered for its page to be part of the answer.
operation::clock::time_point part_deadline(const operation& op,
                                           operation::clock::time_point now) {
  const operation::clock::duration reserve = limits::feed_reserve;
  return op.deadline - std::min(reserve, (op.deadline - now) / 2);
}

void ask(feed_pointer self, operation_ptr op, answers& refused) {
  auto& state = self->state;
  auto& wanted = *op->feed;
  if (!wanted.span)
    wanted.span = std::make_unique<feed_span>();
  if (const auto why = complete(*wanted.span, wanted.after, state.feeds,
                                *state.board->read());
      why != error_code::none) {
    op->retry_after_s = limits::unavailable_retry_s;
    refused.refuse(std::move(op), why);
    return;
  }
  const auto number = ++state.last_number;
  const auto until = part_deadline(*op, self->clock().now());
  auto& made = state.open[number];
  made.open = wanted.span->legs.size();
  std::uint16_t leg = 0;
  for (const auto& [node, from] : state.feeds) {
    auto part = std::make_shared<operation>();
    part->todo = errand::feed;
    part->feed = std::make_unique<feed_part>();
    part->ticket = number * legs_max + leg;
    part->reply_to = feed_actor{self};
    part->deadline = until;
    part->feed->after = wanted.span->legs[leg].after;
    part->feed->limit = wanted.limit;
    part->feed->filter = wanted.filter;
    self->send(from, batch{{std::move(part)}});
    ++leg;
  }
  made.op = std::move(op);
}

void finish(feed_reader_state::question& done, answers& out) {
  auto op = std::move(done.op);
  auto& asked = *op->feed;
  std::sort(asked.span->away.begin(), asked.span->away.end());
  if (done.pages.empty()) {
    op->retry_after_s = 1;
    out.refuse(std::move(op), done.failure);
    return;
  }
  asked.page = merge_pages(std::move(done.pages), asked.limit, *asked.span);
  out.add(std::move(op));
}

void take(feed_reader_state& state, operation& part, answers& out,
          departures& left) {
  const auto found = state.open.find(part.ticket / legs_max);
  if (found == state.open.end())
    return;
  auto& of = found->second;
  const auto leg = static_cast<std::uint16_t>(part.ticket % legs_max);
  if (is_ok(part)) {
    // The own log is read in pages as those of others are: a feed looks the
    // same wherever it is read.
    auto& page = part.feed->page;
    cut_to_message(page);
    // A store has one owner: where nothing of it is found, nothing of it is
    // waited for, however long that log is.
    if (!of.op->feed->filter.store.empty() && page.events.empty())
      page.is_last = true;
    of.pages.push_back({leg, std::move(page)});
  } else {
    auto& span = *of.op->feed->span;
    span.away.push_back(span.legs[leg].node);
    of.failure = code_of(part);
  }
  if (--of.open > 0) {
    // From here on it waits for others alone.
    if (of.op->feed->span->legs[leg].node == state.own_name)
      left.add(*of.op);
    return;
  }
  finish(of, out);
  state.open.erase(found);
}

} // namespace

feed_actor::behavior_type
feed_reader(feed_pointer self, std::string own_name, journal_actor journal,
            std::shared_ptr<const cluster_board> board, way_out out) {
  self->state.own_name = std::move(own_name);
  self->state.board = std::move(board);
  const auto own = [=](feed_news& now) {
    self->state.feeds = std::move(now.feeds);
    self->state.feeds.emplace(self->state.own_name, journal);
  };
  feed_news alone;
  own(alone);
  return {
      [=](batch& in) {
        answers home;
        departures left;
        const auto now = self->clock().now();
        std::erase_if(self->state.open, [now](const auto& each) {
          return each.second.op->deadline <= now;
        });
        for (auto& op : in.items)
          if (op->reply_to == feed_actor{self})
            take(self->state, *op, home, left);
          else
            ask(self, std::move(op), home);
        home.send(self);
        left.send(self, out);
      },
      [=](feed_news& now) { own(now); },
  };
}

} // namespace holdfast
