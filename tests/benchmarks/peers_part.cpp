// Systems that people would pick instead, each with a script beside this file
// that prints a figure and its rate on every line.
#include <sstream>

#include "tests/benchmarks/parts.hpp"
#include "tests/benchmarks/process.hpp"

namespace holdfast::bench {

namespace {

void measure_peer(const std::string& script, const options& with,
                  report& into) {
  const auto seconds = std::to_string((with.run.count() + 999) / 1'000);
  const command made = {with.scripts + "/peers/" + script, seconds,
                        with.scratch};
  into.did(to_text(made));
  std::istringstream lines{run(made)};
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.rfind(' ');
    into.measure(line.substr(0, at), "/s", std::stod(line.substr(at)));
  }
}

} // namespace

void measure_peers(const options& with, report& into) {
  if (!into.has("writes, 64 connections"))
    measure_writes(with, into);
  for (std::size_t round = 0; round < with.rounds; ++round) {
    measure_peer("postgres.sh", with, into);
    measure_peer("redis.sh", with, into);
  }
  const auto least = report::bound::at_least;
  into.compare("writes, 64 connections", "PostgreSQL, 16 clients", least, 7);
  into.compare("writes, 64 connections", "PostgreSQL, 64 clients", least, 7);
  for (const auto* clients : {"16", "64"})
    into.compare("writes to one SKU, 64 connections",
                 std::string{"PostgreSQL one SKU, "} + clients + " clients",
                 least, 30);
  into.compare("writes, 64 connections", "Redis, 64 clients", least, 3);
  into.compare("writes, 256 connections", "Redis, 256 clients", least, 3);
}

} // namespace holdfast::bench
