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
  CHECK(serve({"--host", "0.0.0.0", "--api-keys-file", "keys"}).host
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
  const auto both = serve({"--tls-cert", "c.pem", "--tls-key", "k.pem"});
  CHECK(both.tls_cert == "c.pem");
  CHECK(both.tls_key == "k.pem");
}
