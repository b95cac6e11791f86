#include "common/aggregates/office_counts.h"
#include "common/storage/testing/steps.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class SupportsCount : public SupportsFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  SupportsCount()
      : SupportsFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                 : "") {}

  std::map<std::string, std::string> Cells(const Caller& who) {
    std::map<std::string, std::string> cells;
    const auto counted = Must(Call<v1::CountSupportsResponse>(who, v1::CountSupportsRequest()));
    for (const auto& cell : counted.counts()) {
      cells[cell.label()] = cell.suppressed() ? "suppressed" : absl::StrCat(cell.count());
    }
    return cells;
  }
  // This makes a survivor who agreed to be counted, and was referred for this kind of help.
  v1::Consent Counted(v1::ReferralKind kind) {
    const v1::SupportCase item = Opened();
    EXPECT_EQ(Send(Given(item, ToRefer()), nullptr, kind), "");
    return Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
  }
  void SweepOn(const std::string& day) {
    On(day);
    Sweep();
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, SupportsCount, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(SupportsCount, IsOfThoseAloneWhoAgreedToBeCounted) {
  for (int i = 0; i < 6; ++i) Counted(v1::REFERRAL_KIND_CIVIL_REMEDY);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Send(Given(Opened(), ToRefer())), "");
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_),
              UnorderedElementsAre(Pair("program/vcao", "6"), Pair("referral/civil_remedy", "6")));
}

TEST_P(SupportsCount, HidesASmallCellWithWhatItFollowsFrom) {
  for (int i = 0; i < 6; ++i) Counted(v1::REFERRAL_KIND_CIVIL_REMEDY);
  for (int i = 0; i < 4; ++i) Counted(v1::REFERRAL_KIND_RESTITUTION);
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_),
              UnorderedElementsAre(Pair("program/vcao", "10"), Pair("referral/civil_remedy", "suppressed"),
                                   Pair("referral/restitution", "suppressed")));
}

TEST_P(SupportsCount, LeavesLargeCellsAloneAndTellsHiddenFromNone) {
  for (int i = 0; i < 9; ++i) Counted(v1::REFERRAL_KIND_SERVICE);
  for (int i = 0; i < 6; ++i) Counted(v1::REFERRAL_KIND_CIVIL_REMEDY);
  for (int i = 0; i < 2; ++i) Counted(v1::REFERRAL_KIND_RESTITUTION);
  SweepOn("2026-12-01");
  const auto cells = Cells(office_);
  EXPECT_EQ(cells.at("program/vcao"), "17");
  EXPECT_EQ(cells.at("referral/service"), "9");
  EXPECT_EQ(cells.at("referral/civil_remedy"), "suppressed") << "with it the two would follow from the sum";
  EXPECT_EQ(cells.at("referral/restitution"), "suppressed");
  EXPECT_FALSE(cells.contains("referral/legal_help")) << "of none there is no cell";
}

// Many referrals of one survivor make a small cell, since a person who knows of one of them knows whose all
// of them are.
TEST_P(SupportsCount, HidesACellOfFewSurvivorsHoweverManyTheirReferralsAre) {
  const v1::SupportCase item = Opened();
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(Send(Given(item, ToRefer()), nullptr, v1::REFERRAL_KIND_CIVIL_REMEDY), "");
  }
  Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
  for (int i = 0; i < 9; ++i) Counted(v1::REFERRAL_KIND_SERVICE);
  for (int i = 0; i < 6; ++i) Counted(v1::REFERRAL_KIND_RESTITUTION);
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_), UnorderedElementsAre(Pair("program/vcao", "16"), Pair("referral/service", "9"),
                                                   Pair("referral/restitution", "suppressed"),
                                                   Pair("referral/civil_remedy", "suppressed")));
}

TEST_P(SupportsCount, CountsEachReferralOfManySurvivors) {
  for (int i = 0; i < 5; ++i) {
    const v1::SupportCase item = Opened();
    for (int each = 0; each < 2; ++each) {
      EXPECT_EQ(Send(Given(item, ToRefer()), nullptr, v1::REFERRAL_KIND_SERVICE), "");
    }
    Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
  }
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_),
              UnorderedElementsAre(Pair("program/vcao", "5"), Pair("referral/service", "10")));
}

// Neither of the two consents includes the other.
TEST_P(SupportsCount, IsByTheConsentToBeCountedAndByNoOtherOne) {
  for (int i = 0; i < 6; ++i) {
    const v1::SupportCase item = Opened();
    v1::Consent link = NewConsent(v1::CONSENT_PURPOSE_LINK_PROSECUTION);
    link.set_recipient_agency("cr-york");
    Given(item, link);
    EXPECT_EQ(Send(Given(item, ToRefer())), "");
  }
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_), IsEmpty());
}

TEST_P(SupportsCount, LeavesOutWhoWithdrewOrWhoseConsentHasExpiredWhenItIsCounted) {
  std::vector<v1::Consent> consents;
  for (int i = 0; i < 7; ++i) consents.push_back(Counted(v1::REFERRAL_KIND_SERVICE));
  ASSERT_EQ(Withdraw(worker_, &consents[0]), "");
  SweepOn("2026-12-01");
  EXPECT_EQ(Cells(office_)["program/vcao"], "6");
  ASSERT_EQ(Withdraw(worker_, &consents[1]), "");
  EXPECT_EQ(Cells(office_)["program/vcao"], "6") << "no count moves with one person's step";
  SweepOn("2027-01-01");
  EXPECT_EQ(Cells(office_)["program/vcao"], "5");
  SweepOn("2027-12-01");
  EXPECT_THAT(Cells(office_), IsEmpty());
}

TEST_P(SupportsCount, CountsASurvivorOnceWhoAgreedTwice) {
  for (int i = 0; i < 5; ++i) {
    const v1::SupportCase item = Opened();
    Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
    Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
  }
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_), UnorderedElementsAre(Pair("program/vcao", "5")));
}

// Scenario E15 counts an outcome only for those who agreed to be counted.
TEST_P(SupportsCount, IsOfWhatBecameOfReferralsToo) {
  const auto completed = [&](bool counted) {
    const v1::SupportCase item = Opened();
    v1::SupportReferral sent = Sent(Given(item, ToRefer()));
    if (counted) Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
    for (const char* event : {"acknowledge", "accept"}) ASSERT_EQ(Answer(receiver_, &sent, event), "");
    v1::AdvanceSupportReferralRequest complete;
    complete.set_event("complete");
    complete.set_outcome(v1::SUPPORT_REFERRAL_OUTCOME_HELPED);
    ASSERT_EQ(Move(receiver_, &sent, complete), "");
  };
  for (int i = 0; i < 6; ++i) completed(true);
  for (int i = 0; i < 3; ++i) completed(false);
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_), UnorderedElementsAre(Pair("program/vcao", "6"), Pair("referral/service", "6"),
                                                   Pair("outcome/helped", "6")));
}

TEST_P(SupportsCount, IsForTheOfficeAndForTheProgramThatPays) {
  const Caller program = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
  EXPECT_THAT(Cells(program), IsEmpty());
  EXPECT_THAT(Call<v1::CountSupportsResponse>(worker_, v1::CountSupportsRequest()),
              RefusedBy(rules::kRoleNotPermitted));
}

TEST(SupportsMigrations, SayInFilesWhatKeepsCounts) {
  std::vector<storage::Migration> steps;
  KeepOfficeCounts(110, kSupportsCounts, &steps);
  storage::ExpectSteps(SupportsMigrations(), steps);
}

}  // namespace
}  // namespace accord::supports
