// A node that speaks HTTP over TLS, and curl.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/end_to_end/run_program.hpp"
#include "tests/support/process.hpp"
#include "tests/support/test_ca.hpp"

namespace holdfast::live {

class tls_node {
public:
  /// Listens when this returns; the test ends if it does not get there.
  explicit tls_node(const std::vector<std::string>& flags = {});

  std::uint16_t port() const noexcept {
    return port_;
  }
  test::process& program() noexcept {
    return *program_;
  }
  /// The certificates it began with.
  const test::test_ca& ca() const noexcept {
    return ca_;
  }
  const std::string& directory() const noexcept {
    return directory_.path();
  }

  /// curl with `words` and the URL of `target`, trusting `authority`. It
  /// writes status and version of HTTP.
  program_end curl(const std::string& authority, const std::string& target,
                   const std::vector<std::string>& words = {}) const;
  /// Ends with 0 and a 200.
  bool serves(const std::string& authority) const;

private:
  storage::testing::temp_dir directory_;
  test::test_ca ca_{directory_.path()};
  std::unique_ptr<test::process> program_;
  std::uint16_t port_ = 0;
};

} // namespace holdfast::live
