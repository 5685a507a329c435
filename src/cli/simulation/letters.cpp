// Commands that throw, and the dead letters that they become.
#include <algorithm>

#include "holdfast/limits.hpp"
#include "src/cli/simulation/enactment.hpp"
#include "src/cli/simulation/narrator.hpp"

namespace holdfast::simulation {

namespace {

/// Asks about letters; no client has this number.
constexpr std::uint32_t caretaker = 1'001;

using store_pointer = store_actor::stateful_pointer<store_state>;

/// The actor of the SKU; 0 if there is none.
caf::actor_id actor_of(const stage& node, const defect& flaw) {
  for (const auto& each : node.actors.stores) {
    const auto& state = caf::actor_cast<store_pointer>(each)->state;
    // None yet in the first moment of its life.
    if (!state.config || state.config->store != flaw.store)
      continue;
    const auto found = state.children.find(flaw.sku);
    if (found != state.children.end() && found->second.actor)
      return found->second.actor.id();
  }
  return 0;
}

std::string tell(errand what, std::uint64_t letter) {
  if (what == errand::retry_letter)
    return "retry letter " + std::to_string(letter);
  if (what == errand::drop_letter)
    return "delete letter " + std::to_string(letter);
  return "list letters";
}

/// Of a letter that nobody gave a key to, no key remembers it.
bool is_judged_anew(const operation& op) {
  return is_business_refusal(code_of(op))
         && is_made_key(op.letter->id, op.ask.from.key)
         && op.todo != errand::closed && !answer_of(op).replayed;
}

bool is_same_request(const origin& one, const origin& other) {
  return one.what == other.what && one.store == other.store
         && one.sku == other.sku && one.key == other.key;
}

/// What is wrong with a letter that was there: it stays what it is until it is
/// carried out or deleted.
std::string fault_of(const known_letters& letters, std::uint64_t id,
                     const command& ask, const checker::history& calls) {
  const auto found =
      std::find_if(letters.left.begin(), letters.left.end(),
                   [=](const auto& each) { return each.id == id; });
  if (found != letters.left.end()) {
    const auto now = simulation::tell(retry_of(*found));
    const auto before = simulation::tell(ask);
    return now == before ? "" : "is " + now + ", and was " + before;
  }
  const auto may_have_settled_it = [&](const checker::entry& call) {
    return is_same_request(call.ask.from, ask.from)
           && (!call.known || call.answer.ok());
  };
  if (letters.doubtful.contains(id) || letters.gone.contains(id)
      || std::any_of(calls.begin(), calls.end(), may_have_settled_it))
    return "";
  return "is lost: " + simulation::tell(ask);
}

} // namespace

void enactment::plant_flaw() {
  auto& on = any();
  on.flaw = {dice_.pick(on.node->with.stores), dice_.pick(plan_.skus),
             dice_.between(4, 80)};
  say(on, on.flaw.store + '/' + on.flaw.sku + " throws "
              + std::to_string(on.flaw.left) + " times");
}

/// What an actor with a flaw asks the time for throws, at once or a bit later.
void enactment::run_next(machine& on) {
  auto& schedule = on.node->schedule;
  const auto next = id_of(schedule.jobs.front());
  if (on.flaw.left == 0 || next == 0 || next != actor_of(*on.node, on.flaw)) {
    schedule.run_once();
    return;
  }
  auto& time = *on.node->time;
  const auto planned =
      static_cast<int>(dice_.chance(80) ? 1 : dice_.between(2, 3));
  time.throws = planned;
  time.sound = static_cast<int>(dice_.chance(70) ? 0 : dice_.between(1, 3));
  schedule.run_once();
  on.flaw.left =
      std::max<std::int64_t>(0, on.flaw.left - (planned - time.throws));
  time.throws = time.sound = 0;
}

/// One that a list showed, whatever became of it; now and then twice.
void enactment::touch_letter(errand what) {
  auto& at = any();
  const auto& listed = at.letters.listed;
  if (listed.empty() || dice_.chance(30)) {
    ask_about(at, errand::list_letters);
    return;
  }
  const auto letter =
      std::next(listed.begin(),
                static_cast<std::ptrdiff_t>(dice_.below(listed.size())))
          ->first;
  ask_about(at, what, letter);
  if (dice_.chance(20))
    ask_about(at, dice_.chance(80) ? errand::retry_letter : errand::drop_letter,
              letter);
}

std::size_t enactment::ask_about(machine& at, errand what,
                                 std::uint64_t letter) {
  flight made;
  made.op = std::make_shared<operation>();
  made.client = caretaker;
  made.about = what;
  made.letter = letter;
  made.is_late = at.letters.gone.contains(letter);
  made.op->todo = what;
  made.op->letter = std::make_unique<letter_part>();
  made.op->letter->id = letter;
  made.op->letter->limit = limits::dead_letters_max;
  command ask;
  if (what == errand::retry_letter)
    ask = at.letters.listed.at(letter);
  else if (what == errand::drop_letter)
    at.letters.doubtful.insert(letter);
  return send(at, std::move(made), ask, tell(what, letter));
}

/// What an answer says about letters.
void enactment::learn(machine& at, const flight& asked, const operation& op) {
  auto& letters = at.letters;
  auto& call = calls_[op.ticket];
  if (call.known && code_of(op) == error_code::internal && op.letter
      && op.letter->is_kept) {
    dead_letter kept;
    kept.id = op.letter->id;
    kept.ask = call.ask;
    letters.buried.emplace(kept.id, retry_of(kept));
  }
  if (asked.about == errand::retry_letter && is_judged_anew(op))
    call.ask.from.key.clear();
  if (!is_ok(op) || asked.about == errand::none)
    return;
  if (asked.about == errand::list_letters) {
    letters.last_list = op.letter->found;
    say(at, "shows " + std::to_string(letters.last_list.size()) + " letters");
    for (const auto& each : letters.last_list)
      letters.listed.emplace(each.id, retry_of(each));
    return;
  }
  const auto name = "letter " + std::to_string(asked.letter);
  if (asked.is_late)
    complain(3, name + " was taken up again after it had gone");
  if (asked.about == errand::drop_letter)
    letters.deleted.insert(asked.letter);
  // A key that has its answer already is no reason to have no letter.
  if (!answer_of(op).replayed)
    letters.gone.insert(asked.letter);
}

/// None is lost, and none is carried out twice, or after it was deleted.
void enactment::judge_letters(const machine& of,
                              const std::vector<event>& events) {
  const auto& letters = of.letters;
  std::set<std::string> done;
  for (const auto& change : events)
    if (change.from.key.starts_with("dead-letter-")
        && !done.insert(change.from.key).second)
      complain(3, "a letter was carried out twice: " + tell(change));
  for (const auto id : letters.deleted)
    if (const auto& key = letters.listed.at(id).from.key;
        is_made_key(id, key) && done.contains(key))
      complain(3,
               "letter " + std::to_string(id) + " was deleted and carried out");
  for (const auto& each : letters.rest)
    if (letters.gone.contains(each.id))
      complain(3, "letter " + std::to_string(each.id)
                      + " is there, and was said to be gone");
  for (const auto* told : {&letters.buried, &letters.listed})
    for (const auto& [id, ask] : *told)
      if (const auto fault = fault_of(letters, id, ask, calls_); fault != "")
        complain(1, "letter " + std::to_string(id) + ' ' + fault);
}

} // namespace holdfast::simulation
