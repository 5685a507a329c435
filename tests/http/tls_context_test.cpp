#include "http/tls_context.hpp"

#include <doctest/doctest.h>

#include <chrono>

#include <asio/ssl/context.hpp>

#include "holdfast/clock.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/test_ca.hpp"

using namespace holdfast;
using namespace holdfast::http;

TEST_CASE("a certificate counts from its first second through its last") {
  const storage::testing::temp_dir directory;
  const auto validity = [&](const test::test_ca& of) {
    return validity_of(*load_tls_context({"TLS_CERT", of.certificate()},
                                         {"TLS_KEY", of.key()}));
  };
  const auto now = unix_ms(std::chrono::system_clock::now());
  const auto good = validity(test::test_ca{directory.path(), "good"});
  CHECK(good.holds_at(unix_ms(std::chrono::system_clock::now())));
  CHECK_FALSE(good.holds_at(good.from_ms - 1));
  CHECK(good.holds_at(good.from_ms));
  CHECK(good.holds_at(good.until_ms + 999));
  CHECK_FALSE(good.holds_at(good.until_ms + 1'000));
  const auto old = validity(test::test_ca{directory.path(), "old", -1});
  CHECK_FALSE(old.holds_at(now));
  CHECK(old.until_ms < now);
}
