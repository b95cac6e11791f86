// A service for benchmarks of proxies: answers every call of EchoService with 1 KB, over mutual TLS, as
// cheaply as the machine allows, so that what is measured is the proxy.
//   echo_backend PORT CERTIFICATE KEY PEER_CA
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cstdio>
#include <cstdlib>
#include <set>

#include "accord/testing/v1/echo.pb.h"
#include "services/gateway/http2/upstream.h"

namespace accord::gateway {
namespace {

std::string Answer() {
  accord::testing::v1::EchoResponse response;
  response.set_payload(std::string(1021, 'e'));
  const std::string bytes = response.SerializeAsString();
  const auto size = static_cast<uint32_t>(bytes.size());
  return std::string({0, 0, 0, static_cast<char>(size >> 8), static_cast<char>(size)}) + bytes;
}

class Guest : public Http2Connection::Events {
 public:
  explicit Guest(const std::string* answer) : answer_(answer) {}
  void Open(EventLoop* loop, int fd, const TlsContext& context) {
    http2_ = Http2Connection::Open(loop, fd, context, {.max_streams = 10'000}, this);
  }
  void OnUp(const PeerCertificate&) override {}
  void OnHeaders(int32_t, Headers, bool, bool) override {}
  void OnData(int32_t stream, std::string_view bytes) override { http2_->Consume(stream, bytes.size()); }
  void OnEnd(int32_t stream) override {
    http2_->Respond(stream, {{":status", "200"}, {"content-type", "application/grpc"}}, false);
    http2_->Write(stream, *answer_);
    http2_->Finish(stream, {{"grpc-status", "0"}});
  }
  void OnDrained(int32_t) override {}
  void OnStreamClosed(int32_t, uint32_t) override {}
  void OnGoAway() override {}
  void OnDown() override {}

 private:
  const std::string* answer_;
  std::shared_ptr<Http2Connection> http2_;
};

int Serve(int port, const host::v1::Tls& files) {
  const auto context = ServerContext(files);
  const int fd = ListenOn("127.0.0.1:" + std::to_string(port), &port);
  if (!context.ok() || fd < 0) {
    std::fprintf(stderr, "echo_backend: cannot serve: %s\n", context.status().ToString().c_str());
    return 1;
  }
  EventLoop loop;
  const std::string answer = Answer();
  std::vector<std::unique_ptr<Guest>> guests;
  loop.Watch(fd, EPOLLIN, [&](uint32_t) {
    for (int got; (got = ::accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
      guests.push_back(std::make_unique<Guest>(&answer));
      guests.back()->Open(&loop, got, *context);
    }
  });
  loop.Run();
  return 0;
}

}  // namespace
}  // namespace accord::gateway

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: echo_backend PORT CERTIFICATE KEY PEER_CA\n");
    return 2;
  }
  accord::host::v1::Tls files;
  files.set_certificate_file(argv[2]);
  files.set_key_file(argv[3]);
  files.set_peer_ca_file(argv[4]);
  return accord::gateway::Serve(std::stoi(argv[1]), files);
}
