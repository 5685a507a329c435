// The actors of a node, driven by messages of their own kind.
#include <algorithm>
#include <filesystem>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/chain.hpp"
#include "actors/node_interfaces.hpp"
#include "holdfast/limits.hpp"
#include "src/cli/load/scratch_dir.hpp"
#include "src/cli/load/target.hpp"
#include "src/storage/data_dir_lock.hpp"
#include "src/storage/read_only.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "src/telemetry/process_status.hpp"

namespace holdfast::cli {

namespace {

/// Threads and messages as a node has them.
struct actor_config : caf::actor_system_config {
  actor_config() {
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads", std::size_t{1});
    set("scheduler.max-throughput", std::size_t{200});
    add_message_types<caf::id_block::holdfast>();
    add_message_types<caf::id_block::holdfast_doors>();
  }
};

/// As the bridge of an IO thread: hands over batches, takes answers home and
/// reports what became of them.
class actor_transport final : public transport {
public:
  actor_transport(caf::actor_system& system, chain_actor entry)
      : self_(system), home_(caf::actor_cast<answer_actor>(self_)),
        entry_(std::move(entry)) {
    // nop
  }

  void send(std::uint32_t, std::uint64_t ticket, command&& ask) override {
    auto made = std::make_shared<operation>();
    made->ask = std::move(ask);
    made->ticket = ticket;
    made->reply_to = home_;
    made->deadline = operation::clock::now() + limits::request_deadline;
    out_.items.push_back(std::move(made));
  }

  void flush() override {
    if (!out_.items.empty())
      self_->send(entry_, std::exchange(out_, {}));
  }

  void receive(clock::time_point until, std::vector<reply>& into) override {
    const auto left = std::max(until - clock::now(), clock::duration::zero());
    take(left, into);
    while (self_->has_next_message())
      take(clock::duration::zero(), into);
    if (report_.permits + report_.successes + report_.faults > 0)
      self_->send(entry_, std::exchange(report_, {}));
  }

  fate abandon(std::uint32_t) override {
    // An answer that comes yet finds nobody who waits.
    return fate::unknown;
  }

private:
  void take(clock::duration at_most, std::vector<reply>& into) {
    self_->receive(
        [&](const batch& in) {
          for (const auto& op : in.items)
            into.push_back({op->ticket, fate::answered, finish(*op)});
        },
        caf::after(at_most) >> [] {});
  }

  outcome finish(operation& op) {
    if (op.admitted.exchange(false, std::memory_order_relaxed))
      ++report_.permits;
    if (op.passed.exchange(false, std::memory_order_relaxed))
      ++(is_fault(op.answer.code) ? report_.faults : report_.successes);
    return std::move(op.answer);
  }

  caf::scoped_actor self_;
  answer_actor home_;
  chain_actor entry_;
  batch out_;
  report report_;
};

class in_process_target final : public target {
public:
  explicit in_process_target(const std::string& data_dir)
      : own_(data_dir.empty() ? std::make_unique<scratch_dir>(
                 std::filesystem::temp_directory_path())
                              : nullptr),
        data_dir_(own_ ? own_->path() : data_dir), lock_(data_dir_),
        system_(std::make_unique<caf::actor_system>(config_)) {
    storage::journal_options options;
    options.data_dir = data_dir_;
    options.node_name = "n1";
    chain_parts parts;
    parts.with.concurrency_api = 0;
    parts.with.concurrency_fs = 0;
    parts.with.breaker_threshold = 0;
    parts.journal = storage::open_sqlite_journal(options);
    since_ = parts.journal->last_seq();
    parts.time = std::make_shared<steady_time>(parts.journal->last_time_ms());
    stores_ = parts.with.stores;
    counters_ = parts.counters;
    chain_ = spawn_chain(*system_, std::move(parts));
  }

  ~in_process_target() override {
    close();
  }

  std::string name() const override {
    return "actors in this process, journal in " + data_dir_;
  }
  std::vector<std::string> stores() override {
    return stores_;
  }
  transport_ptr connect(std::uint32_t) override {
    return std::make_unique<actor_transport>(*system_, chain_.entry);
  }
  bool keeps_fingerprints() const override {
    return true;
  }

  void close() override {
    if (!system_)
      return;
    {
      caf::scoped_actor self{*system_};
      self->monitor(chain_.journal);
      chain_.finish();
      self->receive([](const caf::down_msg&) {});
    }
    chain_ = {};
    system_.reset();
  }

  void read_events(const listener& tell) override {
    storage::event_reader log{data_dir_};
    const auto node = log.node_name();
    for (auto after = since_;;) {
      auto page = log.scan(after, limits::page_max, {});
      for (auto& change : page.events)
        tell(node, std::move(change));
      if (page.last_seq <= after)
        return;
      after = page.last_seq;
    }
  }

  std::optional<histogram_view> batches() const override {
    return counters_->operations.view();
  }

  std::uint64_t resident_bytes() override {
    return telemetry::read_process_status().resident_bytes;
  }

private:
  std::unique_ptr<scratch_dir> own_;
  std::string data_dir_;
  storage::data_dir_lock lock_;
  actor_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<std::string> stores_;
  std::shared_ptr<journal_counters> counters_;
  chain chain_;
  std::uint64_t since_ = 0;
};

} // namespace

target_ptr make_in_process_target(const std::string& data_dir) {
  return std::make_unique<in_process_target>(data_dir);
}

} // namespace holdfast::cli
