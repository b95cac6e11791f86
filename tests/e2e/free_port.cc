#include "tests/e2e/free_port.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <random>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/socket.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {
namespace {

constexpr std::size_t kBlock = 1000;

// This gives the first of a thousand ports that no other process draws from, for tests that run side by side.
// They lie below those that the kernel assigns, because one of those may belong to an outgoing connection by
// the time a process listens on it.
int ClaimBlock() {
  for (int first = 10'000; first < 20'000; first += static_cast<int>(kBlock)) {
    const int claim = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    // This name is abstract, so it is free again when this process ends.
    const std::string text = absl::StrCat("accord-e2e-ports-", first);
    text.copy(name.sun_path + 1, text.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
    if (bind(claim, reinterpret_cast<sockaddr*>(&name), size) == 0) return first;
    close(claim);
  }
  Fail("ten other test processes hold all ports");
}

}  // namespace

int FreePort() {
  static int first = ClaimBlock();
  static std::mt19937 random(std::random_device{}());
  static std::set<int> given;
  for (int attempt = 0; attempt < 10'000; ++attempt) {
    // A process of many tests uses up more than one thousand.
    if (given.size() >= kBlock * 3 / 4) {
      first = ClaimBlock();
      given.clear();
    }
    const int port = first + static_cast<int>(random() % kBlock);
    const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = Loopback(port);
    const bool free = bind(socket_fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    close(socket_fd);
    if (free && given.insert(port).second) return port;
  }
  Fail("no free port");
}

}  // namespace accord::e2e
