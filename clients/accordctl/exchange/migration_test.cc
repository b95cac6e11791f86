// This tests lines from a former system, their faults, and the journal.
#include "clients/accordctl/exchange/migration.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::Must;
using accord::testing::RefusedBy;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string LineOf(const std::string& id, const std::string& kind = "referral",
                   const std::string& record = R"({"to_agency": "ps-york"})") {
  return absl::StrCat(R"({"kind": ")", kind, R"(", "source_system": "cms", "source_id": ")", id,
                      R"(", "record": )", record, "}\n");
}

// This gives `2 MIGRATION_SOURCE_TWICE` for each fault.
std::vector<std::string> FaultsOf(const std::string& text) {
  std::vector<std::string> faults;
  for (const MigrationFault& fault : ReadMigration(text).faults) {
    faults.push_back(absl::StrCat(fault.line, " ", RuleOf(fault.status)));
  }
  return faults;
}

TEST(Migration, ReadsEachLineWithItsSourceId) {
  const MigrationFile file = ReadMigration("\n" + LineOf("17") + LineOf("18", "partner", "{}"));
  EXPECT_THAT(file.faults, IsEmpty());
  ASSERT_THAT(file.lines, SizeIs(2));
  EXPECT_EQ(file.lines[0].number, 2);
  EXPECT_EQ(file.lines[0].key, SourceKey("referral", "cms", "17"));
  EXPECT_EQ(JsonTextAt(file.lines[0].record, "to_agency"), "ps-york");
  EXPECT_EQ(MigrationNoun(std::get<0>(file.lines[1].key)), "crisis-partner");
}

TEST(Migration, NamesTheLineAndTheRuleOfWhatIsWrong) {
  EXPECT_THAT(FaultsOf("no json\n[]\n"),
              ElementsAre("1 MIGRATION_LINE_MALFORMED", "2 MIGRATION_LINE_MALFORMED"));
  EXPECT_THAT(FaultsOf(LineOf("1", "accused")), ElementsAre("1 MIGRATION_LINE_MALFORMED"));
  EXPECT_THAT(FaultsOf(LineOf("")), ElementsAre("1 MIGRATION_LINE_MALFORMED"));
  EXPECT_THAT(FaultsOf(R"({"kind": "case", "source_system": "x", "source_id": "1"})"),
              ElementsAre("1 MIGRATION_LINE_MALFORMED"));
  EXPECT_THAT(
      FaultsOf(R"({"kind": "case", "source_system": "x", "source_id": "1", "record": {}, "more": 1})"),
      ElementsAre("1 MIGRATION_LINE_MALFORMED"));
  EXPECT_THAT(FaultsOf(LineOf("1") + LineOf("2", "referral", R"({"no_such_field": "x"})")),
              ElementsAre("2 FIELD_INVALID"));
  EXPECT_THAT(FaultsOf(LineOf("1") + LineOf("2") + LineOf("1")), ElementsAre("3 MIGRATION_SOURCE_TWICE"));
}

TEST(Migration, TheSameIdOfAnotherKindIsAnotherRecord) {
  EXPECT_THAT(FaultsOf(LineOf("1") + LineOf("1", "case", "{}")), IsEmpty());
}

TEST(MigrationJournal, KnowsWhatWasBroughtAndWhatChangedSince) {
  const MigrationFile before = ReadMigration(LineOf("1") + LineOf("2"));
  Journal journal;
  journal[before.lines[0].key] = {before.lines[0].digest, "agencies/cas-york/referrals/01a"};
  const Journal read = Must(ReadJournal(JournalText(journal)));
  EXPECT_EQ(read.at(before.lines[0].key).name, "agencies/cas-york/referrals/01a");
  EXPECT_TRUE(absl::IsAlreadyExists(CheckMigrationLine(before.lines[0], read)));
  EXPECT_OK(CheckMigrationLine(before.lines[1], read));
  const MigrationFile after = ReadMigration(LineOf("1", "referral", R"({"to_agency": "ps-durham"})"));
  EXPECT_THAT(CheckMigrationLine(after.lines[0], read), RefusedBy(rules::kMigrationLineChanged));
}

TEST(MigrationJournal, LeavesOutALastLineThatWasCutOffAndRefusesAnyOther) {
  const std::string whole = R"({"kind":"case","source_system":"x","source_id":"1","digest":"d","name":"n"})";
  EXPECT_THAT(Must(ReadJournal(whole + "\n" + whole.substr(0, 20))), SizeIs(1));
  EXPECT_THAT(ReadJournal(whole.substr(0, 20) + "\n" + whole + "\n"),
              RefusedBy(rules::kMigrationJournalMalformed));
}

TEST(Migration, ALineHasOneRequestIdOfEachAgency) {
  const MigrationFile file = ReadMigration(LineOf("1") + LineOf("2"));
  const std::string id = MigrationRequestId("cas-york", file.lines[0]);
  EXPECT_EQ(id, MigrationRequestId("cas-york", file.lines[0]));
  EXPECT_NE(id, MigrationRequestId("cas-durham", file.lines[0]));
  EXPECT_NE(id, MigrationRequestId("cas-york", file.lines[1]));
  EXPECT_LE(id.size(), 64u);
}

}  // namespace
}  // namespace accord::ctl
