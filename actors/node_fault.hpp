// Why a connection between nodes comes to nothing.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace holdfast {

/// Told once, on the thread that reads and writes, why TLS lets nothing
/// through: in the words of OpenSSL, which are of what this side found, or of
/// the alert that the other sent.
using tls_listener = std::function<void(const std::string& why)>;

/// What is known of one call beside that it failed. Thread-safe.
class call_fault {
public:
  void note(const std::string& why) {
    const std::lock_guard guard{mutex_};
    why_ = why;
  }
  /// What was noted, or else `otherwise`.
  std::string read(std::string otherwise) const {
    const std::lock_guard guard{mutex_};
    return why_.empty() ? std::move(otherwise) : why_;
  }

private:
  mutable std::mutex mutex_;
  std::string why_;
};

/// Which refusals of callers are news: a node that is refused calls again every
/// two seconds, and strangers as often as they like. Told the time; not
/// thread-safe.
class refusal_notes {
public:
  using clock = std::chrono::steady_clock;

  /// The same of the same host is told again after that.
  static constexpr std::chrono::minutes silence{10};
  /// Told within that time; more is not told.
  static constexpr std::size_t told_max = 64;

  /// True if it is to be told.
  bool is_news(const std::string& host, const std::string& why,
               clock::time_point now) {
    std::erase_if(told_, [now](const auto& each) {
      return each.second + silence <= now;
    });
    return told_.size() < told_max
           && told_.try_emplace({host, why}, now).second;
  }

private:
  std::map<std::pair<std::string, std::string>, clock::time_point> told_;
};

} // namespace holdfast
