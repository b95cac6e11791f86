// This tests an import against a gateway: what is validated before anything is made, what is made once, and
// what the counts say.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::FailsWith;
using accord::testing::Must;
using accord::testing::RefusedBy;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kCreate[] = "/accord.protocols.v1.ReferralService/CreateReferral";
constexpr char kGet[] = "/accord.protocols.v1.ReferralService/GetReferral";
constexpr char kName[] = "agencies/ps-york/referrals/01a";

class MigrateCommand : public AgainstAGateway {
 protected:
  MigrateCommand() {
    protocols::v1::Referral referral;
    referral.set_name(kName);
    gateway_.Answer(kCreate, referral);
    gateway_.Answer(kGet, referral);
  }
  // This gives a file with one line for each of these source ids.
  std::string FileOf(const std::vector<std::string>& ids, const std::string& more = "") {
    std::string text;
    for (const std::string& id : ids) {
      text += R"({"kind": "referral", "source_system": "rms", "source_id": ")" + id +
              R"(", "record": {"to_agency": "cas-york"}})" + "\n";
    }
    const std::string file = path("open.jsonl");
    EXPECT_OK(WriteFile(file, text + more, FileKind::kPrivate));
    return file;
  }
};

TEST_F(MigrateCommand, BringsEachLineOnceAndCountsWhatIsThere) {
  const std::string file = FileOf({"1", "2"});
  const Said first = Run("migrate import " + file + " -o json");
  EXPECT_OK(first.status);
  EXPECT_EQ(gateway_.tried(kCreate), 2);
  EXPECT_EQ(gateway_.acted(kCreate), 2);
  const Json counts = Json::parse(first.out).at(0);
  EXPECT_EQ(counts.at("brought").get<int>(), 2);
  EXPECT_EQ(counts.at("found").get<int>(), 2);
  const Said again = Run("migrate import " + file + " -o json");
  EXPECT_OK(again.status);
  EXPECT_EQ(gateway_.acted(kCreate), 2) << "the journal knows them";
  EXPECT_EQ(Json::parse(again.out).at(0).at("known").get<int>(), 2);
  EXPECT_THAT(Must(ReadFile(file + ".journal")), AllOf(HasSubstr("\"rms\""), HasSubstr(kName)));
}

TEST_F(MigrateCommand, WithABrokenLineBringsNothing) {
  const Said said = Run("migrate import " + FileOf({"1"}, "{\"kind\": \"accused\"}\n"));
  EXPECT_THAT(said.status, RefusedBy(rules::kMigrationRefused));
  EXPECT_THAT(said.out, HasSubstr("open.jsonl:2: MIGRATION_LINE_MALFORMED: "));
  EXPECT_EQ(gateway_.tried(kCreate) + gateway_.acted(kCreate), 0);
}

TEST_F(MigrateCommand, ThatAServiceWouldRefuseBringsNothing) {
  gateway_.RefuseWith(kCreate, Refuse(rules::kAgencyUnknown, "There is no such agency."));
  const Said said = Run("migrate import " + FileOf({"1", "2"}));
  EXPECT_THAT(said.status, RefusedBy(rules::kMigrationRefused));
  EXPECT_THAT(said.out, AllOf(HasSubstr("open.jsonl:1: AGENCY_UNKNOWN: "), HasSubstr("open.jsonl:2: ")));
  EXPECT_EQ(gateway_.acted(kCreate), 0);
}

TEST_F(MigrateCommand, OfAnEmptyFileSaysThatItIsEmpty) {
  const std::string file = FileOf({});
  EXPECT_THAT(Run("migrate import " + file).status,
              FailsWith(absl::StatusCode::kInvalidArgument, "is empty"));
  EXPECT_THAT(Run("migrate reconcile " + file).status,
              FailsWith(absl::StatusCode::kInvalidArgument, "is empty"));
}

TEST_F(MigrateCommand, SaysTheFileThatCannotBeReadAndWhy) {
  for (const char* line : {"migrate import ", "migrate reconcile "}) {
    const Said said = Run(line + path("nowhere.jsonl"));
    EXPECT_THAT(said.status, RefusedBy(rules::kFileMissing)) << line;
    EXPECT_THAT(std::string(said.status.message()), HasSubstr("nowhere.jsonl: No such file or directory"));
  }
  const Said folder = Run("migrate import " + FileOf({"1"}) + " --journal /tmp");
  EXPECT_THAT(folder.status, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(folder.status.message()), HasSubstr("/tmp, the journal: Is a directory"));
}

TEST_F(MigrateCommand, InADryRunTriesAndBringsNothing) {
  const std::string file = FileOf({"1"});
  EXPECT_OK(Run("--dry-run migrate import " + file).status);
  EXPECT_EQ(gateway_.tried(kCreate), 1);
  EXPECT_EQ(gateway_.acted(kCreate), 0);
  EXPECT_FALSE(std::filesystem::exists(file + ".journal"));
}

TEST_F(MigrateCommand, ReconcilesAndNamesTheSourceOfWhatIsMissing) {
  const std::string file = FileOf({"17"});
  ASSERT_OK(Run("migrate import " + file).status);
  EXPECT_OK(Run("migrate reconcile " + file).status);
  gateway_.RefuseWith(kGet, NotFound());
  const Said missing = Run("migrate reconcile " + file);
  EXPECT_TRUE(absl::IsDataLoss(missing.status)) << missing.status;
  EXPECT_THAT(missing.out, HasSubstr(std::string(kName) + ": NOT_FOUND, out of rms 17"));
}

}  // namespace
}  // namespace accord::ctl
