#include <doctest/doctest.h>

#include "holdfast/access.hpp"

using namespace holdfast;

TEST_CASE("each role includes those before it") {
  const role all[] = {role::anyone, role::reader, role::writer,
                      role::operator_};
  for (const auto has : all)
    for (const auto needed : all)
      CHECK(includes(has, needed)
            == (static_cast<int>(has) >= static_cast<int>(needed)));
}

TEST_CASE("roles have the names of the key file") {
  for (const auto each : {role::reader, role::writer, role::operator_})
    CHECK(role_named(to_string(each)) == each);
  for (const auto* name :
       {"", "anyone", "Reader", "readers", "operator ", "operator_", "admin"})
    CHECK_FALSE(role_named(name).has_value());
}
