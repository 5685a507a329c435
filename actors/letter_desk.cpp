#include "actors/letter_desk.hpp"

#include <utility>

#include "actors/answers.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using desk_pointer = desk_actor::stateful_pointer<letter_desk_state>;

/// Asks for the letter of `retry`, which stays here until it is known.
operation_ptr question_about(desk_pointer self, operation_ptr retry) {
  auto question = std::make_shared<operation>();
  question->todo = errand::find_letter;
  question->letter = std::make_unique<letter_part>();
  question->letter->id = retry->letter->id;
  question->reply_to = desk_actor{self};
  self->state.open.emplace(question.get(), std::move(retry));
  return question;
}

void take_up(operation& retry, const dead_letter& letter) {
  telemetry::log_info("dead_letter_retried",
                      {{"id", letter.id},
                       {"store", letter.ask.from.store},
                       {"sku", letter.ask.from.sku},
                       {"caller", retry.ask.from.actor}});
  retry.ask = retry_of(letter);
  retry.todo = errand::none;
}

void sort(desk_pointer self, batch& in, const journal_actor& journal,
          const chain_actor& owners) {
  batch to_journal;
  batch to_owners;
  answers home;
  for (auto& op : in.items) {
    if (op->todo == errand::retry_letter) {
      to_journal.items.push_back(question_about(self, std::move(op)));
      continue;
    }
    auto retry = self->state.open.extract(op.get());
    if (!retry) {
      // Voided with its transaction, if that cannot be.
      op->life = std::make_shared<sku_life>();
      to_journal.items.push_back(std::move(op));
    } else if (is_ok(*op)) {
      take_up(*retry.mapped(), op->letter->found.front());
      to_owners.items.push_back(std::move(retry.mapped()));
    } else {
      home.refuse(std::move(retry.mapped()), code_of(*op));
    }
  }
  if (!to_journal.items.empty())
    self->send(journal, std::move(to_journal));
  if (!to_owners.items.empty())
    self->send(owners, std::move(to_owners));
  home.send(self);
}

} // namespace

desk_actor::behavior_type letter_desk(desk_pointer self, journal_actor journal,
                                      chain_actor owners) {
  return {
      [=](batch& in) { sort(self, in, journal, owners); },
  };
}

} // namespace holdfast
