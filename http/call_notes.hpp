// What is noted of a request between its interpretation and its answer.
#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "http/answer_memory.hpp"
#include "http/bridge.hpp"
#include "http/interpret.hpp"

namespace holdfast::http {

/// `call` gets what its answer needs to know. With a key what is to be done
/// becomes the answer of the first such call, or its answer is remembered.
inline void note(interpretation& asked, waiting_request& call,
                 answer_memory& memory) {
  call.caller = asked.caller;
  call.rate = asked.rate;
  if (!asked.key || std::holds_alternative<api_response>(asked.next))
    return;
  if (auto known = memory.recall(*asked.key, call.id, call.since))
    asked.next = std::move(*known);
  else
    call.key = std::make_shared<const page_key>(std::move(*asked.key));
}

} // namespace holdfast::http
