#include "clients/accordctl/records/sent_files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/testing/pki.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCreate[] = "/accord.protocols.v1.ReferralService/CreateReferral";
constexpr char kMade[] = "agencies/ps-york/referrals/01m8a5dx";

class AFileSentTwice : public AgainstAGateway {
 protected:
  AFileSentTwice() {
    protocols::v1::Referral referral;
    referral.set_name(kMade);
    gateway_.Answer(kCreate, referral);
    Write("a story that nobody else reads");
  }
  void Write(const std::string& belief) {
    std::ofstream(file_) << "to_agency: cas-york\nreporter_belief: " << belief << "\n";
  }
  Said Send(const std::string& more = "") { return Run("referral create -f " + file_ + more); }
  // Sent files are remembered in the folder of the contexts file.
  std::string Folder() const { return std::filesystem::path(contexts_).parent_path(); }

  std::string contexts_ = tls_gateway_.contexts_file();
  std::string file_ = path("referral.yaml");
};

TEST_F(AFileSentTwice, MakesOneRecordAndNamesItTheSecondTime) {
  ASSERT_TRUE(Send().status.ok());
  const Said again = Send();
  EXPECT_TRUE(absl::IsAlreadyExists(again.status)) << again.status;
  EXPECT_THAT(std::string(again.status.message()),
              AllOf(HasSubstr(file_), HasSubstr(std::string("accordctl referral get ") + kMade),
                    HasSubstr("--again")));
  EXPECT_EQ(gateway_.acted(kCreate), 1);
}

TEST_F(AFileSentTwice, MakesAnotherRecordWhereThatIsMeant) {
  ASSERT_TRUE(Send().status.ok());
  EXPECT_TRUE(Send(" --again").status.ok());
  EXPECT_TRUE(Send(" --request-id 0123456789abcdef").status.ok()) << "it runs once whatever happens";
  EXPECT_TRUE(Send(" --set urgency=h12").status.ok()) << "another record";
  EXPECT_TRUE(Send(" --actor supervisor").status.ok()) << "another person";
  Write("another story");
  EXPECT_TRUE(Send().status.ok());
  EXPECT_EQ(gateway_.acted(kCreate), 6);
}

TEST_F(AFileSentTwice, IsNotCountedWhereNothingWasMade) {
  EXPECT_TRUE(Send(" --dry-run").status.ok());
  gateway_.RefuseWith(kCreate, absl::FailedPreconditionError("not now"));
  EXPECT_FALSE(Send().status.ok());
  gateway_.RefuseWith(kCreate, absl::OkStatus());
  EXPECT_TRUE(Send().status.ok());
}

TEST_F(AFileSentTwice, IsKnownByItsDigestAndNothingOfItIsKept) {
  ASSERT_TRUE(Send().status.ok());
  const std::string state = testing::Slurp(Folder() + "/sent-files.json");
  EXPECT_THAT(state, AllOf(HasSubstr(kMade), Not(HasSubstr("story")), Not(HasSubstr("cas-york"))));
  EXPECT_EQ(std::filesystem::status(Folder() + "/sent-files.json").permissions(),
            std::filesystem::perms(0600));
}

TEST_F(AFileSentTwice, HasADigestThatNoOtherFileOfDigestsHas) {
  const std::string file = Folder() + "/sent-files.json";
  const auto sent = [&] {
    std::filesystem::remove(file);
    EXPECT_TRUE(Send().status.ok());
    return ParseJson(testing::Slurp(file)).value_or(nullptr);
  };
  const Json first = sent(), second = sent();
  EXPECT_EQ(first["salt"].get<std::string>().size(), 64);
  EXPECT_NE(first["salt"], second["salt"]);
  EXPECT_NE(first["files"][0]["digest"], second["files"][0]["digest"]);
  EXPECT_TRUE(absl::IsAlreadyExists(Send().status)) << "the salt stays with its digests";
}

TEST_F(AFileSentTwice, WaitsForTheCommandThatWritesMeanwhileAndLosesNothingOfIt) {
  CommandSession session;
  session.contexts_file = contexts_;
  const Command& command = *FindCommand("create", "referral");
  RequestLine line;
  line.file = file_;
  const absl::Time now = absl::Now();
  const int held = open((Folder() + "/sent-files.json.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(flock(held, LOCK_EX), 0);
  std::vector<std::thread> writers;
  std::atomic<int> done = 0;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] {
      CommandSession own;
      own.contexts_file = contexts_;
      RememberSentFile(&own, command, line, {{"parent", absl::StrCat("agencies/a", i)}}, kMade, now);
      ++done;
    });
  }
  absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(done, 0) << "the lock is held";
  close(held);
  for (std::thread& each : writers) each.join();
  for (int i = 0; i < 8; ++i) {
    const Json request = {{"parent", absl::StrCat("agencies/a", i)}};
    EXPECT_FALSE(CheckNotSent(&session, command, line, request, now).ok()) << i;
  }
  EXPECT_EQ(std::filesystem::status(Folder() + "/sent-files.json").permissions(),
            std::filesystem::perms(0600));
}

TEST_F(AFileSentTwice, IsForgottenAfterADay) {
  CommandSession session;
  session.contexts_file = contexts_;
  const Command& command = *FindCommand("create", "referral");
  RequestLine line;
  line.file = file_;
  const Json request = {{"parent", "agencies/ps-york"}};
  const absl::Time now = absl::Now();
  RememberSentFile(&session, command, line, request, kMade, now - kSentFor + absl::Minutes(1));
  EXPECT_FALSE(CheckNotSent(&session, command, line, request, now).ok());
  EXPECT_TRUE(CheckNotSent(&session, command, line, request, now + absl::Minutes(2)).ok());
}

TEST(ACommandThatMakesARecord, TakesItOutOfAFileAndChangesNone) {
  EXPECT_TRUE(MakesRecord(*FindCommand("create", "referral")));
  EXPECT_FALSE(MakesRecord(*FindCommand("update", "agency")));
  EXPECT_FALSE(MakesRecord(*FindCommand("acknowledge", "referral")));
  EXPECT_FALSE(MakesRecord(*FindCommand("list", "referrals")));
}

}  // namespace
}  // namespace accord::ctl
