// The parts of the benchmarks: each measures, and says what it was to reach.
#pragma once

#include "tests/benchmarks/options.hpp"
#include "tests/benchmarks/report.hpp"

namespace holdfast::bench {

/// Durable writes over HTTP, over many SKUs and on one, against the ceiling.
void measure_writes(const options& with, report& into);
/// Reads over HTTP against the ceiling.
void measure_reads(const options& with, report& into);
/// Durable writes with every limit at work, against those without any.
void measure_limits(const options& with, report& into);
/// Durable writes to a store of another node, against those to one here.
void measure_remote(const options& with, report& into);
/// What callers wait at half the peak, and for a refusal by a full node.
void measure_latency(const options& with, report& into);
/// The actors without HTTP, against the journal without actors.
void measure_actors(const options& with, report& into);
/// From the start of a process to its first answer, by size of the journal.
void measure_recovery(const options& with, report& into);
/// What a node needs that knows a million SKUs.
void measure_memory(const options& with, report& into);
/// Rounds of the central view of a million SKUs.
void measure_sync(const options& with, report& into);
/// Writes to a node of a cluster of three with a million SKUs each, while the
/// others join and while all read each other.
void measure_cluster(const options& with, report& into);
/// What people would pick instead, doing the same work.
void measure_peers(const options& with, report& into);

} // namespace holdfast::bench
