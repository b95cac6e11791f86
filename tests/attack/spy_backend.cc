// A service in a real one's place that writes down the name of every header that reaches it, one a line, and
// answers every call with an empty message.
//   spy_backend PORT CERTIFICATE KEY PEER_CA FILE
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cstdio>
#include <fstream>
#include <set>

#include "services/gateway/http2/upstream.h"

namespace accord::gateway {
namespace {

class Names {
 public:
  explicit Names(const std::string& file) : out_(file) {}
  void Take(const Headers& headers) {
    for (const auto& [name, value] : headers) {
      if (seen_.insert(name).second) out_ << name << std::endl;
    }
  }

 private:
  std::ofstream out_;
  std::set<std::string> seen_;
};

class Guest : public Http2Connection::Events {
 public:
  explicit Guest(Names* names) : names_(names) {}
  void Open(EventLoop* loop, int fd, const TlsContext& context) {
    http2_ = Http2Connection::Open(loop, fd, context, {.max_streams = 1000}, this);
  }
  void OnUp(const PeerCertificate&) override {}
  void OnHeaders(int32_t, Headers headers, bool, bool) override { names_->Take(headers); }
  void OnData(int32_t stream, std::string_view bytes) override { http2_->Consume(stream, bytes.size()); }
  void OnEnd(int32_t stream) override {
    http2_->Respond(stream, {{":status", "200"}, {"content-type", "application/grpc"}}, false);
    http2_->Write(stream, std::string(5, '\0'));
    http2_->Finish(stream, {{"grpc-status", "0"}});
  }
  void OnDrained(int32_t) override {}
  void OnStreamClosed(int32_t, uint32_t) override {}
  void OnGoAway() override {}
  void OnDown() override {}

 private:
  Names* names_;
  std::shared_ptr<Http2Connection> http2_;
};

int Serve(int port, const host::v1::Tls& files, const std::string& file) {
  const auto context = ServerContext(files);
  const int fd = ListenOn("127.0.0.1:" + std::to_string(port), &port);
  if (!context.ok() || fd < 0) {
    std::fprintf(stderr, "spy_backend: cannot serve: %s\n", context.status().ToString().c_str());
    return 1;
  }
  EventLoop loop;
  Names names(file);
  std::vector<std::unique_ptr<Guest>> guests;
  loop.Watch(fd, EPOLLIN, [&](uint32_t) {
    for (int got; (got = ::accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
      guests.push_back(std::make_unique<Guest>(&names));
      guests.back()->Open(&loop, got, *context);
    }
  });
  std::puts("serving");
  std::fflush(stdout);
  loop.Run();
  return 0;
}

}  // namespace
}  // namespace accord::gateway

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr, "usage: spy_backend PORT CERTIFICATE KEY PEER_CA FILE\n");
    return 2;
  }
  accord::host::v1::Tls files;
  files.set_certificate_file(argv[2]);
  files.set_key_file(argv[3]);
  files.set_peer_ca_file(argv[4]);
  return accord::gateway::Serve(std::stoi(argv[1]), files, argv[5]);
}
