#include "common/metrics/metrics_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <prometheus/counter.h>
#include <prometheus/registry.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/time/clock.h"
#include "common/base/socket.h"
#include "common/metrics/metrics_page.h"

namespace accord {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kGet[] = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr char kOk[] = "HTTP/1.1 200 OK\r\n";

class MetricsPage : public ::testing::Test {
 protected:
  MetricsPage() {
    prometheus::BuildCounter().Name("calls_total").Help("Calls.").Register(*registry_).Add({}).Increment(7);
  }
  std::string Answer(std::string_view received) {
    return AnswerTo(received, 8192, *registry_).value_or("more");
  }

  std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
};

TEST_F(MetricsPage, AnswersGetOfMetricsAlone) {
  EXPECT_THAT(Answer(kGet), StartsWith(kOk));
  EXPECT_THAT(Answer(kGet), HasSubstr("calls_total 7"));
  EXPECT_THAT(Answer("GET /metrics?x=1 HTTP/1.0\r\n\r\n"), StartsWith(kOk));
  for (const char* method : {"POST", "HEAD", "PUT", "OPTIONS", "get"}) {
    EXPECT_THAT(Answer(std::string(method) + " /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 405 "))
        << method;
  }
  for (const char* target : {"/", "/metricsx", "/metrics/", "http://x/metrics", "*", "/../etc/passwd"}) {
    EXPECT_THAT(Answer(std::string("GET ") + target + " HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 404 "))
        << target;
  }
}

TEST_F(MetricsPage, RefusesWhatIsNoRequest) {
  for (const char* line : {"", "GET", "GET /metrics", " /metrics HTTP/1.1", "GET /metrics HTTP/2.0",
                           "PRI * HTTP/2.0", "\x16\x03\x01", "GET /metrics XTTP/1.1"}) {
    EXPECT_THAT(Answer(std::string(line) + "\r\n\r\n"), StartsWith("HTTP/1.1 400 ")) << line;
  }
}

TEST_F(MetricsPage, WaitsForTheEndOfHeadersUpToALimit) {
  const std::string whole = kGet;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(Answer(std::string_view(whole).substr(0, size)), "more");
  }
  EXPECT_THAT(Answer("GET /metrics HTTP/1.1\r\nx: " + std::string(8192, 'x')), StartsWith("HTTP/1.1 431 "));
}

class Peer {
 public:
  explicit Peer(int port, int receive_buffer = 0) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer > 0) setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const sockaddr_in address = Loopback(port);
    connected_ = connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const timeval patience{20, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  Peer(Peer&& other) noexcept : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_) {}
  ~Peer() {
    if (fd_ >= 0) close(fd_);
  }
  bool connected() const { return connected_; }
  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // This reads until the server closes, and gives "stuck" if it does not.
  std::string Rest() {
    std::string all;
    char bytes[4096];
    for (;;) {
      const ssize_t got = recv(fd_, bytes, sizeof bytes, 0);
      if (got == 0 || (got < 0 && errno == ECONNRESET)) return all;
      if (got < 0) return "stuck";
      all.append(bytes, static_cast<std::size_t>(got));
    }
  }

 private:
  int fd_;
  bool connected_ = false;
};

class RunningMetrics : public MetricsPage {
 protected:
  void Serve(const MetricsServer::Limits& limits = {}) {
    auto server = MetricsServer::Start("127.0.0.1:0", registry_, limits);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  std::string Scrape() {
    Peer peer(server_->port());
    peer.Send(kGet);
    return peer.Rest();
  }

  std::unique_ptr<MetricsServer> server_;
};

TEST_F(RunningMetrics, AHundredIdleAndHalfSentConnectionsBlockNoScrape) {
  Serve({.time = absl::Hours(1)});
  std::vector<Peer> idle;
  for (int i = 0; i < 100; ++i) {
    idle.emplace_back(server_->port());
    ASSERT_TRUE(idle.back().connected());
    if (i % 2 == 0) idle.back().Send("GET /metrics HTTP/1.1\r\nHo");
  }
  for (int i = 0; i < 20; ++i) EXPECT_THAT(Scrape(), HasSubstr("calls_total 7"));
}

TEST_F(RunningMetrics, AnIdleConnectionIsClosedWhenItsTimeIsOver) {
  Serve({.time = absl::Milliseconds(50)});
  Peer idle(server_->port()), half(server_->port());
  half.Send("GET /met");
  EXPECT_THAT(idle.Rest(), IsEmpty());
  EXPECT_THAT(half.Rest(), IsEmpty());
}

TEST_F(RunningMetrics, WhoNeverReadsTheAnswerIsClosedWhenItsTimeIsOver) {
  auto& family = prometheus::BuildCounter().Name("many").Help("Many.").Register(*registry_);
  for (int i = 0; i < 2000; ++i) family.Add({{"label", std::string(4000, 'x') + std::to_string(i)}});
  const std::size_t whole = AnswerTo(kGet, 8192, *registry_)->size();
  Serve({.time = absl::Milliseconds(300)});
  Peer deaf(server_->port(), 4096);
  deaf.Send(kGet);
  // This connection was opened later, so when its time is over, that of the first one is over too.
  EXPECT_THAT(Peer(server_->port()).Rest(), IsEmpty());
  EXPECT_LT(deaf.Rest().size(), whole);
}

TEST_F(RunningMetrics, ALongHeaderIsAnsweredAndClosed) {
  Serve();
  Peer peer(server_->port());
  peer.Send("GET /metrics HTTP/1.1\r\nx: " + std::string(1 << 20, 'x'));
  EXPECT_THAT(peer.Rest(), StartsWith("HTTP/1.1 431 "));
}

TEST_F(RunningMetrics, ASecondRequestOnOneConnectionIsNotAnswered) {
  Serve();
  Peer peer(server_->port());
  peer.Send(std::string(kGet) + kGet);
  const std::string answer = peer.Rest();
  EXPECT_THAT(answer, StartsWith(kOk));
  EXPECT_EQ(answer.find(kOk, 1), std::string::npos);
}

TEST_F(RunningMetrics, ListensNoMoreWhenItIsGone) {
  Serve();
  const int port = server_->port();
  Peer idle(port);
  server_.reset();
  EXPECT_FALSE(Peer(port).connected());
}

TEST(MetricsServer, SaysThatAnAddressCannotBeHad) {
  auto registry = std::make_shared<prometheus::Registry>();
  for (const char* listen : {"127.0.0.1", "nonsense", "192.0.2.1:1", "127.0.0.1:x"}) {
    EXPECT_EQ(MetricsServer::Start(listen, registry).status().code(), absl::StatusCode::kUnavailable)
        << listen;
  }
  EXPECT_TRUE(MetricsServer::Start("[::1]:0", registry).ok());
  EXPECT_TRUE(MetricsServer::Start(":0", registry).ok());
}

}  // namespace
}  // namespace accord
