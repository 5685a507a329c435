#include <doctest/doctest.h>

#include "src/config/value.hpp"
#include "tests/config/given.hpp"

using namespace holdfast::config;
using namespace holdfast::config::test;

TEST_CASE("loopback is 127.0.0.0/8, ::1 and localhost") {
  for (const auto* host : {"127.0.0.1", "127.255.255.254", "::1", "localhost"})
    CHECK_MESSAGE(is_loopback(host), host);
  for (const auto* host : {"0.0.0.0", "126.255.255.255", "128.0.0.1",
                           "::", "::2", "10.0.0.1", "::ffff:10.0.0.1", ""})
    CHECK_MESSAGE(!is_loopback(host), host);
}

TEST_CASE("a host beyond loopback is refused") {
  CHECK(refusal({"serve"}, {{"HOST", "0.0.0.0"}})
        == "HOST from the environment is \"0.0.0.0\": must be a loopback "
           "address unless API_KEYS_FILE says who may call, or INSECURE=true "
           "lets everybody in");
  CHECK(refusal({"serve", "--host", "::"}).starts_with("--host is \"::\""));
  CHECK(file_refusal("host = '192.168.1.2'\n")
            .starts_with("host in node.toml, line 1 is"));
}

TEST_CASE("a host beyond loopback is taken where insecure is said") {
  CHECK(serve({"--host", "0.0.0.0", "--insecure"}).host == "0.0.0.0");
  CHECK(serve({"--host", "::"}, {{"INSECURE", "true"}}).host == "::");
}

TEST_CASE("insecure=false keeps the refusal") {
  CHECK(refusal({"serve", "--host", "0.0.0.0", "--insecure=false"})
        != "accepted");
}

TEST_CASE("a host beyond loopback is taken where keys say who may call") {
  const temporary_file keys{""};
  CHECK(serve({"--host", "0.0.0.0", "--api-keys-file", keys.path()}).host
        == "0.0.0.0");
  CHECK(refusal({"serve", "--host", "::"}, {{"API_KEYS_FILE", ""}})
        != "accepted");
}

TEST_CASE("a certificate and its key come together") {
  CHECK(refusal({"serve", "--tls-cert", "c.pem"})
        == "--tls-cert is \"c.pem\": must be given together with TLS_KEY");
  CHECK(refusal({"serve"}, {{"TLS_KEY", "k.pem"}})
        == "TLS_KEY from the environment is \"k.pem\": must be given together "
           "with TLS_CERT");
  const temporary_file cert{""};
  const temporary_file key{""};
  const auto both = serve({"--tls-cert", cert.path(), "--tls-key", key.path()});
  CHECK(both.tls_cert == cert.path());
  CHECK(both.tls_key == key.path());
}

TEST_CASE("keys and certificates must be files that can be read") {
  const std::string why = ": cannot be read: No such file or directory";
  CHECK(refusal({"serve", "--api-keys-file", "/no/such"})
        == "--api-keys-file is \"/no/such\"" + why);
  CHECK(refusal({"serve"}, {{"API_KEYS_FILE", "/no/such"}})
        == "API_KEYS_FILE from the environment is \"/no/such\"" + why);
  CHECK(file_refusal("port = 0\napi_keys_file = '/no/such'\n")
        == "api_keys_file in node.toml, line 2 is \"/no/such\"" + why);
  CHECK(refusal({"serve", "--api-keys-file", "/tmp"})
        == "--api-keys-file is \"/tmp\": cannot be read: it is no regular "
           "file");
  const temporary_file there{""};
  const auto& path = there.path();
  CHECK(refusal({"serve", "--tls-cert", path}, {{"TLS_KEY", "/no/such"}})
        == "TLS_KEY from the environment is \"/no/such\"" + why);
  CHECK(refusal({"serve", "--node-tls-cert", path, "--node-tls-key", path,
                 "--node-tls-ca", "/no/such"})
        == "--node-tls-ca is \"/no/such\"" + why);
}
