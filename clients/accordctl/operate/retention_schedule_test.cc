// This tests how the retention schedule and certificates of disposal are printed.
#include "clients/accordctl/operate/retention_schedule.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> KindsOn(const host::v1::RetentionSchedule& schedule, const std::string& day) {
  std::vector<std::string> kinds;
  for (const auto& row : RetentionRowsOn(schedule, day)) kinds.push_back(row.kind());
  return kinds;
}

TEST(RetentionSchedule, HasOneRowForEachKindOfRecordForTheLogAndForBackups) {
  for (const char* day : {"2026-11-27", "2031-01-01"}) {
    const std::vector<std::string> kinds = KindsOn(OwnRetentionSchedule(), day);
    std::vector<std::string> wanted = {"platform.backup", "platform.event", "platform.moved_log_entry"};
    for (const ResourceType& resource : Resources()) {
      const std::vector<std::string> package = absl::StrSplit(resource.message->file()->package(), '.');
      wanted.push_back(absl::StrCat(package.at(1), ".", resource.option.singular()));
    }
    for (const std::string& kind : wanted) {
      EXPECT_EQ(std::count(kinds.begin(), kinds.end(), kind), 1) << kind << " on " << day;
    }
  }
}

TEST(RetentionSchedule, ARowHoldsFromItsFirstDayToTheDayBeforeItsEnd) {
  host::v1::RetentionSchedule schedule;
  for (const auto& [kind, from, to] :
       {std::tuple("a", "", "2026-06-01"), std::tuple("b", "2026-06-01", "")}) {
    auto* row = schedule.add_rows();
    row->set_kind(kind);
    row->set_effective_from(from);
    row->set_effective_to(to);
  }
  EXPECT_THAT(KindsOn(schedule, "2026-05-31"), ElementsAre("a"));
  EXPECT_THAT(KindsOn(schedule, "2026-06-01"), ElementsAre("b"));
}

host::v1::RetentionRow PurgedRow() {
  host::v1::RetentionRow row;
  row.set_kind("protocols.referral");
  row.set_authority("An Act");
  row.set_authority_fr("Une loi");
  row.set_mark(annotations::v1::LAW_MARK_MEMORY);
  row.set_end(host::v1::RETENTION_END_PURGED);
  row.set_months(1);
  return row;
}

TEST(RetentionTable, SaysTheTimeTheAuthorityAndHowFarItMayBeTrusted) {
  host::v1::RetentionRow unknown;
  unknown.set_kind("registry.system");
  unknown.set_end(host::v1::RETENTION_END_KEPT);
  EXPECT_THAT(RetentionTable({PurgedRow(), unknown}),
              AllOf(HasSubstr("purged after 1 month "), HasSubstr("An Act (from memory)"),
                    HasSubstr("until a row says otherwise  not established"), Not(HasSubstr("Une loi"))));
}

TEST(RetentionTable, IsInFrenchForWhoReadsFrench) {
  const Speaking speaking(Language::kFrench);
  const std::string table = RetentionTable({PurgedRow()});
  EXPECT_THAT(table, AllOf(HasSubstr("épuré après 1 mois"), HasSubstr("Une loi (de mémoire)")));
  EXPECT_THAT(table, Not(HasSubstr("An Act")));
}

TEST(RetentionJson, HasNullForWhatIsNotEstablished) {
  host::v1::RetentionRow row = PurgedRow();
  row.clear_authority();
  row.clear_authority_fr();
  row.clear_mark();
  const Json json = RetentionJson(OwnRetentionSchedule(), "2026-11-27", {row});
  const Json& only = json.at("rows").at(0);
  for (const char* field : {"authority", "authority_fr", "mark", "source", "days"}) {
    EXPECT_TRUE(only.at(field).is_null()) << field;
  }
  EXPECT_EQ(only.at("months").get<int>(), 1);
  EXPECT_EQ(only.at("end").get<std::string>(), "purged");
  EXPECT_EQ(json.at("day").get<std::string>(), "2026-11-27");
}

protocols::v1::Tombstone PurgedReferral() {
  protocols::v1::Tombstone tombstone;
  tombstone.set_resource("agencies/cas-york/referrals/r1");
  *tombstone.mutable_time() = ToProto(absl::FromUnixSeconds(1'800'000'000));
  tombstone.set_reason("RETENTION_ENDED");
  tombstone.set_purged(true);
  tombstone.set_digest("00ff");
  return tombstone;
}

TEST(DisposalCertificate, SaysWhatEndedWhenByWhichRuleAndWhatStays) {
  EXPECT_THAT(DisposalCertificate(PurgedReferral(), "cas-york"),
              AllOf(HasSubstr("Record: agencies/cas-york/referrals/r1\n"), HasSubstr("2027-01-15 03:00 EST"),
                    HasSubstr("Issued to: cas-york\n"), HasSubstr("purged by the rule RETENTION_ENDED"),
                    HasSubstr("00ff"), HasSubstr("Backups made before")));
}

TEST(DisposalCertificate, TellsAPurgeFromAnEndByLaw) {
  protocols::v1::Tombstone tombstone = PurgedReferral();
  tombstone.set_purged(false);
  tombstone.set_reason("YCJA_ACCESS_ENDED");
  EXPECT_THAT(DisposalCertificate(tombstone, "cas-york"),
              AllOf(HasSubstr("sealed away by the rule YCJA_ACCESS_ENDED"), Not(HasSubstr("purged by"))));
}

TEST_F(CommandLine, TheScheduleIsPrintedWithoutAGateway) {
  EXPECT_THAT(Ran("retention schedule --on 2026-11-27"),
              AllOf(HasSubstr("platform.backup"), HasSubstr("audit.entry"),
                    HasSubstr("purged after 400 days"), HasSubstr("The rows of 2026-11-27")));
  EXPECT_THAT(Ran("retention schedule -o json"), HasSubstr("\"authority\": null"));
}

TEST_F(CommandLine, TheScheduleOfADayThatDoesNotExistIsRefused) {
  ASSERT_EQ(Said("retention schedule --on 2026-02-30"), "");
  EXPECT_THAT(std::string(session_.action().message()), HasSubstr("--on is a day that exists"));
}

}  // namespace
}  // namespace accord::ctl
