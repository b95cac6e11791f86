// Peers that do what gRPC's own client would not do: they send handmade frames.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/policy_service.pb.h"
#include "common/grpclog/grpc_log.h"
#include "common/host/serving/server.h"
#include "common/testing/pki.h"

namespace accord::host {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPolicy[] = "accord.registry.v1.PolicyService";
constexpr char kWatch[] = "/accord.registry.v1.PolicyService/WatchPolicy";
// These are HTTP/2 frame types and flags.
constexpr int kHeaders = 1, kResetStream = 3, kSettings = 4, kPing = 6, kGoAway = 7;
constexpr int kEndStream = 1, kAck = 1, kEndHeaders = 4;

// This writes one field of HPACK, literal and without indexing.
std::string Field(const std::string& name, const std::string& value) {
  EXPECT_LT(std::max(name.size(), value.size()), 127u);
  return absl::StrCat(std::string(1, '\0'), std::string(1, static_cast<char>(name.size())), name,
                      std::string(1, static_cast<char>(value.size())), value);
}

std::string Frame(int type, int flags, int stream, const std::string& payload) {
  std::string frame(9, '\0');
  frame[1] = static_cast<char>(payload.size() >> 8);
  frame[2] = static_cast<char>(payload.size());
  frame[3] = static_cast<char>(type);
  frame[4] = static_cast<char>(flags);
  frame[8] = static_cast<char>(stream);
  return frame + payload;
}

// This is a connection to a service with a certificate of the gateway.
class RawConnection {
 public:
  RawConnection(int port, const testing::TestCertificate& own)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), bio_(Connect(port, own), BIO_free_all) {
    Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(kSettings, 0, 0, ""));
  }
  void Send(const std::string& bytes) {
    ASSERT_EQ(BIO_write(bio_.get(), bytes.data(), static_cast<int>(bytes.size())),
              static_cast<int>(bytes.size()));
  }
  struct Head {
    int type = kGoAway, flags = 0, stream = 0;
  };
  // This gives the next frame without its payload; a GOAWAY when the connection ends.
  Head Next() {
    std::string head, payload;
    if (!Read(9, &head)) return {};
    const auto byte = [&](int at) { return static_cast<unsigned char>(head[at]); };
    if (!Read(byte(0) << 16 | byte(1) << 8 | byte(2), &payload)) return {};
    return {byte(3), byte(4), byte(8)};
  }
  // This returns true once the stream has its answer, or false if the connection ends before.
  bool AwaitEndOf(int stream) {
    for (;;) {
      const Head head = Next();
      if (head.type == kGoAway) return false;
      const bool ends =
          head.type == kResetStream || (head.type == kHeaders && (head.flags & kEndStream) != 0);
      if (head.stream == stream && ends) return true;
    }
  }

 private:
  BIO* Connect(int port, const testing::TestCertificate& own) {
    SSL_CTX* context = context_.get();
    SSL_CTX_use_certificate_chain_file(context, own.certificate_file.c_str());
    SSL_CTX_use_PrivateKey_file(context, own.key_file.c_str(), SSL_FILETYPE_PEM);
    constexpr unsigned char kH2[] = {2, 'h', '2'};
    SSL_CTX_set_alpn_protos(context, kH2, sizeof kH2);
    BIO* bio = BIO_new_ssl_connect(context);
    BIO_set_conn_hostname(bio, absl::StrCat("127.0.0.1:", port).c_str());
    EXPECT_EQ(BIO_do_connect(bio), 1);
    return bio;
  }
  bool Read(std::size_t size, std::string* bytes) {
    bytes->assign(size, '\0');
    for (std::size_t had = 0; had < size;) {
      const int got = BIO_read(bio_.get(), bytes->data() + had, static_cast<int>(size - had));
      if (got <= 0) return false;
      had += static_cast<std::size_t>(got);
    }
    return true;
  }

  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<BIO, void (*)(BIO*)> bio_;
};

class RawPeer : public ::testing::Test {
 protected:
  RawPeer() {
    RouteGrpcLog();
    handlers_.Stream<registry::v1::WatchPolicyRequest, registry::v1::PolicyUpdate>(
        kWatch, [](Call&, const auto&, const auto&) { return absl::OkStatus(); });
    EXPECT_TRUE(handlers_.Seal({{kPolicy, {"gateway"}}}, nullptr, &Clock::Real()).ok());
    v1::HostConfig config;
    config.set_name("under-test");
    config.set_listen("127.0.0.1:0");
    const auto own = pki_.Service("under-test");
    config.mutable_tls()->set_certificate_file(own.certificate_file);
    config.mutable_tls()->set_key_file(own.key_file);
    config.mutable_tls()->set_peer_ca_file(pki_.service_ca_file());
    server_ = *Server::Start(config, &handlers_, metrics_.get());
    connection_ = std::make_unique<RawConnection>(server_->port(), pki_.Service("gateway"));
  }
  // This makes a call without sending a message.
  void Ask(int stream, const std::string& header, const std::string& value) {
    const std::string block = absl::StrCat(Field(":method", "POST"), Field(":scheme", "https"),
                                           Field(":path", kWatch), Field(":authority", "localhost"),
                                           Field("content-type", "application/grpc"), Field(header, value));
    connection_->Send(Frame(kHeaders, kEndStream | kEndHeaders, stream, block));
  }

  testing::TestPki pki_;
  Handlers handlers_{nullptr};
  std::unique_ptr<Metrics> metrics_ = *Metrics::Start("");
  std::unique_ptr<Server> server_;
  std::unique_ptr<RawConnection> connection_;
};

TEST_F(RawPeer, FindsNoHeaderOfItsOwnInTheLogThatGrpcCouldNotRead) {
  ::testing::internal::CaptureStderr();
  int stream = 1;
  for (const char* header :
       {"grpc-previous-rpc-attempts", "grpc-retry-pushback-ms", "grpc-timeout", "te", "x-else"}) {
    Ask(stream, header, "CANARY of a caller");
    EXPECT_TRUE(connection_->AwaitEndOf(stream)) << header;
    stream += 2;
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, Not(HasSubstr("CANARY")));
  EXPECT_THAT(log, HasSubstr("\"event\":\"grpc\"")) << "gRPC did not complain, so nothing was shown";
}

TEST_F(RawPeer, IsNotSentAwayForPinging) {
  for (int acks = 0; acks < 100;) {
    connection_->Send(Frame(kPing, 0, 0, "12345678"));
    RawConnection::Head head;
    while (head = connection_->Next(), head.type != kGoAway && (head.type != kPing || head.flags != kAck)) {
    }
    ASSERT_NE(head.type, kGoAway) << "after " << acks << " pings";
    ++acks;
  }
  Ask(1, "x-else", "x");
  EXPECT_TRUE(connection_->AwaitEndOf(1));
}

}  // namespace
}  // namespace accord::host
