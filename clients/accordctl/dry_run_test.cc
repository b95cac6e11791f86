// This tests --dry-run against a gateway: what is requested, what is printed, and where the option
// is refused.
#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

constexpr char kGet[] = "/accord.protocols.v1.ReferralService/GetReferral";
constexpr char kAcknowledge[] = "/accord.protocols.v1.ReferralService/AcknowledgeReferral";
constexpr char kReferral[] = "agencies/cas-york/referrals/01a";

// This answers every method with the same referral, and remembers which methods were called with which
// validate-only header.
class DryRunGateway : public grpc::CallbackGenericService {
 public:
  using Asked = std::vector<std::pair<std::string, std::string>>;

  DryRunGateway() {
    protocols::v1::Referral referral;
    referral.set_name(kReferral);
    referral.set_etag("etag-1");
    answer_ = referral.SerializeAsString();
  }
  // This gives each called path with the value of accord-validate-only, which is empty if it was not sent.
  Asked asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    const auto wish = context->client_metadata().find("accord-validate-only");
    const bool sent = wish != context->client_metadata().end();
    std::lock_guard lock(mutex_);
    asked_.emplace_back(context->method(), sent ? std::string(wish->second.data(), wish->second.size()) : "");
    return new Reactor(answer_);
  }

 private:
  class Reactor : public grpc::ServerGenericBidiReactor {
   public:
    explicit Reactor(const std::string& answer) {
      out_ = BufferOf(answer);
      StartRead(&in_);
    }
    void OnReadDone(bool) override { StartWrite(&out_); }
    void OnWriteDone(bool) override { Finish(grpc::Status::OK); }
    void OnDone() override { delete this; }

   private:
    grpc::ByteBuffer in_, out_;
  };

  std::mutex mutex_;
  std::string answer_;
  Asked asked_;
};

using DryRunOption = AgainstGateway<DryRunGateway>;

TEST_F(DryRunOption, AsksForTheDecisionPrintsTheAnswerAndSaysThatNothingWasChanged) {
  const Said ran =
      RunWords({"referral", "acknowledge", kReferral, "--etag", "etag-1", "--dry-run", "-o", "name"});
  EXPECT_TRUE(ran.status.ok()) << ran.status;
  EXPECT_THAT(ran.out, HasSubstr(kReferral));
  EXPECT_THAT(ran.err, HasSubstr("nothing was changed"));
  EXPECT_THAT(gateway_.asked(), ElementsAre(Pair(kAcknowledge, "true")));
}

TEST_F(DryRunOption, StandsBeforeTheCommandAsWellAndWithTheVerbFirst) {
  EXPECT_TRUE(RunWords({"--dry-run", "acknowledge", "referral", kReferral, "--etag", "etag-1"}).status.ok());
  EXPECT_THAT(gateway_.asked(), ElementsAre(Pair(kAcknowledge, "true")));
}

TEST_F(DryRunOption, LeftOutIsNotAskedFor) {
  const Said ran = RunWords({"referral", "acknowledge", kReferral, "--etag", "etag-1"});
  EXPECT_TRUE(ran.status.ok()) << ran.status;
  EXPECT_THAT(ran.err, Not(HasSubstr("nothing was changed")));
  EXPECT_THAT(gateway_.asked(), ElementsAre(Pair(kAcknowledge, "")));
}

TEST_F(DryRunOption, IsNotSaidOfTheReadsThatAChangeNeeds) {
  EXPECT_TRUE(RunWords({"referral", "acknowledge", kReferral, "--dry-run"}).status.ok());
  EXPECT_THAT(gateway_.asked(), ElementsAre(Pair(kGet, ""), Pair(kAcknowledge, "true")));
}

TEST_F(DryRunOption, IsRefusedWithTheReasonWhereItMeansNothing) {
  const Said read = RunWords({"referral", "get", kReferral, "--dry-run"});
  EXPECT_THAT(std::string(read.status.message()), HasSubstr("changes nothing: leave --dry-run out"));
  const Said issue =
      RunWords({"certificate", "issue", "--parent", "agencies/ps-york/systems/rms", "--dry-run"});
  EXPECT_THAT(std::string(issue.status.message()), HasSubstr("cannot be tried without its effect"));
  const Said steps = RunWords({"agency", "revoke", "cas-york", "--reason", "stolen", "--dry-run"});
  EXPECT_THAT(std::string(steps.status.message()), HasSubstr("takes several steps"));
  EXPECT_THAT(gateway_.asked(), IsEmpty());
}

TEST_F(DryRunOption, LeavesWhatWasEditedForTheRealCall) {
  const std::string editor = tls_gateway_.directory().path("editor");
  std::ofstream(editor) << "#!/bin/sh\necho 'etag: etag-1' >\"$1\"\n";
  std::filesystem::permissions(editor, std::filesystem::perms::owner_all);
  unsetenv("VISUAL");
  setenv("EDITOR", editor.c_str(), 1);
  setenv("TMPDIR", tls_gateway_.directory().path().c_str(), 1);
  const Said ran = RunWords({"referral", "acknowledge", kReferral, "--edit", "--dry-run"});
  unsetenv("EDITOR");
  unsetenv("TMPDIR");
  EXPECT_TRUE(ran.status.ok()) << ran.status;
  const std::size_t at = ran.err.find("stays in ");
  ASSERT_NE(at, std::string::npos) << ran.err;
  const std::size_t begin = at + std::string("stays in ").size();
  EXPECT_TRUE(std::filesystem::exists(ran.err.substr(begin, ran.err.find(':', begin) - begin))) << ran.err;
}

}  // namespace
}  // namespace accord::ctl
