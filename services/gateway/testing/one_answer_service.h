// This is a service in a real one's place, on the gateway's own event loop, which answers every call with the
// same bytes whatever it is asked.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_ONE_ANSWER_SERVICE_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_ONE_ANSWER_SERVICE_H_

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/http2/event_loop.h"
#include "services/gateway/http2/grpc_headers.h"
#include "services/gateway/http2/http2_connection.h"
#include "services/gateway/http2/peer_certificate.h"
#include "services/gateway/http2/sockets.h"
#include "services/gateway/http2/tls.h"

namespace accord::gateway {

struct OneAnswer {
  // This is one message, with the five bytes that gRPC puts before it.
  std::string bytes;
  // One connection has at most this many streams open.
  uint32_t max_streams = 1000;
  // It is told of the headers of each call, unless it is empty.
  std::function<void(const Headers&)> on_headers = nullptr;
};

// This is one connection of whoever calls.
class OneAnswerSession : public Http2Connection::Events {
 public:
  explicit OneAnswerSession(const OneAnswer* answer) : answer_(answer) {}
  void Open(EventLoop* loop, int fd, const TlsContext& context) {
    http2_ = Http2Connection::Open(loop, fd, context, {.max_streams = answer_->max_streams}, this);
  }
  void OnUp(const PeerCertificate&) override {}
  void OnHeaders(int32_t, Headers headers, bool, bool) override {
    if (answer_->on_headers) answer_->on_headers(headers);
  }
  void OnData(int32_t stream, std::string_view bytes) override { http2_->Consume(stream, bytes.size()); }
  void OnEnd(int32_t stream) override {
    http2_->Respond(stream, {{":status", "200"}, {"content-type", "application/grpc"}}, false);
    http2_->Write(stream, answer_->bytes);
    http2_->Finish(stream, {{"grpc-status", "0"}});
  }
  void OnDrained(int32_t) override {}
  void OnStreamClosed(int32_t, uint32_t) override {}
  void OnGoAway() override {}
  void OnDown() override {}

 private:
  const OneAnswer* const answer_;
  std::shared_ptr<Http2Connection> http2_;
};

// This serves on 127.0.0.1 until the process ends, and says `serving` once it listens. It returns 1 if it
// cannot. `words` are the program's name, a port, and the files of a certificate, its key and the
// callers' CA.
inline int ServeOneAnswer(const OneAnswer& answer, char** words) {
  host::v1::Tls files;
  files.set_certificate_file(words[2]);
  files.set_key_file(words[3]);
  files.set_peer_ca_file(words[4]);
  const auto context = ServerContext(files);
  int port = std::stoi(words[1]);
  const int fd = ListenOn("127.0.0.1:" + std::to_string(port), &port);
  if (!context.ok() || fd < 0) {
    std::fprintf(stderr, "%s: cannot serve: %s\n", words[0], context.status().ToString().c_str());
    return 1;
  }
  EventLoop loop;
  std::vector<std::unique_ptr<OneAnswerSession>> sessions;
  loop.Watch(fd, EPOLLIN, [&](uint32_t) {
    for (int got; (got = ::accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
      sessions.push_back(std::make_unique<OneAnswerSession>(&answer));
      sessions.back()->Open(&loop, got, *context);
    }
  });
  std::puts("serving");
  std::fflush(stdout);
  loop.Run();
  return 0;
}

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_TESTING_ONE_ANSWER_SERVICE_H_
