// HTTP over TLS, with the programs that others use.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "tests/end_to_end/key_file.hpp"
#include "tests/end_to_end/log_lines.hpp"
#include "tests/end_to_end/tls_node.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// curl's own codes.
constexpr int handshake_failed = 35;
constexpr int not_trusted = 60;

const std::string record_target = "/api/inventory/stores/store-1/inventory/x";

} // namespace

TEST_CASE("curl trusts the node, reads and writes, in TLS 1.2 and 1.3") {
  const tls_node node;
  const auto& ca = node.ca().authority();
  for (const auto& words : {std::vector<std::string>{"--tlsv1.3"},
                            {"--tls-max", "1.2"},
                            {"--http2"}}) {
    CAPTURE(words.front());
    auto adjust = words;
    adjust.insert(adjust.end(), {"--json", R"({"delta":5})"});
    const auto written = node.curl(ca, record_target + "/adjust", adjust);
    CHECK(written.code == 0);
    CHECK(written.out == "200 1.1\n");
    CHECK(node.curl(ca, record_target, words).out == "200 1.1\n");
  }
}

TEST_CASE("old versions of TLS and other protocols are refused") {
  const tls_node node;
  CHECK(node.curl(node.ca().authority(), "/api/health",
                  {"--tlsv1.0", "--tls-max", "1.1", "--ciphers",
                   "DEFAULT@SECLEVEL=0"})
            .code
        == handshake_failed);
  const auto other = run_program(
      node.directory(), {"openssl", "s_client", "-alpn", "h2", "-connect",
                         "127.0.0.1:" + std::to_string(node.port())});
  CHECK(other.err.find("no application protocol") != std::string::npos);
  CHECK(node.serves(node.ca().authority()));
}

TEST_CASE("a node with keys asks for them over TLS") {
  const storage::testing::temp_dir dir;
  std::ofstream{dir / "keys"} << "till writer " << std::string(64, '0') << "\n";
  const tls_node node{{"--api-keys-file", dir / "keys"}};
  CHECK(node.curl(node.ca().authority(), record_target).out == "401 1.1\n");
  CHECK(node.curl(node.ca().authority(), record_target,
                  {"--header", "Authorization: Bearer x"})
            .out
        == "401 1.1\n");
}

TEST_CASE("certificates are exchanged while the node runs") {
  tls_node node;
  const test::test_ca next{node.directory(), "two"};
  CHECK(node.curl(next.authority(), "/api/health").code == not_trusted);
  const auto take = [&](const std::string& from, const std::string& to) {
    std::filesystem::rename(from, to);
  };
  take(next.key(), node.ca().key());
  node.program().send(SIGHUP);
  CHECK(test::wait_until([&] {
    return node.program().err().find("reload_failed") != std::string::npos;
  }));
  CHECK(node.serves(node.ca().authority()));
  take(next.certificate(), node.ca().certificate());
  node.program().send(SIGHUP);
  CHECK(test::wait_until([&] { return node.serves(next.authority()); }));
  // The other time was the start.
  CHECK(test::wait_until([&] {
    const auto log = node.program().err();
    const std::string_view loaded = "certificate_loaded";
    return log.find(loaded) != log.rfind(loaded);
  }));
  CHECK(node.curl(node.ca().authority(), "/api/health").code == not_trusted);
  CHECK(node.program().err().find("certificate_not_valid")
        == std::string::npos);
}

TEST_CASE("a certificate that ran out is told, and used all the same") {
  const storage::testing::temp_dir dir;
  const test::test_ca old{dir.path(), "old", -1};
  tls_node node{{"--tls-cert", old.certificate(), "--tls-key", old.key()}};
  const auto is_told = [&](int times) {
    return test::wait_until([&] {
      const auto log = node.program().err();
      auto count = 0;
      for (auto at = log.find("certificate_not_valid"); at != log.npos;
           at = log.find("certificate_not_valid", at + 1))
        ++count;
      return count == times;
    });
  };
  CHECK(is_told(1));
  CHECK(node.program().err().find(old.certificate()) != std::string::npos);
  node.program().send(SIGHUP);
  CHECK(is_told(2));
  CHECK(node.curl(old.authority(), "/api/health").code == not_trusted);
  CHECK(node.curl(old.authority(), "/api/health", {"--insecure"}).out
        == "200 1.1\n");
  live_node member{{"--node-port=auto", "--node-tls-cert", old.certificate(),
                    "--node-tls-key", old.key(), "--node-tls-ca",
                    old.authority()}};
  await_lines(member, "certificate_not_valid", [&](const auto& lines) {
    return lines.size() == 1 && lines[0]["file"] == old.certificate();
  });
}

TEST_CASE("keys and certificate are exchanged one without the other") {
  const key_file keys;
  const auto kept = make_key("till-1", "reader");
  const auto revoked = make_key("till-2", "reader");
  keys.hold({kept, revoked});
  tls_node node{keys.flags()};
  const test::test_ca next{node.directory(), "two"};
  const auto status = [&](const made_key& key, const std::string& authority) {
    return node
        .curl(authority, "/api/inventory/stores",
              {"--header", "Authorization: Bearer " + key.secret})
        .out;
  };
  const auto first = node.ca().authority();
  CHECK(status(revoked, first) == "200 1.1\n");
  std::filesystem::rename(next.certificate(), node.ca().certificate());
  keys.hold({kept});
  node.program().send(SIGHUP);
  CHECK(
      test::wait_until([&] { return status(revoked, first) == "401 1.1\n"; }));
  CHECK(status(kept, first) == "200 1.1\n");
  CHECK(node.program().err().find("reload_failed") != std::string::npos);
  std::filesystem::rename(next.key(), node.ca().key());
  keys.write("noise\n");
  node.program().send(SIGHUP);
  CHECK(test::wait_until(
      [&] { return status(kept, next.authority()) == "200 1.1\n"; }));
  CHECK(status(revoked, next.authority()) == "401 1.1\n");
}

TEST_CASE("a node with files that make no certificate does not start") {
  const storage::testing::temp_dir dir;
  const test::test_ca one{dir.path(), "one"};
  const test::test_ca two{dir.path(), "two"};
  std::ofstream{dir / "noise"} << "noise\n";
  REQUIRE(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
  const auto sealed = dir / "sealed";
  CHECK(run_program(dir.path(), {"openssl", "pkcs8", "-topk8", "-passout",
                                 "pass:x", "-in", one.key(), "-out", sealed})
            .code
        == 0);
  const auto rsa = dir / "rsa";
  CHECK(run_program(dir.path(),
                    {"openssl", "genpkey", "-algorithm", "RSA", "-out", rsa})
            .code
        == 0);
  const std::pair<std::vector<std::string>, std::string> rows[] = {
      {{one.certificate(), dir / "none"}, "--tls-key"},
      {{dir / "none", one.key()}, "--tls-cert"},
      {{dir / "noise", one.key()}, "TLS_CERT"},
      {{one.certificate(), dir / "noise"}, "TLS_KEY"},
      {{one.certificate(), two.key()}, "TLS_KEY"},
      {{one.certificate(), sealed}, "TLS_KEY"},
      {{one.certificate(), rsa}, "TLS_KEY"},
      {{"/dev/null", one.key()}, "--tls-cert"},
      {{one.certificate(), dir / "pipe"}, "--tls-key"},
  };
  for (const auto& [files, name] : rows) {
    CAPTURE(files);
    const auto end =
        run_program(dir.path(),
                    {test::holdfast_program(), "serve", "--tls-cert", files[0],
                     "--tls-key", files[1]},
                    {"PORT=0", "DATA_DIR=" + (dir / "data")});
    CHECK(end.code == 2);
    CHECK(end.err.find(name + " is ") != std::string::npos);
    CHECK(end.out.empty());
  }
}
