// These tests show what the processes leave on a disk and in which form they speak to each other. They do not
// apply to pods, whose network admits nobody else, and their tests of files are SQLite's. Whoever runs the
// suite there leaves them out by name.
#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

namespace fs = std::filesystem;

class TheInside : public ::testing::Test {
 protected:
  // This gives IP:PORT where a process serves, by its configuration.
  std::string ListenOf(const std::string& name) const {
    const std::string text = testing::Slurp(stack_.config(name)), before = "listen: \"";
    const std::size_t at = text.find(before) + before.size();
    return text.substr(at, text.find('"', at) - at);
  }
  // This gives the TLS version that is agreed on, which is at most `most`; it is empty if none is.
  std::string Greet(const std::string& address, int most) const {
    const std::size_t colon = address.rfind(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(colon + 1))));
    inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to)), 0) << address;
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_max_proto_version(context, most);
    SSL* tls = SSL_new(context);
    const unsigned char alpn[] = {2, 'h', '2'};
    SSL_set_alpn_protos(tls, alpn, sizeof(alpn));
    SSL_set_fd(tls, fd);
    const std::string agreed = SSL_connect(tls) == 1 ? SSL_get_version(tls) : "";
    SSL_free(tls);
    SSL_CTX_free(context);
    close(fd);
    return agreed;
  }

  Stack stack_;
};

TEST_F(TheInside, SpeaksTls13Alone) {
  for (const std::string& name : Processes()) {
    if (name == "gateway") continue;
    EXPECT_EQ(Greet(ListenOf(name), TLS1_3_VERSION), "TLSv1.3") << name;
    EXPECT_EQ(Greet(ListenOf(name), TLS1_2_VERSION), "") << name;
  }
}

TEST_F(TheInside, KeepsItsDatabasesToItself) {
  int files = 0;
  for (const std::string& name : Processes()) {
    if (name == "gateway") continue;
    for (const char* part : {"", "-wal", "-shm"}) {
      const std::string file = stack_.data(name) + "/db" + part;
      if (!fs::exists(file)) continue;
      ++files;
      EXPECT_EQ(fs::status(file).permissions() & fs::perms(077), fs::perms::none) << file;
    }
  }
  EXPECT_GE(files, 5);
  // Permissions that an earlier version left too wide are narrowed.
  const std::string registry = stack_.data("registry") + "/db";
  fs::permissions(registry, fs::perms(0644));
  stack_.KillAndRestart("registry");
  stack_.AwaitGateway();
  EXPECT_EQ(fs::status(registry).permissions(), fs::perms(0600));
}

}  // namespace
}  // namespace accord::e2e
