// Networks of a test's own: what happens in them nobody else notices.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/storage/temp_dir.hpp"

namespace holdfast::cluster_test {

/// A network namespace, gone with this object and its processes.
class network {
public:
  network();
  network(const network&) = delete;
  network& operator=(const network&) = delete;
  ~network();

  /// False where this process may not make one.
  bool is_there() const noexcept {
    return descriptor_ >= 0;
  }
  /// Why not.
  int error() const noexcept {
    return error_;
  }
  int descriptor() const noexcept {
    return descriptor_;
  }
  /// Names it for `ip`.
  std::string path() const;

private:
  int descriptor_ = -1;
  int error_ = 0;
};

/// The calling thread, and what it starts, is in a network while this lives.
/// Nothing happens for null.
class inside {
public:
  explicit inside(const network* where);
  inside(const inside&) = delete;
  inside& operator=(const inside&) = delete;
  ~inside();

private:
  int home_ = -1;
};

/// Three networks, each connected with each, and a filter where they receive.
class cables {
public:
  static constexpr std::size_t ends = 3;

  cables();

  /// False where such networks cannot be had; says so.
  bool are_there() const noexcept {
    return why_not_.empty();
  }
  /// What failed last, if they are not.
  const std::string& why_not() const noexcept {
    return why_not_;
  }
  const network& at(std::size_t end) const {
    return networks_.at(end);
  }
  static std::string address(std::size_t end);

  /// What `from` sends does not reach `to`.
  void cut(std::size_t from, std::size_t to);
  /// Nothing reaches `end`, nor what it sends anybody.
  void isolate(std::size_t end);
  /// It is connected as before.
  void restore(std::size_t end);
  /// Of what everybody sends, so many of a hundred packets are lost.
  void lose(unsigned percent);
  /// Everything arrives.
  void heal();
  /// Packets that did not arrive, until the last change of what does.
  std::uint64_t lost() const noexcept {
    return lost_;
  }

private:
  /// What it printed.
  std::string run(std::size_t end, std::vector<std::string> command);
  void apply();

  storage::testing::temp_dir directory_;
  std::array<network, ends> networks_;
  std::set<std::pair<std::size_t, std::size_t>> cuts_;
  unsigned percent_ = 0;
  std::uint64_t lost_ = 0;
  std::string why_not_;
};

} // namespace holdfast::cluster_test
