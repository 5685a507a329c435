// What clients ask for.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "holdfast/outcome.hpp"
#include "src/cli/load/draft.hpp"
#include "src/config/load_order.hpp"

namespace holdfast::cli {

/// Makes up questions for the clients of one thread, and learns from what they
/// are told. One thread uses it.
class workload {
public:
  virtual ~workload() = default;

  /// What `client` asks next; nothing if it has nothing left to ask. Names,
  /// author and number are the caller's to add.
  virtual std::optional<draft> next(std::uint32_t client) = 0;
  /// There is something left that anybody may ask; what follows on an answer
  /// is its client's.
  virtual bool has_more() const;
  /// `client` was told `answer`.
  virtual void learn(std::uint32_t client, const draft& ask,
                     const outcome& answer);
};

using workload_ptr = std::unique_ptr<workload>;

/// A kind of load: what has to be there before, and what each thread asks.
class scenario {
public:
  virtual ~scenario() = default;

  /// Asked and answered before the clients begin.
  virtual std::vector<draft> preparation() const {
    return {};
  }
  /// Names of SKUs that are no numbers.
  virtual std::vector<std::string> sku_names() const {
    return {};
  }
  virtual std::uint32_t skus() const = 0;
  /// The store in which `sku` is asked about.
  virtual std::uint16_t store_of(std::uint32_t sku) const;
  /// Of thread `thread` of `threads`.
  virtual workload_ptr make(std::uint32_t thread, std::uint64_t seed) = 0;
  /// What is wrong with how it ended, once every outcome is settled; usually
  /// nothing. `granted` units were reserved, and if `is_sold_out` there were
  /// no more.
  virtual std::string verdict(std::uint64_t granted, bool is_sold_out) const;
};

using scenario_ptr = std::unique_ptr<scenario>;

/// The scenario that `order` names, over so many stores. Throws `config_error`
/// for order lines that cannot be read, or one that cannot be sent.
scenario_ptr make_scenario(const config::load_order& order,
                           std::uint16_t stores);

scenario_ptr make_adjusts(const config::load_order& order,
                          std::uint16_t stores);
scenario_ptr make_flash_sale(const config::load_order& order);
scenario_ptr make_orders(const config::load_order& order);
scenario_ptr make_mixed(const config::load_order& order, std::uint16_t stores);

} // namespace holdfast::cli
