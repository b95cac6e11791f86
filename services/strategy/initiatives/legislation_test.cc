#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

constexpr char kOrders[] = "ss. 2-15";
constexpr char kTort[] = "s. 1 and Part III";

class Legislation : public StrategyFixture {
 protected:
  Legislation() { On("2018-05-02"); }

  static v1::CreateLegislativeInitiativeRequest NewBill() {
    v1::CreateLegislativeInitiativeRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* bill = request.mutable_legislative_initiative();
    bill->set_legislative_initiative_id("anti-human-trafficking-act");
    bill->set_title("Anti-Human Trafficking Act 2017");
    bill->set_lead_ministry("min-msw");
    bill->set_introduced_until("2017-02-23");
    bill->set_source_ref("seed row 11");
    for (const char* range : {kTort, kOrders}) bill->add_sections()->set_range(range);
    return request;
  }
  v1::LegislativeInitiative Introduced() { return Must(Call<v1::LegislativeInitiative>(staff_, NewBill())); }
  std::string Pass(v1::LegislativeInitiative* bill, const std::string& event, const std::string& on) {
    v1::AdvanceLegislativeInitiativeRequest request;
    request.set_event(event);
    request.set_on(on);
    return Move(staff_, bill, request);
  }
  std::string Repeal(v1::LegislativeInitiative* bill, const std::string& range, const std::string& on) {
    v1::RepealLegislativeInitiativeSectionRequest request;
    request.set_range(range);
    request.set_repealed_on(on);
    request.set_citation("a later Act");
    return Move(staff_, bill, request);
  }
};

TEST_F(Legislation, ABillWhoseDayOfIntroductionIsNotKnownSaysUntilWhen) {
  const v1::LegislativeInitiative bill = Introduced();
  EXPECT_EQ(bill.state(), v1::LEGISLATIVE_STATE_INTRODUCED);
  EXPECT_EQ(bill.introduced_on(), "");
  v1::CreateLegislativeInitiativeRequest neither = NewBill();
  neither.mutable_legislative_initiative()->clear_introduced_until();
  EXPECT_THAT(Call<v1::LegislativeInitiative>(staff_, neither), RefusedBy(rules::kFieldRequired));
  v1::CreateLegislativeInitiativeRequest later = NewBill();
  later.mutable_legislative_initiative()->set_introduced_on("2017-02-24");
  EXPECT_THAT(Call<v1::LegislativeInitiative>(staff_, later), RefusedBy(rules::kDatesOutOfOrder));
  v1::CreateLegislativeInitiativeRequest ahead = NewBill();
  ahead.mutable_legislative_initiative()->set_introduced_until("2018-05-03");
  EXPECT_THAT(Call<v1::LegislativeInitiative>(staff_, ahead), RefusedBy(rules::kEventInFuture));
  v1::CreateLegislativeInitiativeRequest twice = NewBill();
  twice.mutable_legislative_initiative()->add_sections()->set_range(kTort);
  EXPECT_THAT(Call<v1::LegislativeInitiative>(staff_, twice), RefusedBy(rules::kFieldInvalid));
}

TEST_F(Legislation, SectionsComeIntoForceEachOnItsDayAndNoneByRoyalAssent) {
  v1::LegislativeInitiative bill = Introduced();
  EXPECT_EQ(Commence(&bill, kTort, "2017-05-30"), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Pass(&bill, "pass", "2017-05-18"), "");
  EXPECT_EQ(Commence(&bill, kTort, "2017-05-30"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Assent(&bill, "2017-05-17"), "DATES_OUT_OF_ORDER");
  ASSERT_EQ(Assent(&bill, "2017-05-30"), "");
  EXPECT_EQ(bill.citation(), "S.O. 2017, c. 12");
  ASSERT_GT(bill.sections_size(), 0);
  for (const auto& section : bill.sections()) EXPECT_EQ(section.in_force_on(), "");
  EXPECT_EQ(Commence(&bill, kTort, "2017-05-29"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Commence(&bill, "s. 99", "2017-05-30"), "ACT_SECTION_UNKNOWN");
  ASSERT_EQ(Commence(&bill, kTort, "2017-05-30"), "");
  EXPECT_EQ(bill.state(), v1::LEGISLATIVE_STATE_PART_IN_FORCE);
  EXPECT_EQ(Commence(&bill, kTort, "2017-05-30"), "ALREADY_RECORDED");
  EXPECT_EQ(Commence(&bill, kOrders, "2018-05-03"), "EVENT_IN_FUTURE");
  EXPECT_EQ(bill.sections(1).in_force_on(), "");
  ASSERT_EQ(Commence(&bill, kOrders, "2018-05-01"), "");
  EXPECT_EQ(bill.state(), v1::LEGISLATIVE_STATE_IN_FORCE);
  EXPECT_EQ(bill.sections(0).in_force_on(), "2017-05-30");
  EXPECT_EQ(bill.sections(1).in_force_on(), "2018-05-01");
}

TEST_F(Legislation, NothingIsInForceWithoutADayAndACitation) {
  v1::LegislativeInitiative bill = Introduced();
  ASSERT_EQ(Pass(&bill, "pass", "2017-05-18"), "");
  v1::AssentLegislativeInitiativeRequest uncited;
  uncited.set_assented_on("2017-05-30");
  EXPECT_EQ(Move(staff_, &bill, uncited), "FIELD_INVALID");
  ASSERT_EQ(Assent(&bill, "2017-05-30"), "");
  v1::CommenceLegislativeInitiativeSectionRequest undated;
  undated.set_range(kOrders);
  undated.set_citation("proclamation");
  EXPECT_EQ(Move(staff_, &bill, undated), "FIELD_INVALID");
  EXPECT_EQ(bill.state(), v1::LEGISLATIVE_STATE_ASSENTED);
}

TEST_F(Legislation, WhatIsRepealedWasInForceBefore) {
  v1::LegislativeInitiative bill = Introduced();
  ASSERT_EQ(Pass(&bill, "pass", "2017-05-18"), "");
  ASSERT_EQ(Assent(&bill, "2017-05-30"), "");
  ASSERT_EQ(Commence(&bill, kTort, "2017-05-30"), "");
  EXPECT_EQ(Repeal(&bill, kOrders, "2018-01-01"), "SECTION_NOT_IN_FORCE");
  EXPECT_EQ(Repeal(&bill, kTort, "2017-05-30"), "DATES_OUT_OF_ORDER");
  ASSERT_EQ(Commence(&bill, kOrders, "2018-05-01"), "");
  ASSERT_EQ(Repeal(&bill, kTort, "2018-05-02"), "");
  EXPECT_EQ(bill.state(), v1::LEGISLATIVE_STATE_PART_IN_FORCE);
  EXPECT_EQ(Repeal(&bill, kTort, "2018-05-02"), "ALREADY_RECORDED");
  ASSERT_EQ(Repeal(&bill, kOrders, "2018-05-02"), "");
  EXPECT_EQ(bill.state(), v1::LEGISLATIVE_STATE_REPEALED);
}

TEST_F(Legislation, ABillThatLapsedIsOver) {
  v1::LegislativeInitiative bill = Introduced();
  ASSERT_EQ(Pass(&bill, "lapse", "2018-05-01"), "");
  EXPECT_EQ(Pass(&bill, "pass", "2018-05-02"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(bill.lapsed_on(), "2018-05-01");
  EXPECT_EQ(bill.passed_on(), "");
}

}  // namespace
}  // namespace accord::strategy
