// The bounds between nodes, with the relations that must hold.
#pragma once

#include "holdfast/limits.hpp"

namespace holdfast::limits {

/// Nodes of a cluster, this one among them.
inline constexpr std::size_t nodes_max = 32;
/// With those that were retired: their names are never taken again.
inline constexpr std::size_t node_names_max = 64;
/// Connections that others may open to a node, and the bytes of one message.
/// A read buffer is as large as a message says it will be.
inline constexpr std::size_t node_connections_max = 60;
inline constexpr std::size_t node_message_bytes_max = 1024 * 1024;
static_assert(node_connections_max * node_message_bytes_max
              <= std::size_t{64} * 1024 * 1024);
/// The same of who has not said which node it is. The handshake of CAF's
/// protocol (BASP) is what either side says first, about a hundred bytes: the
/// id of the node, names of applications, the number of an actor.
inline constexpr std::size_t node_handshake_bytes_max = 4 * 1024;
/// The same of who has said so and was not accepted by a member yet: BASP
/// believes any name. A node greets with all stores that it has and wants.
inline constexpr std::size_t node_stranger_bytes_max = 256 * 1024;
static_assert(2 * stores_max * (store_id_bytes_max + 5) + 16 * 1024
              <= node_stranger_bytes_max);
/// Reads of a connection until then, two for each message: a node may be told
/// of every other by every other meanwhile.
inline constexpr std::size_t node_stranger_reads_max = 2'560;
static_assert(2 * nodes_max * (nodes_max + 1) <= node_stranger_reads_max);
/// A list of empty strings takes one byte for each and 32 in memory, with its
/// growth three times that; one message at a time is taken apart.
inline constexpr std::size_t node_decoded_times_max = 96;
/// Actors of a node that may have a word before it is introduced. CAF keeps so
/// many bytes for each as long as the connection is open.
inline constexpr std::size_t node_stranger_senders_max = 16;
inline constexpr std::size_t node_proxy_bytes = 300;
/// What strangers can make a node hold.
static_assert((node_connections_max + node_decoded_times_max)
                      * node_stranger_bytes_max
                  + node_connections_max * node_stranger_senders_max
                        * node_proxy_bytes
              <= std::size_t{64} * 1024 * 1024);
/// What is packed into one message, at most; the rest is room for what
/// encoding adds.
inline constexpr std::size_t node_payload_bytes_max = 512 * 1024;
/// Operations under way to one other node, and from all of them to this one.
inline constexpr std::size_t remote_pending_max = 8'192;
inline constexpr std::size_t gateway_pending_max = 16'384;
/// Who sends them: nodes and guests that are told when this one ends.
inline constexpr std::size_t gateway_proxies_max = 64;

// -- time --------------------------------------------------------------------

/// A peer says something in this time, or it is disconnected within the next.
inline constexpr auto heartbeat_period = 500ms;
inline constexpr auto heartbeat_timeout = 2'000ms;
/// A call to another node is accepted by then, or given up.
inline constexpr auto dial_timeout = 2'000ms;
/// A node that was called or greeted has answered by then.
inline constexpr auto greet_timeout = 4'000ms;
/// Pause before a node is called again, doubled up to the longest.
inline constexpr auto redial_base = 100ms;
inline constexpr auto redial_max = 2'000ms;
/// Members measure the way to each other, and give up one that is silent.
inline constexpr auto ping_period = 1'000ms;
inline constexpr auto silence_max = 4'000ms;
/// Pause before a node asks again for a store that another one wants, too.
inline constexpr auto ask_again = 200ms;
/// A node that waits for others says so after that time.
inline constexpr auto tell_waiting = 3'000ms;
/// What an operator wants of other nodes they have done by then.
inline constexpr auto wish_deadline = 4'000ms;
/// What another node says of it just then has that time to come back, beyond
/// what the way took before.
inline constexpr auto wish_return = 500ms;
/// What a question to the feeds of all nodes keeps for its answer, or half of
/// what it has left: a node that does not answer by then is named in it.
inline constexpr auto feed_reserve = 1'000ms;
/// Pause before a roster that found no room on the disk is saved again.
inline constexpr auto roster_retry = 500ms;
/// A node that ends hears by then that nothing is on its way to it; who is
/// silent is not waited for any longer.
inline constexpr auto parting_time = 500ms;
/// When a caller may come back whose store is out of reach, in seconds.
inline constexpr std::uint32_t unavailable_retry_s = 1;

static_assert(2 * heartbeat_period < heartbeat_timeout);
static_assert(heartbeat_period + heartbeat_timeout < request_deadline);
static_assert(dial_timeout < greet_timeout);
static_assert(nodes_max < gateway_proxies_max);
static_assert(parting_time < drain_deadline);
static_assert(wish_deadline + wish_return < request_deadline);
static_assert(heartbeat_timeout < silence_max);
static_assert(feed_reserve < request_deadline);
static_assert(node_payload_bytes_max < node_message_bytes_max);

} // namespace holdfast::limits
