// What is noted of a request between its interpretation and its answer.
#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "http/answer_memory.hpp"
#include "http/bridge.hpp"
#include "http/interpret.hpp"

namespace holdfast::http {

/// Keeps `key` under way for as long as anybody may answer it, `memory` too:
/// an answer may come when there is no server any more, or never.
inline std::shared_ptr<const page_key>
hold(page_key&& key, std::shared_ptr<answer_memory> memory) {
  return {new page_key{std::move(key)},
          [memory = std::move(memory)](const page_key* held) {
            memory->release(*held);
            delete held;
          }};
}

/// `call` gets what its answer needs to know. With a key what is to be done
/// becomes the answer of the first such call, or its answer is remembered.
inline void note(interpretation& asked, waiting_request& call,
                 const std::shared_ptr<answer_memory>& memory) {
  call.caller = asked.caller;
  call.rate = asked.rate;
  if (!asked.key || std::holds_alternative<api_response>(asked.next))
    return;
  if (auto known = memory->recall(*asked.key, call.id, call.since))
    asked.next = std::move(*known);
  else
    call.key = hold(std::move(*asked.key), memory);
}

} // namespace holdfast::http
