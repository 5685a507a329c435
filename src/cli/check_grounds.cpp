#include "src/cli/check_grounds.hpp"

#include <utility>

namespace holdfast::cli {

namespace {

class ground_report {
public:
  /// `part`: what of the item, if not all of it.
  void tell_if(bool is_missing, int item, const std::string& why,
               const std::string& part = {}) {
    if (is_missing)
      lines_.push_back("item " + std::to_string(item) + ": not checked"
                       + (part.empty() ? "" : ' ' + part) + ", " + why);
  }
  std::vector<std::string> take() {
    return std::move(lines_);
  }

private:
  std::vector<std::string> lines_;
};

bool has_keys(const history::told& of) {
  for (const auto& call : of.calls)
    if (!call.ask.from.key.empty())
      return true;
  return false;
}

} // namespace

std::vector<std::string> missing_grounds(const history::told& of) {
  const auto no_calls = of.calls.empty();
  const auto no_events = of.journal.empty();
  const auto no_owners = of.owners.empty();
  ground_report made;
  made.tell_if(no_calls, 1, "no call");
  made.tell_if(no_events, 2, "no event");
  made.tell_if(!has_keys(of), 3, "no call with a key");
  made.tell_if(no_events, 4, "no event");
  made.tell_if(!no_events && of.is_part, 4, "part of a history",
               "for gaps in seq");
  made.tell_if(no_calls, 5, "no call");
  made.tell_if(no_calls, 6, "no call");
  made.tell_if(of.finals.empty(), 7, "no final record",
               "against what was read in the end");
  made.tell_if(of.central.empty(), 7, "no central record",
               "against the central view");
  made.tell_if(no_owners, 8, "no event with a token");
  made.tell_if(!no_owners && of.owners.size() < of.journal.size(), 8,
               "no token", "for some events");
  made.tell_if(!no_owners && of.tenures.empty(), 8, "no lease",
               "for what was granted and not used");
  return made.take();
}

} // namespace holdfast::cli
