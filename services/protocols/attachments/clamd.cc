#include "services/protocols/attachments/clamd.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/socket.h"

namespace accord::protocols {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::size_t kLongestReply = 4096;

absl::Status ClamdUnreachable() { return absl::UnavailableError("the scanner is away"); }
absl::Status ClamdDoesNotJudge() {
  return absl::FailedPreconditionError("the scanner does not judge this file");
}

// This is one connection to clamd, which ends when its time is over.
class ClamdConversation {
 public:
  explicit ClamdConversation(absl::Duration most) : end_(absl::Now() + most) {}
  ~ClamdConversation() {
    if (fd_ >= 0) ::close(fd_);
  }
  ClamdConversation(const ClamdConversation&) = delete;
  ClamdConversation& operator=(const ClamdConversation&) = delete;

  absl::Status Connect(const std::string& address) {
    if (absl::StartsWith(address, "/")) {
      sockaddr_un local{};
      local.sun_family = AF_UNIX;
      if (address.size() >= sizeof local.sun_path) return ClamdUnreachable();
      std::memcpy(local.sun_path, address.data(), address.size());
      const void* const any = &local;
      return Connect(AF_UNIX, static_cast<const sockaddr*>(any), sizeof local);
    }
    const Addresses found = ResolveAddress(address, AddressUse::kConnect);
    for (const addrinfo* each = found.get(); each != nullptr; each = each->ai_next) {
      const absl::Status connected = Connect(each->ai_family, each->ai_addr, each->ai_addrlen);
      if (connected.ok()) return connected;
    }
    return ClamdUnreachable();
  }

  // This gives false if the other side accepts no more bytes.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!WaitAtMost(SO_SNDTIMEO)) return false;
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // This gives what the other side says before a NUL or its end.
  std::string Reply() {
    std::string reply;
    char buffer[512];
    while (reply.size() < kLongestReply && WaitAtMost(SO_RCVTIMEO)) {
      const ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      reply.append(buffer, static_cast<std::size_t>(got));
      if (const std::size_t nul = reply.find('\0'); nul != std::string::npos) return reply.substr(0, nul);
    }
    return reply;
  }

 private:
  absl::Status Connect(int family, const sockaddr* address, socklen_t size) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd_ < 0 || !WaitAtMost(SO_SNDTIMEO) || ::connect(fd_, address, size) != 0) return ClamdUnreachable();
    return absl::OkStatus();
  }

  // This limits the next step of this kind to the time that is left; it returns false if no time is left.
  bool WaitAtMost(int option) {
    const absl::Duration left = end_ - absl::Now();
    if (left <= absl::ZeroDuration()) return false;
    // A limit of zero would stand for no limit at all.
    const timeval limit = absl::ToTimeval(std::max(left, absl::Milliseconds(1)));
    return ::setsockopt(fd_, SOL_SOCKET, option, &limit, sizeof limit) == 0;
  }

  const absl::Time end_;
  int fd_ = -1;
};

// This gives the four bytes of length, in network order, that INSTREAM has before each piece.
std::string ClamdLengthPrefix(std::string_view piece) {
  const auto size = static_cast<uint32_t>(piece.size());
  std::string length;
  for (unsigned shift : {24U, 16U, 8U, 0U}) length += static_cast<char>((size >> shift) & 0xffU);
  return length;
}

bool SendContent(ClamdConversation* conversation, std::string_view content) {
  using namespace std::string_view_literals;
  if (!conversation->Send("zINSTREAM\0"sv)) return false;
  while (!content.empty()) {
    const std::string_view piece = content.substr(0, kPiece);
    if (!conversation->Send(ClamdLengthPrefix(piece)) || !conversation->Send(piece)) return false;
    content.remove_prefix(piece.size());
  }
  return conversation->Send(ClamdLengthPrefix({}));
}

}  // namespace

absl::StatusOr<bool> Clamd::IsClean(std::string_view content) {
  ClamdConversation conversation(most_);
  ACCORD_RETURN_IF_ERROR(conversation.Connect(address_));
  // The scanner answers early if a file is too large for it, and that is no verdict.
  const bool sent = SendContent(&conversation, content);
  const std::string reply = conversation.Reply();
  const std::string verdict(absl::StripSuffix(reply, "\n"));
  if (sent && verdict == "stream: OK") return true;
  if (absl::StartsWith(verdict, "stream: ") && absl::EndsWith(verdict, " FOUND")) return false;
  return ClamdDoesNotJudge();
}

}  // namespace accord::protocols
