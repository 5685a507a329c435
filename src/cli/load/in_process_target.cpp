// The actors of a node, driven by messages of their own kind.
#include <filesystem>

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/chain.hpp"
#include "actors/ledger_reader.hpp"
#include "holdfast/limits.hpp"
#include "src/cli/actor_config.hpp"
#include "src/cli/load/actor_transport.hpp"
#include "src/cli/load/scratch_dir.hpp"
#include "src/cli/load/target.hpp"
#include "src/cli/load/view_of_ledgers.hpp"
#include "src/storage/data_dir_lock.hpp"
#include "src/storage/read_only.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "src/storage/sqlite_ledger.hpp"
#include "src/telemetry/process_status.hpp"

namespace holdfast::cli {

namespace {

/// Those of a node, but nothing is in the way.
settings unlimited() {
  settings made;
  made.concurrency_api = 0;
  made.concurrency_fs = 0;
  made.breaker_threshold = 0;
  return made;
}

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
    options.moves_beside = true;
    chain_parts parts;
    parts.with = with_;
    parts.journal = storage::open_sqlite_journal(options);
    since_ = parts.journal->last_seq();
    parts.time = std::make_shared<steady_time>(parts.journal->last_time_ms());
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
    return with_.stores;
  }
  transport_ptr connect(std::uint32_t) override {
    return make_actor_transport(*system_, chain_.entry);
  }
  bool keeps_fingerprints() const override {
    return true;
  }

  bool read_central(const view_listener& tell) override {
    const auto own = system_->spawn<caf::detached>(
        ledger_reader, storage::open_sqlite_ledger(data_dir_),
        ledger_owner{counters_, {}});
    view_of_ledgers{*system_, {{{"n1", with_.stores}, own}}, chain_.directory}
        .read(tell);
    caf::anon_send_exit(own, caf::exit_reason::user_shutdown);
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
        tell(node, std::move(change), absent);
      if (page.last_seq <= after)
        return;
      after = page.last_seq;
    }
  }

  bool was_empty() const override {
    return since_ == 0;
  }

  std::optional<batch_counts> batches() const override {
    return batch_counts{counters_->operations.view()};
  }

  std::uint64_t resident_bytes() override {
    return telemetry::resident_bytes();
  }

private:
  std::unique_ptr<scratch_dir> own_;
  std::string data_dir_;
  storage::data_dir_lock lock_;
  const settings with_ = unlimited();
  actor_config config_{with_};
  std::unique_ptr<caf::actor_system> system_;
  std::shared_ptr<journal_counters> counters_;
  chain chain_;
  std::uint64_t since_ = 0;
};

} // namespace

target_ptr make_in_process_target(const std::string& data_dir) {
  return std::make_unique<in_process_target>(data_dir);
}

} // namespace holdfast::cli
