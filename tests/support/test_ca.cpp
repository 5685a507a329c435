#include "tests/support/test_ca.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "tests/support/process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::test {

namespace {

constexpr auto fresh_key =
    "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj ";

} // namespace

test_ca::test_ca(std::string directory, std::string name, int days)
    : directory_(std::move(directory)), name_(std::move(name)) {
  const auto request = path("request.pem");
  const auto extension = path("extension");
  std::ofstream{extension} << "subjectAltName=IP:127.0.0.1\n";
  openssl(std::string{fresh_key} + "/CN=authority-" + name_ + " -x509 -days 2"
          + " -keyout " + path("ca-key.pem") + " -out " + authority());
  openssl(std::string{fresh_key} + "/CN=server-" + name_ + " -keyout " + key()
          + " -out " + request);
  openssl("x509 -req -days " + std::to_string(days) + " -in " + request
          + " -CA " + authority() + " -CAkey " + path("ca-key.pem")
          + " -extfile " + extension + " -out " + certificate());
}

void test_ca::openssl(const std::string& words) const {
  process_plan plan;
  plan.command = {"openssl"};
  std::istringstream all{words};
  for (std::string word; all >> word;)
    plan.command.push_back(word);
  plan.out_path = path("out");
  plan.err_path = path("err");
  const auto end = run(plan, patience);
  if (!end || !end->is_exit(0))
    throw std::runtime_error{"openssl " + words + ": "
                             + read_text(plan.err_path)};
}

} // namespace holdfast::test
