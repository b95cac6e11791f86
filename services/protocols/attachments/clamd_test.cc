// These tests show the protocol of clamd, spoken with a small scanner that knows one signature.
#include "services/protocols/attachments/clamd.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/socket.h"
#include "common/testing/matchers.h"

namespace accord::protocols {
namespace {

constexpr char kSignature[] = "a-local-test-signature";

// This scanner takes INSTREAM, and answers as clamd does: it says what it found, or that a stream is larger
// than it takes.
class FakeClamd {
 public:
  explicit FakeClamd(std::size_t most = std::size_t{1} << 20) : most_(most) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = Loopback(0);
    const void* const any = &address;
    EXPECT_EQ(::bind(listener_, static_cast<const sockaddr*>(any), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    port_ = PortOf(listener_);
    thread_ = std::thread([this] { Serve(); });
  }
  ~FakeClamd() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  FakeClamd(const FakeClamd&) = delete;
  FakeClamd& operator=(const FakeClamd&) = delete;

  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

 private:
  static bool Take(int fd, std::size_t size, std::string* bytes) {
    bytes->assign(size, '\0');
    std::size_t taken = 0;
    while (taken < size) {
      const ssize_t got = ::recv(fd, bytes->data() + taken, size - taken, 0);
      if (got <= 0) return false;
      taken += static_cast<std::size_t>(got);
    }
    return true;
  }
  std::string Answer(int fd) const {
    std::string command, length, piece, content;
    if (!Take(fd, 10, &command) || command != std::string("zINSTREAM\0", 10)) return "UNKNOWN COMMAND";
    while (Take(fd, 4, &length)) {
      uint32_t size = 0;
      for (const char c : length) size = (size << 8U) | static_cast<unsigned char>(c);
      if (size == 0) {
        return absl::StrContains(content, kSignature) ? "stream: Local.Test.Signature FOUND" : "stream: OK";
      }
      if (content.size() + size > most_) return "INSTREAM size limit exceeded. ERROR";
      if (!Take(fd, size, &piece)) break;
      content += piece;
    }
    return "broken off";
  }
  void Serve() const {
    for (int fd = ::accept(listener_, nullptr, nullptr); fd >= 0;
         fd = ::accept(listener_, nullptr, nullptr)) {
      const std::string answer = Answer(fd) + '\0';
      ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
      ::close(fd);
    }
  }

  const std::size_t most_;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

class ClamdScanner : public ::testing::Test {
 protected:
  static absl::StatusOr<bool> Scan(const FakeClamd& clamd, const std::string& content) {
    return Clamd(clamd.address(), absl::Seconds(30)).IsClean(content);
  }
  // What is left of a file after its first pieces is scanned with them.
  static std::string Long(const std::string& end) { return std::string(200000, 'a') + end; }
};

TEST_F(ClamdScanner, SaysOfEachFileWhetherSomethingWasFoundInIt) {
  const FakeClamd clamd;
  for (const std::string& content : {std::string("a statement"), Long("")}) {
    const auto clean = Scan(clamd, content);
    ASSERT_OK(clean);
    EXPECT_TRUE(*clean);
  }
  for (const std::string& content : {std::string(kSignature), Long(kSignature)}) {
    const auto clean = Scan(clamd, content);
    ASSERT_OK(clean);
    EXPECT_FALSE(*clean);
  }
}

TEST_F(ClamdScanner, PassesNothingThatItCannotJudge) {
  const FakeClamd clamd(1000);
  const auto clean = Scan(clamd, Long(""));
  EXPECT_THAT(clean, testing::FailsWith(absl::StatusCode::kFailedPrecondition, "does not judge this file"));
}

TEST_F(ClamdScanner, PassesNothingWhileItIsAway) {
  std::string address;
  {
    const FakeClamd clamd;
    address = clamd.address();
  }
  EXPECT_TRUE(absl::IsUnavailable(Clamd(address, absl::Seconds(30)).IsClean("a statement").status()));
  EXPECT_TRUE(absl::IsUnavailable(Clamd("/nowhere/clamd", absl::Seconds(30)).IsClean("a").status()));
}

}  // namespace
}  // namespace accord::protocols
