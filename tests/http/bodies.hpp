// What is refused of bodies and queries, for the tests of their readers.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "http/body_reader.hpp"

namespace holdfast::http {

using pointers = std::vector<std::string>;

inline pointers pointers_of(const faults& found) {
  pointers result;
  for (const auto& each : found)
    result.push_back(each.pointer);
  return result;
}

inline faults faults_in(action what, std::string_view body,
                        bool by_id = false) {
  command ask;
  ask.from.what = what;
  ask.from.by_reservation = by_id;
  ask.from.store = "store-1";
  ask.from.sku = "85123A";
  faults found;
  read_body(body, ask, found);
  return found;
}

inline pointers pointers_in(action what, std::string_view body,
                            bool by_id = false) {
  return pointers_of(faults_in(what, body, by_id));
}

} // namespace holdfast::http
