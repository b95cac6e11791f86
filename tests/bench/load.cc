// This is a closed loop of unary calls of 300 bytes over mutual TLS. It checks every answer and prints one
// JSON object.
// load PORT CONNECTIONS STREAMS CALLS CERTIFICATE KEY PEER_CA
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "accord/testing/v1/echo.pb.h"
#include "common/base/socket.h"
#include "services/gateway/http2/upstream.h"

namespace accord::gateway {
namespace {

struct Tally {
  int64_t left, open = 0, failed = 0;
  std::vector<int64_t> nanos;
};

int64_t Now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

class LoadCaller : public Http2Connection::Events {
 public:
  LoadCaller(EventLoop* loop, Tally* tally, int streams) : loop_(loop), tally_(tally), streams_(streams) {
    accord::testing::v1::EchoRequest request;
    request.set_payload(std::string(297, 'q'));
    const std::string bytes = request.SerializeAsString();
    const auto size = static_cast<uint32_t>(bytes.size());
    body_ = std::string({0, 0, 0, static_cast<char>(size >> 8), static_cast<char>(size)}) + bytes;
  }
  void Open(int fd, const TlsContext& context) {
    http2_ = Http2Connection::Open(loop_, fd, context, {.server = false}, this);
  }
  void OnUp(const PeerCertificate&) override {
    for (int i = 0; i < streams_; ++i) Next();
  }
  void OnHeaders(int32_t stream, Headers headers, bool end, bool) override {
    if (!end) return;
    const std::string* status = FindHeader(headers, "grpc-status");
    calls_[stream].ok = status != nullptr && *status == "0";
  }
  void OnData(int32_t stream, std::string_view bytes) override {
    calls_[stream].size += bytes.size();
    http2_->Consume(stream, bytes.size());
  }
  void OnEnd(int32_t) override {}
  void OnDrained(int32_t) override {}
  void OnStreamClosed(int32_t stream, uint32_t) override {
    const Open_ call = calls_[stream];
    calls_.erase(stream);
    tally_->nanos.push_back(Now() - call.start);
    tally_->failed += call.ok && call.size == 1029 ? 0 : 1;
    --tally_->open;
    // This is deferred, because a stream must not be opened inside the closing callback of another.
    loop_->Defer([this] { Next(); });
  }
  void OnGoAway() override {}
  void OnDown() override {
    tally_->failed += tally_->open + tally_->left;
    loop_->Stop();
  }

 private:
  struct Open_ {
    int64_t start = 0;
    std::size_t size = 0;
    bool ok = false;
  };
  void Next() {
    if (tally_->left == 0) {
      if (tally_->open == 0) loop_->Stop();
      return;
    }
    --tally_->left;
    ++tally_->open;
    const int32_t stream = http2_->Request({{":method", "POST"},
                                            {":scheme", "https"},
                                            {":path", "/accord.testing.v1.EchoService/Echo"},
                                            {":authority", "localhost"},
                                            {"te", "trailers"},
                                            {"content-type", "application/grpc"},
                                            {"user-agent", "accord-bench/1"},
                                            {"grpc-timeout", "20S"},
                                            {"accord-actor", "officer-1"},
                                            {"accord-purpose", "criminal_investigation"}});
    calls_[stream].start = Now();
    http2_->Write(stream, body_);
    http2_->Finish(stream, {});
  }

  EventLoop* loop_;
  Tally* tally_;
  int streams_;
  std::string body_;
  std::shared_ptr<Http2Connection> http2_;
  std::unordered_map<int32_t, Open_> calls_;
};

// This gives a descriptor that is connecting to this port on loopback.
int Connecting(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const sockaddr_in address = Loopback(port);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
      errno != EINPROGRESS) {
    ::close(fd);
    return -1;
  }
  return fd;
}

int Run(int port, int connections, int streams, int64_t count, const host::v1::Tls& files) {
  const auto context = ClientContext(files);
  if (!context.ok()) return 1;
  EventLoop loop;
  Tally tally{.left = count, .nanos = {}};
  tally.nanos.reserve(static_cast<std::size_t>(count));
  std::vector<std::unique_ptr<LoadCaller>> callers;
  const int64_t start = Now();
  for (int i = 0; i < connections; ++i) {
    callers.push_back(std::make_unique<LoadCaller>(&loop, &tally, streams));
    callers.back()->Open(Connecting(port), *context);
  }
  loop.Run();
  const double seconds = static_cast<double>(Now() - start) / 1e9;
  std::sort(tally.nanos.begin(), tally.nanos.end());
  const auto at = [&](double share) {
    if (tally.nanos.empty()) return 0.0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(tally.nanos.size() - 1));
    return static_cast<double>(tally.nanos[index]) / 1e3;
  };
  std::printf("{\"calls\": %zu, \"failed\": %ld, \"seconds\": %.4f, \"p50_us\": %.1f, \"p99_us\": %.1f}\n",
              tally.nanos.size(), static_cast<long>(tally.failed), seconds, at(0.5), at(0.99));
  std::fflush(stdout);
  std::_Exit(tally.failed == 0 ? 0 : 1);
}

}  // namespace
}  // namespace accord::gateway

int main(int argc, char** argv) {
  if (argc != 8) {
    std::fprintf(stderr, "usage: load PORT CONNECTIONS STREAMS CALLS CERTIFICATE KEY PEER_CA\n");
    return 2;
  }
  accord::host::v1::Tls files;
  files.set_certificate_file(argv[5]);
  files.set_key_file(argv[6]);
  files.set_peer_ca_file(argv[7]);
  return accord::gateway::Run(std::stoi(argv[1]), std::stoi(argv[2]), std::stoi(argv[3]), std::stoll(argv[4]),
                              files);
}
