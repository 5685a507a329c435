// Bodies that are refused, for the tests of the reader.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "http/body_reader.hpp"

namespace holdfast::http {

using pointers = std::vector<std::string>;

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
  pointers result;
  for (const auto& each : faults_in(what, body, by_id))
    result.push_back(each.pointer);
  return result;
}

} // namespace holdfast::http
