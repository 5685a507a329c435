// What a member tells its operators about the others.
#pragma once

#include <memory>

#include "actors/cluster_board.hpp"
#include "src/cli/observability.hpp"

namespace holdfast::cli {

/// Metrics and a section of the health page. Before the first request.
void declare_cluster(observability& into,
                     const std::shared_ptr<const cluster_board>& board);
/// The section of a node that is alone.
void declare_no_cluster(health_report& into);

} // namespace holdfast::cli
