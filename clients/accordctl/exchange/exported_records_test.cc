// This tests which lists a whole export reads, what its lines contain, and what proves them.
#include "clients/accordctl/exchange/exported_records.h"

#include <gmock/gmock.h>

#include <set>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "accord/audit/v1/resources.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/ids.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::Must;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

const ExportedList& ListOfKind(const std::string& kind) {
  for (const ExportedList& list : ExportedLists()) {
    if (list.kind == kind) return list;
  }
  ADD_FAILURE() << "there is no list of " << kind;
  return ExportedLists().front();
}

protocols::v1::Referral Stored(const std::string& owner, int version) {
  protocols::v1::Referral referral;
  referral.set_name(absl::StrCat("agencies/", owner, "/referrals/01a"));
  referral.set_etag(absl::StrCat("v", version));
  return referral;
}

std::string FileOf(const std::vector<protocols::v1::Referral>& referrals, int64_t counted) {
  std::string file = absl::StrCat(R"({"format": ")", kRecordsFormat, R"(", "agency": "cas-york"})", "\n");
  for (const auto& each : referrals) {
    absl::StrAppend(&file, DumpJson(ExportedRecordLine(ListOfKind("protocols.referral"), each)), "\n");
  }
  return absl::StrCat(file, R"({"records": )", counted, "}\n");
}

absl::StatusOr<RecordsChecked> Checked(const std::string& file, const std::set<std::string>& revisions) {
  std::istringstream in(file);
  return CheckExportedRecords(in, revisions);
}

TEST(ExportedLists, AreOfEveryKindThatHasAListOnce) {
  std::set<std::string> kinds;
  for (const ExportedList& list : ExportedLists()) EXPECT_TRUE(kinds.insert(list.kind).second) << list.kind;
  EXPECT_THAT(kinds,
              IsSupersetOf({"protocols.referral", "protocols.note", "prosecution.case", "intelligence.report",
                            "supports.support_case", "training.course", "registry.actor"}));
}

TEST(ExportedLists, ReadParentsFirstAndKnowWhatEverybodyReads) {
  std::set<std::string> before;
  for (const ExportedList& list : ExportedLists()) {
    if (list.kind == "training.offering") {
      EXPECT_TRUE(before.contains("training.course"));
      EXPECT_EQ(list.parent_pattern, "agencies/{agency}/courses/{course}");
    }
    before.insert(list.kind);
  }
  EXPECT_TRUE(ListOfKind("training.course").open);
  EXPECT_FALSE(before.contains("registry.agency")) << "it owns records, and is none";
  EXPECT_FALSE(ListOfKind("protocols.referral").open);
}

TEST(ExportedRecordLine, HasTheDigestByWhichTheLogKnowsTheVersion) {
  const Json line = ExportedRecordLine(ListOfKind("protocols.referral"), Stored("cas-york", 3));
  EXPECT_EQ(JsonTextAt(line, "kind"), "protocols.referral");
  EXPECT_EQ(JsonTextAt(line, "revision"),
            Hex(RevisionDigest("protocols", "agencies/cas-york/referrals/01a", 3)));
}

TEST(RecordsExport, IsProvenByTheVersionsThatTheLogTells) {
  const protocols::v1::Referral own = Stored("cas-york", 3), other = Stored("ps-york", 1);
  const std::string file = FileOf({own, other}, 2);
  const RecordsChecked unknown = Must(Checked(file, {}));
  EXPECT_THAT(unknown.unproven, ElementsAre(Field(&UnprovenRecord::name, own.name())));
  EXPECT_EQ(unknown.others, 1);
  const std::set<std::string> told = {Hex(RevisionDigest("protocols", own.name(), 3))};
  const RecordsChecked known = Must(Checked(file, told));
  EXPECT_EQ(known.own, 1);
  EXPECT_THAT(known.unproven, IsEmpty());
}

// This gives the verdict on a referral in its third version, of which the log has only the first.
bool ThirdIsPlatforms(const std::vector<ToldVersion>& history) {
  const protocols::v1::Referral third = Stored("cas-york", 3);
  const auto revision_of = [&](int version) {
    return Hex(RevisionDigest("protocols", third.name(), version));
  };
  return ExportedRecordMadeByPlatform({"protocols.referral", third.name(), revision_of(3)}, history,
                                      {revision_of(1)});
}

TEST(RecordsExport, HoldsAVersionOfThePlatformsOwnByWhatItsHistoryTells) {
  const ToldVersion first{1, "cas-york"}, second{2, "platform"}, third{3, "platform"};
  EXPECT_TRUE(ThirdIsPlatforms({first, second, third}));
  EXPECT_TRUE(ThirdIsPlatforms({second, third})) << "the log tells the first";
  EXPECT_FALSE(ThirdIsPlatforms({})) << "no history";
  EXPECT_FALSE(ThirdIsPlatforms({first, second})) << "the version is not told";
  EXPECT_FALSE(ThirdIsPlatforms({first, third})) << "one between is not told";
  EXPECT_FALSE(ThirdIsPlatforms({first, {2, "cas-york"}, third})) << "the log lacks a change of the agency";
  EXPECT_FALSE(ThirdIsPlatforms({first, second, {3, "cas-york"}}));
  EXPECT_FALSE(ThirdIsPlatforms({first, second, {4, "platform"}})) << "another version";
}

TEST(RecordsExport, HoldsARecordThatThePlatformMade) {
  const protocols::v1::Referral made = Stored("cas-york", 1);
  const UnprovenRecord record{"protocols.referral", made.name(),
                              Hex(RevisionDigest("protocols", made.name(), 1))};
  EXPECT_TRUE(ExportedRecordMadeByPlatform(record, {{1, "platform"}}, {}));
  EXPECT_FALSE(ExportedRecordMadeByPlatform(record, {{1, "cas-york"}}, {}));
  EXPECT_FALSE(ExportedRecordMadeByPlatform({"protocols.referral", made.name(), ""}, {{1, "platform"}}, {}))
      << "a line that tells no version";
}

TEST(RecordsExport, ThatWasCutOffOrAddedToIsBroken) {
  const std::string file = FileOf({Stored("cas-york", 3)}, 1);
  EXPECT_TRUE(absl::IsDataLoss(Checked(file.substr(0, file.rfind("{\"records\"")), {}).status()));
  EXPECT_TRUE(absl::IsDataLoss(Checked(FileOf({Stored("cas-york", 3)}, 2), {}).status()));
  EXPECT_TRUE(absl::IsDataLoss(Checked(file + "{}\n", {}).status()));
  EXPECT_TRUE(absl::IsDataLoss(Checked("{}\n", {}).status()));
  EXPECT_TRUE(absl::IsDataLoss(Checked("", {}).status()));
}

TEST(RecordsExport, ReadsTheChangesOutOfAnExportOfTheLog) {
  audit::v1::AuditRecord record;
  record.add_revisions(std::string(16, 'r'));
  std::istringstream entries(absl::StrCat("{\"format\": \"accord-audit-export/v1\"}\n", R"({"record": ")",
                                          Base64(record.SerializeAsString()), "\"}\n"));
  EXPECT_THAT(Must(ExportedRevisions(entries)), ElementsAre(Hex(std::string(16, 'r'))));
  std::istringstream broken("{}\n{\"record\": \"?\"}\n");
  EXPECT_TRUE(absl::IsDataLoss(ExportedRevisions(broken).status()));
}

}  // namespace
}  // namespace accord::ctl
