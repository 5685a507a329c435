// A connection between nodes for tests.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <caf/io/scribe.hpp>

namespace holdfast::test {

/// A connection that leads nowhere; `is_open` as long as somebody has it.
class fake_link final : public caf::io::scribe {
public:
  explicit fake_link(std::shared_ptr<bool> is_open)
      : scribe(caf::io::connection_handle::from_int(1)),
        is_open_(std::move(is_open)) {
    *is_open_ = true;
  }
  ~fake_link() override {
    *is_open_ = false;
  }

  void configure_read(caf::io::receive_policy::config) override {}
  void ack_writes(bool) override {}
  std::vector<char>& wr_buf() override {
    return bytes_;
  }
  std::vector<char>& rd_buf() override {
    return bytes_;
  }
  void flush() override {}
  void graceful_shutdown() override {}
  void remove_from_loop() override {}
  void add_to_loop() override {}
  std::string addr() const override {
    return {};
  }
  std::uint16_t port() const override {
    return 0;
  }

private:
  const std::shared_ptr<bool> is_open_;
  std::vector<char> bytes_;
};

} // namespace holdfast::test
