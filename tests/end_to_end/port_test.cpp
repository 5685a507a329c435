// A port belongs to one node.
#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// Listens on a port of the loopback that the kernel chose.
class listener {
public:
  listener() : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    auto* address = reinterpret_cast<sockaddr*>(&at);
    REQUIRE(::bind(fd_, address, size) == 0);
    REQUIRE(::listen(fd_, 1) == 0);
    REQUIRE(::getsockname(fd_, address, &size) == 0);
    port_ = ntohs(at.sin_port);
  }
  listener(const listener&) = delete;
  listener& operator=(const listener&) = delete;
  ~listener() {
    ::close(fd_);
  }
  std::uint16_t port() const noexcept {
    return port_;
  }

private:
  int fd_;
  std::uint16_t port_ = 0;
};

/// A node that is to serve on `port` ends, and says why.
void check_refused(std::uint16_t port, const std::string& threads) {
  CAPTURE(threads);
  const storage::testing::temp_dir dir;
  test::process_plan plan;
  plan.command = {test::holdfast_program(), "serve",
                  "--http-threads=" + threads};
  plan.environment = {"PORT=" + std::to_string(port),
                      "DATA_DIR=" + (dir / "data")};
  plan.out_path = dir / "out";
  plan.err_path = dir / "err";
  CHECK(test::run(plan, test::patience) == test::process_end{1, false});
  CHECK(test::read_text(plan.out_path).empty());
  const auto said = test::read_text(plan.err_path);
  const auto expected =
      "holdfast: cannot listen on 127.0.0.1:" + std::to_string(port);
  CHECK_MESSAGE(said.find(expected) != std::string::npos, said);
}

} // namespace

TEST_CASE("a node does not start on a port that is taken") {
  const listener taken;
  for (const auto* threads : {"1", "2"})
    check_refused(taken.port(), threads);
}

TEST_CASE("without standard streams nothing is written into other files") {
  const listener taken;
  const storage::testing::temp_dir dir;
  test::process_plan plan;
  plan.command = {"/bin/sh", "-c", "exec \"$0\" serve <&- >&- 2>&-",
                  test::holdfast_program()};
  plan.environment = {"PORT=" + std::to_string(taken.port()),
                      "DATA_DIR=" + (dir / "data")};
  plan.out_path = dir / "out";
  plan.err_path = dir / "err";
  CHECK(test::run(plan, test::patience) == test::process_end{1, false});
  const auto note = test::read_text(dir / "data/lock");
  CHECK_MESSAGE(note.starts_with("pid "), note);
  CHECK(note.find('\n') + 1 == note.size());
}

TEST_CASE("two nodes never share a port, however many threads they have") {
  for (const auto* threads : {"1", "3"}) {
    live_node first{{std::string{"--http-threads="} + threads}};
    check_refused(first.port(), "1");
    check_refused(first.port(), "2");
    caller client{first.port()};
    CHECK(client.ask(get("/api/health")).status == 200);
    first.stop();
  }
}
