// How a process comes to a journal that others are writing.
#include <doctest/doctest.h>

#include <atomic>
#include <limits>
#include <thread>

#include "damage.hpp"
#include "harness.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

TEST_CASE("a process starts beside one that writes all the time") {
  constexpr auto no_keys = std::numeric_limits<std::int64_t>::max();
  const sku_name tea{"store-1", "tea"};
  shared_place at;
  auto writer = at.open();
  std::atomic<bool> is_over{false};
  std::uint64_t written = 0;
  std::thread busy([&] {
    while (!is_over) {
      try {
        auto state = writer->load(tea.first, tea.second, no_keys).state;
        auto change = delivery(state, tea, 1, 10);
        writer->begin();
        writer->append(change);
        writer->commit();
        ++written;
      } catch (const journal_error& error) {
        writer->rollback();
        if (error.is() != journal_error::kind::busy)
          return;
      }
    }
  });
  std::string fault;
  try {
    for (int i = 0; i < 40; ++i)
      at.open();
  } catch (const journal_error& error) {
    fault = error.what();
  }
  is_over = true;
  busy.join();
  CHECK(fault == "");
  CHECK(written > 0);
  CHECK(writer->last_seq() == written);
  CHECK(fault_of(at.dir().path()) == "");
}
