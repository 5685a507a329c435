#include <iostream>

#include "src/cli/commands.hpp"
#include "src/storage/verify.hpp"

namespace holdfast::cli {

int verify(const std::string& data_dir) {
  const auto found = storage::verify_journal(data_dir);
  if (!found.ok()) {
    std::cout << "FAULT after event " << found.fault->seq << ": "
              << found.fault->what << '\n';
    return exit_failure;
  }
  std::cout << "ok: node " << found.node_name << ", " << found.events
            << " events and " << found.answers << " answers in "
            << found.batches << " batches, " << found.skus << " SKUs, "
            << found.snapshots << " snapshots, " << found.granted
            << " reservations granted and " << found.closed << " closed, "
            << found.dead_letters << " dead letters\n";
  return exit_ok;
}

} // namespace holdfast::cli
