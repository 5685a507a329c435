#include "http/request_subject.hpp"

#include <doctest/doctest.h>

#include "holdfast/reservation_id.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

const std::string records = "/api/inventory/stores/store-1/inventory/";

} // namespace

TEST_CASE("a record is named by its store and SKU, decoded") {
  const auto subject =
      subject_of("POST", records + "BANK%20CHARGES/adjust", {});
  CHECK(subject.store == "store-1");
  CHECK(subject.sku == "BANK CHARGES");
  CHECK(subject.key_print.empty());
}

TEST_CASE("a reservation is named by the address in its id") {
  const auto id = format_reservation_id("store-2", "85123A", {2, 2});
  const auto subject = subject_of("GET", "/api/reservations/" + id, {});
  CHECK(subject.store == "store-2");
  CHECK(subject.sku == "85123A");
}

TEST_CASE("what is not valid is not named") {
  CHECK(subject_of("GET", records + "a%00b", {}).sku.empty());
  CHECK(subject_of("GET", records + "a%ZZ", {}).sku.empty());
  CHECK(subject_of("GET", "/api/inventory/stores/-x/inventory/a", {})
            .store.empty());
  CHECK(subject_of("GET", "/api/reservations/nonsense", {}).store.empty());
  CHECK(subject_of("BREW", records + "a", {}).sku.empty());
  CHECK(subject_of("GET", "/api/health", {}).store.empty());
}

TEST_CASE("a key leaves a print of its own, however it is spelled") {
  const auto print = [](std::string_view key) {
    return subject_of("GET", "/", key).key_print;
  };
  CHECK(print("order-7").size() == 16);
  CHECK(print("order-7").find_first_not_of("0123456789abcdef")
        == std::string::npos);
  CHECK(print("order-7") == print("\"order-7\""));
  CHECK(print("order-7") != print("order-8"));
  CHECK(print("").empty());
  CHECK(print("not\tvalid").empty());
}
