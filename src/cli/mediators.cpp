#include "src/cli/mediators.hpp"

namespace holdfast::cli {

namespace {

/// A part of something shared, which keeps all of it.
template <class Whole, class Part>
std::shared_ptr<const Part> part_of(const std::shared_ptr<Whole>& whole,
                                    const Part& part) {
  return {whole, &part};
}

} // namespace

std::vector<named_bulkhead> bulkheads_of(const node_view& of) {
  const auto& chain = of.mediators;
  const auto& sync = of.sync;
  return {{"api", part_of(chain, chain->bulkhead), of.with.concurrency_api,
           limits::bulkhead_queue_max},
          {"sync", part_of(sync, sync->counters.callers),
           of.with.concurrency_sync, limits::sync_queue_max},
          {"fileSystem", part_of(chain, chain->disk.bulkhead),
           of.with.concurrency_fs, limits::disk_queue_max}};
}

std::vector<named_breaker> breakers_of(const node_view& of) {
  const auto& chain = of.mediators;
  const auto& sync = of.sync;
  return {{"api", part_of(chain, chain->breaker)},
          {"sync", part_of(sync, sync->counters.breaker)},
          {"fileSystem", part_of(chain, chain->disk.breaker)}};
}

} // namespace holdfast::cli
