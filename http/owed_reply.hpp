// The answer of a page, which comes even if nobody gives it.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "http/page.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

/// Owes an answer to `to`, and gives `shutting_down` in the end: nobody is left
/// then who could give another.
class owed_reply {
public:
  owed_reply(page_reply to, std::string request_id)
      : to_(std::move(to)), request_id_(std::move(request_id)) {
    // nop
  }
  owed_reply(const owed_reply&) = delete;
  owed_reply& operator=(const owed_reply&) = delete;
  ~owed_reply() {
    if (!to_)
      return;
    try {
      give(render_problem(error_code::shutting_down, request_id_));
    } catch (...) {
      // Without memory the end of the caller's patience is the answer.
    }
  }

  void give(api_response&& response) {
    if (const auto to = std::exchange(to_, nullptr))
      to(std::move(response));
  }

private:
  page_reply to_;
  const std::string request_id_;
};

/// `to`, owed by all copies of what is returned together.
inline page_reply owe(page_reply to, std::string request_id) {
  return [owed = std::make_shared<owed_reply>(
              std::move(to), std::move(request_id))](api_response&& response) {
    owed->give(std::move(response));
  };
}

} // namespace holdfast::http
