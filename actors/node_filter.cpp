#include "actors/node_filter.hpp"

#include <algorithm>
#include <iterator>

#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

using caf::io::basp::message_type;

constexpr std::size_t length_at = 4;
constexpr std::size_t length_bytes = 4;
/// A node says its name when it has called, and once more if it prefers this
/// connection to another one.
constexpr int names_max = 2;

/// True for messages that nodes send: no actors to pass on the way, which are
/// a list that comes first, no number of a type, and then its name with the
/// names of its parts. What CAF itself means has other names.
bool is_ours(std::string_view payload) noexcept {
  constexpr std::string_view begin{"\0\0\0", 3};
  if (!payload.starts_with(begin))
    return false;
  payload.remove_prefix(begin.size());
  // The length of the name, seven bits a byte.
  while (!payload.empty() && (payload.front() & 0x80) != 0)
    payload.remove_prefix(1);
  if (payload.empty())
    return false;
  payload.remove_prefix(1);
  constexpr std::string_view ours[] = {
      "@<>+holdfast::wire_", "@<>+holdfast::greeting", "@<>+holdfast::collect"};
  return std::any_of(std::begin(ours), std::end(ours),
                     [&](auto name) { return payload.starts_with(name); });
}

} // namespace

node_filter::verdict node_filter::judge(std::string_view head) noexcept {
  if (head.size() < length_at + length_bytes)
    return verdict::close;
  const auto length = head.substr(length_at, length_bytes);
  const auto is_empty =
      length.find_first_not_of('\0') == std::string_view::npos;
  const auto is_heartbeat =
      head.front() == static_cast<char>(message_type::heartbeat);
  return is_empty && !is_heartbeat ? verdict::close : verdict::take;
}

node_filter::verdict node_filter::judge(const header& head,
                                        std::string_view payload,
                                        bool is_introduced) {
  if (payload.size() != head.payload_len)
    return verdict::take;
  switch (head.operation) {
  case message_type::server_handshake:
    return came_in_ ? verdict::close : verdict::take;
  case message_type::client_handshake:
    return judge_name(payload);
  case message_type::direct_message:
    return is_ours(payload) && (!came_in_ || !name_.empty())
                   && (is_introduced || is_known(head.source_actor))
               ? verdict::take
               : verdict::skip;
  case message_type::monitor_message:
  case message_type::down_message:
    return is_of_peer(payload) ? verdict::take : verdict::skip;
  case message_type::routed_message:
    return verdict::skip;
  default:
    return verdict::take;
  }
}

node_filter::verdict node_filter::judge_name(std::string_view payload) {
  if (!came_in_ || ++times_named_ > names_max)
    return verdict::close;
  if (name_.empty())
    name_ = payload;
  return payload == name_ ? verdict::take : verdict::close;
}

/// These begin with the id of the node they are from.
bool node_filter::is_of_peer(std::string_view payload) const noexcept {
  return !came_in_ || (!name_.empty() && payload.starts_with(name_));
}

bool node_filter::is_known(std::uint64_t sender) {
  if (senders_.size() < limits::node_stranger_senders_max)
    senders_.insert(sender);
  return senders_.contains(sender);
}

} // namespace holdfast
