// What was answered about the node, under the keys it was asked with.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/api.hpp"
#include "http/page_key.hpp"

namespace holdfast::http {

/// The memory of keys for requests that no journal records: rounds, log
/// levels, the cluster, letters. It ends with the process, and forgets the
/// oldest answers beyond `kept_max`: such a request comes to the same when it
/// is carried out again. Refusals that a retry may get past are not kept.
/// Thread-safe.
class answer_memory {
public:
  using clock = std::chrono::steady_clock;

  static constexpr std::size_t kept_max = 1'024;

  /// Answers are kept for `ttl`.
  explicit answer_memory(std::chrono::milliseconds ttl) : ttl_(ttl) {
    // nop
  }

  /// The answer to `asked`: the one it had before; 409 while that is under
  /// way; 422 if it was another body. Without one `asked` is to be carried
  /// out, its answer to be told to `settle`, and `release` to be called when
  /// it is over in whatever way. `request_id` becomes the instance of a
  /// problem.
  std::optional<api_response> recall(const page_key& asked,
                                     std::string_view request_id,
                                     clock::time_point now);

  /// `said` is the answer to `asked`.
  void settle(const page_key& asked, const api_response& said,
              clock::time_point now);
  /// `asked` is no longer under way. Without an answer that is kept it may
  /// be asked anew.
  void release(const page_key& asked) noexcept;

private:
  struct entry {
    digest body{};
    /// None while it is under way.
    std::optional<api_response> said;
  };
  struct due {
    clock::time_point at;
    std::string scope;
  };

  void forget(clock::time_point now);

  const std::chrono::milliseconds ttl_;
  std::mutex mutex_;
  std::unordered_map<std::string, entry> known_;
  /// Those that are answered, oldest first.
  std::deque<due> order_;
};

} // namespace holdfast::http
