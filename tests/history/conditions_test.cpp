// What a call says that there must be, as HTTP has it.
#include <doctest/doctest.h>

#include <sstream>

#include "src/history/history.hpp"

using namespace holdfast;

namespace {

using versions = std::vector<std::uint64_t>;

/// What is read where that field says `list`, with quotes escaped.
etag_condition read(const std::string& field, const std::string& list) {
  std::istringstream in{
      R"({"type":"call","client":1,"kind":"adjust","storeId":"S","sku":"A",)"
      R"("delta":1,"called":5,"outcome":"unknown",")"
      + field + "\":\"" + list + "\"}"};
  history::told told;
  history::read_history(in, "it", told);
  return field == "ifMatch" ? told.calls.at(0).ask.if_match
                            : told.calls.at(0).ask.if_none_match;
}

} // namespace

TEST_CASE("versions of a condition need no space between them") {
  for (const std::string list :
       {R"(\"1\",\"7\")", R"(\"1\", \"7\")", R"(\"1\" ,\t\"7\")"}) {
    CAPTURE(list);
    CHECK(read("ifMatch", list).versions == versions{1, 7});
  }
}

TEST_CASE("an ETag that is none of ours names no version") {
  for (const auto* list : {R"(\"abc\")", R"(\"07\")", R"(\"\")"}) {
    CAPTURE(list);
    const auto made = read("ifMatch", list);
    CHECK(made.is == etag_condition::kind::list);
    CHECK(made.versions.empty());
  }
  CHECK(read("ifMatch", R"(\"x\", \"7\")").versions == versions{7});
}

TEST_CASE("a weak ETag counts where something must not be there") {
  CHECK(read("ifMatch", R"(W/\"7\", \"8\")").versions == versions{8});
  CHECK(read("ifNoneMatch", R"(W/\"7\", \"8\")").versions == versions{7, 8});
}

TEST_CASE("what is no ETag is refused") {
  for (const auto* list : {"7", R"(\"7)", R"(\"7\" \"8\")", R"(w/\"7\")"}) {
    CAPTURE(list);
    CHECK_THROWS_AS(read("ifMatch", list), history::history_error);
  }
}
