// The events of a node as HTTP tells them.
#pragma once

#include <string>

#include "src/cli/load/target.hpp"
#include "src/cli/load/wire.hpp"

namespace holdfast::cli {

class http_feed {
public:
  /// Reads to the end of the feed; `of` outlives it. Throws `load_failure`.
  explicit http_feed(const http_base& of);

  /// Tells everything after that, to the end there is by now; without anybody
  /// to tell it only goes there.
  void read(const target::listener& tell);

  /// There was nothing to read when this object was made.
  bool was_empty() const noexcept {
    return was_empty_;
  }

private:
  const http_base& of_;
  std::string from_;
  bool was_empty_ = true;
};

} // namespace holdfast::cli
