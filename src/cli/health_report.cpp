#include "src/cli/health_report.hpp"

#include "holdfast/clock.hpp"
#include "src/cli/mediators.hpp"
#include "src/cli/node_journal.hpp"
#include "src/config/version.hpp"
#include "src/telemetry/fault_book.hpp"
#include "src/telemetry/log.hpp"
#include "src/telemetry/process_status.hpp"

namespace holdfast::cli {

namespace {

using http::json_writer;

template <class Number>
std::int64_t whole(Number number) {
  return static_cast<std::int64_t>(number);
}

void write_system(json_writer& out, const node_view& of) {
  out.open('{').member("node", of.with.node_name);
  out.member("version", config::program_version());
  out.member("uptimeSeconds", whole(of.uptime().count()));
  out.member_time("startedAt", unix_ms(of.started));
  out.member("residentBytes", whole(telemetry::resident_bytes()));
  out.member("cpuMs", whole(telemetry::cpu_seconds() * 1'000));
  out.member("openFiles", whole(telemetry::open_files()));
  out.member("openFilesMax", whole(telemetry::open_files_max()));
  out.member("connections", whole(of.server->connections()));
  out.member("logLevel", to_string(telemetry::current_log_level()));
  out.close('}');
}

void write_breakers(json_writer& out, const node_view& of) {
  out.open('[');
  for (const auto& each : breakers_of(of)) {
    const auto& counters = *each.counters;
    const auto times = [&](breaker_policy::state state) {
      return whole(counters.entered[static_cast<std::size_t>(state)].get());
    };
    out.open('{').member("name", each.name);
    out.member("state", to_string(counters.state.load()));
    out.member("opened", times(breaker_policy::state::open));
    out.member("halfOpened", times(breaker_policy::state::half_open));
    out.member("closed", times(breaker_policy::state::closed));
    out.member("refused", whole(counters.refused.get())).close('}');
  }
  out.close(']');
}

void write_bulkheads(json_writer& out, const node_view& of) {
  out.open('[');
  for (const auto& each : bulkheads_of(of)) {
    const auto& counters = *each.counters;
    out.open('{').member("name", each.name).member("permits", each.permits);
    out.member("inUse", whole(counters.in_use.load()));
    out.member("queued", whole(counters.queued.load()));
    out.member("queueMax", whole(each.queue_max));
    out.member("refused", whole(counters.refused.get())).close('}');
  }
  out.close(']');
}

void write_rate_limiter(json_writer& out, const node_view& of) {
  out.open('{').name("enabled").flag(of.with.rate_limit_rps != 0);
  out.member("rps", whole(of.with.rate_limit_rps));
  out.member("burst", whole(of.with.rate_limit_burst));
  out.member("refused", whole(of.admission->rate_limited.load())).close('}');
}

void write_shedding(json_writer& out, const node_view& of) {
  const auto& counts = *of.admission;
  out.open('{').name("enabled").flag(of.with.load_shed_queue_max != 0);
  out.member("queueMax", whole(of.with.load_shed_queue_max));
  out.member("queueFull", whole(counts.shed_queue_full.load()));
  out.member("lateWrites", whole(counts.shed_late_writes.load()));
  out.member("lateReads", whole(counts.shed_late_reads.load())).close('}');
}

void write_queues(json_writer& out, const node_view& of) {
  out.open('{').member("requests", whole(of.server->waiting()));
  out.member("bulkhead", whole(of.mediators->bulkhead.queued.load()));
  out.member("disk", whole(of.mediators->disk.bulkhead.queued.load()));
  out.member("journal", whole(of.journal->queued.load()));
  out.member("logLinesDropped", whole(telemetry::dropped_log_lines()));
  out.close('}');
}

void write_event_log(json_writer& out, const node_view& of) {
  const auto& journal = *of.journal;
  const auto commits = journal.commit_micros.view();
  const auto syncs = journal.sync_micros.view();
  const auto mean = [](const histogram_view& of) {
    const auto count = of.count();
    return whole(count == 0 ? 0 : of.sum / count);
  };
  out.open('{').name("writable").flag(of.is_writable());
  out.name("full").flag(journal.full).name("failed").flag(journal.failed);
  out.member("events", whole(journal.events.load()));
  out.member("transactions", whole(journal.batches.load()));
  out.member("meanCommitMicros", mean(commits));
  out.member("meanSyncMicros", mean(syncs)).close('}');
}

void write_stores(json_writer& out, const node_view& of) {
  out.open('[');
  of.mediators->stores.for_each([&](const auto& name, const auto& store) {
    out.open('{').member("storeId", name);
    out.member("skuActors", whole(store.actors.load()));
    out.member("spawned", whole(store.spawned.get()));
    out.member("crashed", whole(store.crashed.get()));
    out.member("threw", whole(store.threw.load())).close('}');
  });
  out.close(']');
}

void write_locks(json_writer& out, const node_view& of) {
  const auto& counts = of.mediators->leases;
  out.open('{').name("enabled").flag(of.with.locks_enabled);
  if (of.with.locks_enabled) {
    out.member("owner", lease_owner(of.with));
    out.member("ttlMs", of.with.lock_ttl_ms);
    out.member("held", whole(counts.held.load()));
    out.member("taken", whole(counts.taken.load()));
    out.member("renewed", whole(counts.renewed.load()));
    out.member("stolen", whole(counts.stolen.load()));
    out.member("handedOver", whole(counts.handed_over.load()));
    out.member("lost", whole(counts.lost.load()));
    out.member("refused", whole(counts.refused.load()));
    out.member("putOff", whole(counts.put_off.load()));
  }
  out.close('}');
}

void write_letters(json_writer& out, const node_view& of) {
  const auto& letters = of.journal->letters;
  out.open('{').member("kept", whole(letters.kept.load()));
  out.member("max", whole(limits::dead_letters_max));
  out.member("buried", whole(letters.buried.get()));
  out.member("lost", whole(letters.lost.get()));
  out.member("settled", whole(letters.settled.get()));
  out.member("dropped", whole(letters.dropped.get())).close('}');
}

void write_errors(json_writer& out) {
  out.open('[');
  for (const auto& fault : telemetry::process_faults().read()) {
    out.open('{').member("event", fault.event).member("detail", fault.detail);
    out.member("count", whole(fault.count));
    out.member_time("firstSeen", unix_ms(fault.first));
    out.member_time("lastSeen", unix_ms(fault.last)).close('}');
  }
  out.close(']');
}

} // namespace

void health_report::add(std::string name, section write) {
  sections_.emplace_back(std::move(name), std::move(write));
}

http::api_response health_report::page() const {
  json_writer out;
  out.open('{');
  for (const auto& [name, write] : sections_) {
    out.name(name);
    write(out);
  }
  out.close('}');
  return http::json_answer(out.take());
}

void declare_health(health_report& into, const node_view& of) {
  const auto add = [&](const char* name, auto write) {
    into.add(name, [=](json_writer& out) { write(out, of); });
  };
  add("system", write_system);
  add("circuitBreakers", write_breakers);
  add("bulkheads", write_bulkheads);
  add("rateLimiter", write_rate_limiter);
  add("loadShedding", write_shedding);
  add("queues", write_queues);
  add("eventLog", write_event_log);
  add("locks", write_locks);
  add("stores", write_stores);
  add("deadLetters", write_letters);
  into.add("errors", write_errors);
}

} // namespace holdfast::cli
