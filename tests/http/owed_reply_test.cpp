#include <doctest/doctest.h>

#include <vector>

#include "http/owed_reply.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

/// Whoever asked for a page.
struct asker {
  page_reply asks() {
    return owe(
        [this](api_response&& response) {
          told.push_back(std::move(response));
        },
        "r-1");
  }

  std::vector<api_response> told;
};

} // namespace

TEST_CASE_FIXTURE(asker, "an answer that was given is the only one") {
  {
    const auto reply = asks();
    const auto copy = reply;
    api_response given;
    given.body = "here";
    copy(std::move(given));
    REQUIRE(told.size() == 1);
  }
  REQUIRE(told.size() == 1);
  CHECK(told[0].body == "here");
}

TEST_CASE_FIXTURE(asker, "who is left without an answer is refused") {
  auto reply = asks();
  auto copy = reply;
  reply = nullptr;
  CHECK(told.empty());
  copy = nullptr;
  REQUIRE(told.size() == 1);
  CHECK(told[0].status == 503);
  CHECK(told[0].code == error_code::shutting_down);
  CHECK(told[0].retry_after_s > 0);
  CHECK(told[0].body.find("r-1") != std::string::npos);
}
