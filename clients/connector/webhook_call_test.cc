// These tests make one attempt at a webhook, against a receiver on loopback, and check what of a
// configuration is refused.
#include "clients/connector/webhook_call.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>

#include <condition_variable>

#include "clients/connector/testing/receiver.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/testing/eventually.h"
#include "common/testing/temp_dir.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::ReceivedHook;
using testing::Receiver;
using ::testing::SizeIs;

const absl::Time kAt = absl::FromUnixSeconds(1'800'000'000);

// The signature is computed without anything of the connector.
std::string SignedBy(const std::string& secret, const std::string& text) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
  unsigned char base64[2 * EVP_MAX_MD_SIZE];
  const int length = EVP_EncodeBlock(base64, mac, static_cast<int>(size));
  return std::string(reinterpret_cast<const char*>(base64), static_cast<std::size_t>(length));
}

class WebhookTest : public ::testing::Test {
 protected:
  WebhookTest() {
    WriteSecret("whsec_" + Base64(secret_));
    config_.set_name("records");
    config_.add_secret_files(folder_.path("secret"));
  }

  void WriteSecret(const std::string& text) {
    ASSERT_TRUE(WriteFile(folder_.path("secret"), text + "\n", FileKind::kPrivate).ok());
  }
  Webhook To(const std::string& url) {
    config_.set_url(url);
    auto loaded = LoadWebhook(config_);
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return loaded.ok() ? *loaded : Webhook();
  }
  static std::string Problem(const Webhook& webhook) {
    return std::string(WebhookCall(webhook).Post("an-id", kAt, "{}").message());
  }
  std::string Refusal(const std::string& url) {
    config_.set_url(url);
    const absl::Status status = LoadWebhook(config_).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << url;
    return std::string(status.message());
  }

  accord::testing::TempDir folder_;
  const std::string secret_ = std::string(32, 's');
  WebhookConfig config_;
};

TEST(WebhookSignature, IsThatOfTheExampleOfStandardWebhooks) {
  const std::string secret = Unbase64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").value_or("");
  EXPECT_EQ(WebhookSignatures({secret}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_F(WebhookTest, SignsWhatItDelivers) {
  Receiver receiver;
  const Webhook webhook = To(receiver.url());
  const absl::Status posted = WebhookCall(webhook).Post("an-id", kAt, "{\"a\":1}");
  ASSERT_TRUE(posted.ok()) << posted;
  ASSERT_THAT(receiver.got(), SizeIs(1));
  const ReceivedHook got = receiver.got()[0];
  EXPECT_EQ(got.id, "an-id");
  EXPECT_EQ(got.timestamp, "1800000000");
  EXPECT_EQ(got.body, "{\"a\":1}");
  EXPECT_EQ(got.signature, "v1," + SignedBy(secret_, "an-id.1800000000.{\"a\":1}"));
}

TEST_F(WebhookTest, SignsByTheOldSecretAndTheNewOne) {
  const std::string next(24, 'n');
  ASSERT_TRUE(WriteFile(folder_.path("next"), "whsec_" + Base64(next), FileKind::kPrivate).ok());
  config_.add_secret_files(folder_.path("next"));
  Receiver receiver;
  const Webhook webhook = To(receiver.url());
  ASSERT_EQ(Problem(webhook), "");
  const std::string text = "an-id.1800000000.{}";
  EXPECT_EQ(receiver.got().at(0).signature, "v1," + SignedBy(secret_, text) + " v1," + SignedBy(next, text));
}

TEST_F(WebhookTest, TakesNoAnswerButSuccessForDelivery) {
  Receiver receiver;
  const Webhook webhook = To(receiver.url());
  for (const int status : {400, 410, 500, 503}) {
    receiver.Plan([status](const std::string&) { return status; });
    EXPECT_EQ(Problem(webhook), absl::StrCat("answered ", status));
  }
  for (const int status : {200, 202, 204}) {
    receiver.Plan([status](const std::string&) { return status; });
    EXPECT_EQ(Problem(webhook), "");
  }
}

TEST_F(WebhookTest, FollowsNoRedirect) {
  Receiver receiver;
  receiver.Plan([](const std::string&) { return 307; });
  const Webhook webhook = To(receiver.url());
  EXPECT_EQ(Problem(webhook), "answered 307, and no redirect is followed");
  EXPECT_EQ(receiver.elsewhere(), 0);
}

TEST_F(WebhookTest, ChecksTheCertificate) {
  accord::testing::TestPki pki;
  config_.set_ca_file(pki.agency_ca_file());
  Receiver good(pki.GatewayServer());
  const Webhook webhook = To(good.url());
  EXPECT_EQ(Problem(webhook), "");
  EXPECT_THAT(good.got(), SizeIs(1));
  config_.set_ca_file(pki.service_ca_file());
  const Webhook of_others = To(good.url());
  EXPECT_EQ(Problem(of_others), "its certificate is not valid for it");
  EXPECT_THAT(good.got(), SizeIs(1));
  config_.set_ca_file(pki.agency_ca_file());
  accord::testing::CertificateShape past;
  past.not_before = -7200;
  past.not_after = -3600;
  Receiver ended(pki.FromAgencyCa("ended", past));
  const Webhook to_ended = To(ended.url());
  EXPECT_EQ(Problem(to_ended), "its certificate is not valid for it");
  EXPECT_THAT(ended.got(), IsEmpty());
}

TEST_F(WebhookTest, ChecksThatTheCertificateIsForItsHost) {
  accord::testing::TestPki pki;
  config_.set_ca_file(pki.agency_ca_file());
  accord::testing::CertificateShape shape;
  shape.dns = {"elsewhere.example"};
  Receiver other(pki.FromAgencyCa("elsewhere", shape));
  const Webhook webhook = To(other.url());
  EXPECT_EQ(Problem(webhook), "its certificate is not valid for it");
  EXPECT_THAT(other.got(), IsEmpty());
}

// This holds answers up until the test is over.
class Gate {
 public:
  void Pass() {
    std::unique_lock<std::mutex> lock(mutex_);
    opened_.wait(lock, [this] { return open_; });
  }
  void Open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

TEST_F(WebhookTest, EndsAtItsDeadlineWhateverTheReceiverDoes) {
  Gate gate;
  Receiver receiver;
  receiver.Plan([&gate](const std::string&) {
    gate.Pass();
    return 200;
  });
  Webhook webhook = To(receiver.url());
  webhook.timeout = absl::Milliseconds(100);
  EXPECT_EQ(Problem(webhook), "it gave no answer in time");
  EXPECT_THAT(receiver.got(), SizeIs(1));
  gate.Open();
}

TEST_F(WebhookTest, EndsWhenItIsCut) {
  Gate gate;
  Receiver receiver;
  receiver.Plan([&gate](const std::string&) {
    gate.Pass();
    return 200;
  });
  Webhook webhook = To(receiver.url());
  webhook.timeout = absl::Hours(1);
  WebhookCall call(webhook);
  absl::Status posted;
  std::thread poster([&] { posted = call.Post("an-id", kAt, "{}"); });
  EXPECT_TRUE(Eventually([&] { return receiver.got().size() == 1; }));
  call.Cut();
  poster.join();
  EXPECT_TRUE(absl::IsUnavailable(posted)) << posted;
  gate.Open();
}

TEST_F(WebhookTest, SaysThatNobodyIsThere) {
  std::string url;
  {
    Receiver gone;
    url = gone.url();
  }
  const Webhook webhook = To(url);
  EXPECT_EQ(Problem(webhook), "it cannot be reached");
}

TEST_F(WebhookTest, ReadsItsAddress) {
  const Webhook whole = To("https://records.example:8443/a/b?c=d");
  EXPECT_TRUE(whole.tls);
  EXPECT_EQ(whole.host, "records.example");
  EXPECT_EQ(whole.port, 8443);
  EXPECT_EQ(whole.path, "/a/b?c=d");
  EXPECT_EQ(To("https://records.example").port, 443);
  EXPECT_EQ(To("https://records.example").path, "/");
  EXPECT_EQ(To("http://[::1]:9000/").host, "::1");
  EXPECT_EQ(To("http://127.0.0.1?q").path, "/?q");
  for (const char* far : {"http://records.example/", "http://127.0.0.1.example/", "http://10.0.0.1/",
                          "http://localhost/", "http://0.0.0.0/"}) {
    EXPECT_THAT(Refusal(far), HasSubstr("for 127.0.0.1 and [::1] alone"));
  }
  for (const char* bad : {"", "ftp://records.example/", "https://", "https://:443/", "https://a:0/",
                          "https://a:65536/", "https://a:b/", "https://[::1/", "https://u@a/", "https://a/#b",
                          "https://a/ b", "http://127.0.0.1@records.example/"}) {
    EXPECT_THAT(Refusal(bad), HasSubstr("`url`")) << bad;
  }
}

TEST_F(WebhookTest, TakesNoSecretThatIsOpenOrShortAndNoNumberPastItsBounds) {
  const std::string url = "https://records.example/";
  ASSERT_EQ(chmod(folder_.path("secret").c_str(), 0640), 0);
  EXPECT_THAT(Refusal(url), HasSubstr("open to other users"));
  WriteSecret(Base64(secret_));
  EXPECT_THAT(Refusal(url), HasSubstr("whsec_"));
  WriteSecret("whsec_" + Base64(std::string(23, 's')));
  EXPECT_THAT(Refusal(url), HasSubstr("24 to 64 bytes"));
  WriteSecret("whsec_" + Base64(std::string(65, 's')));
  EXPECT_THAT(Refusal(url), HasSubstr("24 to 64 bytes"));
  WriteSecret("whsec_" + Base64(secret_));
  config_.set_dead_after_seconds(int64_t{11} * 365 * 24 * 3600);
  EXPECT_THAT(Refusal(url), HasSubstr("dead_after_seconds"));
  config_.clear_dead_after_seconds();
  config_.set_senders(65);
  EXPECT_THAT(Refusal(url), HasSubstr("64 senders"));
  config_.clear_senders();
  config_.clear_secret_files();
  EXPECT_THAT(Refusal(url), HasSubstr("`secret_files` is missing"));
}

}  // namespace
}  // namespace accord::connector
