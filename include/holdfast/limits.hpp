// Bounds of the contract, and those that must agree; a part keeps its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace holdfast::limits {

using namespace std::chrono_literals;

// -- values ------------------------------------------------------------------

/// Largest `quantity` and `|delta|` of one command, in units.
inline constexpr std::int64_t amount_max = 1'000'000'000;
/// Largest `onHand`, `safetyStock` and `backorderLimit`, in units.
inline constexpr std::int64_t balance_max = 1'000'000'000'000'000;
/// Longest hold, in seconds.
inline constexpr std::int64_t ttl_s_max = 14'400;
inline constexpr std::size_t store_id_bytes_max = 64;
/// Stores of one node.
inline constexpr std::size_t stores_max = 1'000;
inline constexpr std::size_t sku_bytes_max = 128;
inline constexpr std::size_t reservation_id_bytes_max = 256;
inline constexpr std::size_t key_bytes_max = 255;
/// `reason`, `reference` and `owner`, each.
inline constexpr std::size_t text_bytes_max = 256;
/// No row has a greater number: a word of the key memory has no room for it.
inline constexpr std::uint64_t seq_max = (std::uint64_t{1} << 39) - 1;

// -- edge --------------------------------------------------------------------

inline constexpr std::size_t body_bytes_max = 64 * 1024;
inline constexpr std::size_t target_bytes_max = 2048;
inline constexpr std::size_t field_count_max = 64;
inline constexpr std::size_t field_bytes_max = 8 * 1024;
inline constexpr std::size_t head_bytes_max = 16 * 1024;
inline constexpr std::size_t json_depth_max = 8;
inline constexpr std::size_t request_id_bytes_max = 128;
/// A longer method is none this server could know.
inline constexpr std::size_t method_bytes_max = 32;
/// Empty lines tolerated before a request line (RFC 9112, section 2.2).
inline constexpr std::size_t empty_lines_max = 2;
/// Read buffer of one connection. Most requests fit into one read.
inline constexpr std::size_t read_buffer_bytes = 4 * 1024;
/// What a refused peer may still send before its connection is cut.
inline constexpr std::size_t refusal_drain_bytes_max = 1024 * 1024;
/// Files a node keeps for itself; connections have the rest.
inline constexpr std::size_t reserved_files = 64;

// -- admission ---------------------------------------------------------------

inline constexpr std::int64_t rate_rps_max = 1'000'000;
inline constexpr std::int64_t rate_burst_max = 1'000'000;
/// Places of the rate limiter, 8 bytes each. Half of them in use, which is a
/// million clients at once, everybody has one of his own.
inline constexpr std::size_t rate_places = std::size_t{1} << 21;
/// Longest time that a refusal under load tells its caller to stay away.
inline constexpr std::uint32_t retry_after_s_max = 30;

// -- queues ------------------------------------------------------------------

/// Requests one node holds between socket and answer.
inline constexpr std::size_t in_flight_max = 65'536;
/// Requests that wait for a permit of one bulkhead.
inline constexpr std::size_t bulkhead_queue_max = 4'096;
/// Operations that wait for their turn at the disk.
inline constexpr std::size_t disk_queue_max = 4'096;
/// Operations in one journal transaction.
inline constexpr std::size_t batch_max = 4'096;
/// Events of one page of the feed.
inline constexpr std::size_t page_max = 1'000;
inline constexpr std::size_t page_default = 100;
/// Rows read for one page, wanted or not: writes wait meanwhile.
inline constexpr std::size_t page_rows_max = 8'192;

// -- dead letters ------------------------------------------------------------

/// Letters of one node; what fails beyond that is told to its caller and to
/// the log alone.
inline constexpr std::size_t dead_letters_max = 1'000;
/// Why the command of a letter failed.
inline constexpr std::size_t cause_bytes_max = 512;

// -- sync --------------------------------------------------------------------

/// Rows of one page of a ledger.
inline constexpr std::size_t collect_max = 2'048;
/// Callers that wait for a permit to ask for a round.
inline constexpr std::size_t sync_queue_max = 64;
/// SKUs of one round whose owners are asked what they know.
inline constexpr std::size_t witnesses_max = 64;
/// Drifts of one round that are told one by one; the rest is counted.
inline constexpr std::size_t drifts_told_max = 16;
/// Time between rounds, in milliseconds.
inline constexpr std::int64_t sync_interval_ms_min = 100;
inline constexpr std::int64_t sync_interval_ms_max = 86'400'000;

// -- time --------------------------------------------------------------------

/// From the last byte of a request to its answer.
inline constexpr auto request_deadline = 5'000ms;
/// A write that would have to wait longer is refused at once: what is left of
/// its deadline is for a node that is slower than it was.
inline constexpr auto write_wait_max = 2'000ms;
/// The same for a read, which costs less and is refused later.
inline constexpr auto read_wait_max = 4'000ms;
/// Pause of an acceptor that found no room for a connection.
inline constexpr auto accept_pause = 100ms;
/// Period of the bridge's one sweep over all deadlines.
inline constexpr auto sweep_period = 50ms;
/// RESTinio's own guard closes silently, so ours must have answered before.
inline constexpr auto handler_timeout = 10'000ms;
/// A connection that has not sent its whole request by then is closed.
inline constexpr auto read_timeout = 15'000ms;
/// A TLS handshake that is not complete by then ends with its connection.
inline constexpr auto handshake_time = 5'000ms;
/// A peer that does not take its answer by then is cut off.
inline constexpr auto write_timeout = 10'000ms;
/// How often a connection looks at the timeouts above.
inline constexpr auto connection_timer_period = 250ms;
/// From a refusal at the edge to the close, when the peer does not close.
inline constexpr auto refusal_drain_time = 2'000ms;
/// A page of a ledger that has not come by then is asked for again.
inline constexpr auto collect_timeout = 2'000ms;
/// What owners have not said about their SKUs by then, a round does without.
inline constexpr auto witness_timeout = 1'000ms;
/// For the last round of a node that stops, out of the drain.
inline constexpr auto last_round_deadline = 2'000ms;
/// From SIGTERM to the last in-flight answer; then the journal closes.
inline constexpr auto drain_deadline = 8'000ms;
/// From SIGTERM to the end of the process.
inline constexpr auto exit_deadline = 10'000ms;

static_assert(sweep_period < request_deadline);
static_assert(request_deadline + 2 * sweep_period < handler_timeout);
static_assert(request_deadline + sweep_period < drain_deadline);
static_assert(request_deadline + last_round_deadline < drain_deadline);
static_assert(collect_timeout + witness_timeout < request_deadline);
static_assert(drain_deadline < exit_deadline);
static_assert(write_wait_max < read_wait_max);
static_assert(read_wait_max < request_deadline);
static_assert(refusal_drain_time < read_timeout);
static_assert(handshake_time < read_timeout);
static_assert(page_max <= page_rows_max);
static_assert(amount_max <= balance_max);
static_assert(field_bytes_max <= head_bytes_max);

} // namespace holdfast::limits
