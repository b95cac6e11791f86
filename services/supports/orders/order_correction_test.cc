// These tests show that wrong entries in an order are corrected, and that the old entries are kept.
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

class OrderCorrections : public OrdersFixture {
 protected:
  static v1::CorrectRestrainingOrderRequest Correction(const std::string& reason = "a slip of the pen") {
    v1::CorrectRestrainingOrderRequest request;
    *request.mutable_respondent() = NewOrder().respondent();
    request.set_reason(reason);
    return request;
  }
};

TEST_F(OrderCorrections, PutRightTheFileAndTheCourtByWhichPoliceFindIt) {
  v1::RestrainingOrder order = Served();
  v1::CorrectRestrainingOrderRequest correct = Correction("");
  correct.set_court_file_no("21-4712");
  correct.set_court("Barrie");
  EXPECT_EQ(Move(worker_, &order, correct), "FIELD_INVALID") << "it needs a reason";
  correct.set_reason("the number of another file");
  ASSERT_EQ(Move(worker_, &order, correct), "");
  EXPECT_EQ(Found(ByFile(kFileNo)), 0);
  EXPECT_EQ(Found(ByFile("21-4712")), 1);
  ASSERT_EQ(order.corrections_size(), 1);
  EXPECT_EQ(order.corrections(0).court(), "Newmarket");
  EXPECT_EQ(order.corrections(0).court_file_no(), kFileNo);
  EXPECT_EQ(order.corrections(0).reason(), "the number of another file");
  EXPECT_EQ(order.corrections(0).corrected_by(), "worker");
  // The old number is free again, and the new one is taken.
  v1::RestrainingOrder other = FiledOn("2026-11-24");
  v1::GrantRestrainingOrderRequest grant = GrantOf("2026-11-24", "2027-11-24");
  grant.set_court("Barrie");
  grant.set_court_file_no("21/4712");
  EXPECT_EQ(Move(worker_, &other, grant), "COURT_FILE_TAKEN");
  ASSERT_EQ(Move(worker_, &other, GrantOf("2026-11-24", "2027-11-24")), "");
  correct = Correction();
  correct.set_court("Barrie");
  correct.set_court_file_no("21 4712");
  EXPECT_EQ(Move(worker_, &other, correct), "COURT_FILE_TAKEN");
}

TEST_F(OrderCorrections, PutRightTheDaysOfAnOrderAlsoAfterItsLastDay) {
  v1::RestrainingOrder order = Made("2025-11-20", "2026-11-20");
  On("2025-11-22");
  ASSERT_EQ(Serve(worker_, &order, "2025-11-22"), "");
  On("2026-11-28");
  v1::CorrectRestrainingOrderRequest correct = Correction("");
  EXPECT_EQ(Move(worker_, &order, correct), "STATE_NOT_PERMITTED")
      << "its respondent is not corrected any more";
  correct = Correction();
  EXPECT_EQ(Move(worker_, &order, correct), "STATE_NOT_PERMITTED") << "a reason alone corrects nothing";
  correct.set_expires_on("2028-11-21");
  EXPECT_EQ(Move(worker_, &order, correct), "ORDER_TOO_LONG");
  correct.set_expires_on("2028-11-20");
  ASSERT_EQ(Move(worker_, &order, correct), "");
  EXPECT_EQ(order.state(), v1::RESTRAINING_ORDER_STATE_GRANTED);
  EXPECT_EQ(order.corrections(0).expires_on(), "2026-11-20");
  EXPECT_EQ(Found(ByName(kRespondent)), 1);
  correct = Correction();
  correct.set_made_on("2025-11-23");
  EXPECT_EQ(Move(worker_, &order, correct), "DATES_OUT_OF_ORDER") << "it was served before";
  correct.set_made_on("2025-11-19");
  EXPECT_EQ(Move(worker_, &order, correct), "DATES_OUT_OF_ORDER") << "it was filed later";
  correct.set_made_on("2025-11-21");
  EXPECT_EQ(Move(worker_, &order, correct), "");
}

TEST_F(OrderCorrections, StrikeAServiceThatWasRecordedByMistake) {
  v1::RestrainingOrder order = Served();
  EXPECT_EQ(Found(ByName(kRespondent)), 1);
  v1::CorrectRestrainingOrderRequest correct = Correction("it was served on his brother");
  correct.set_strike_serving(2);
  EXPECT_EQ(Move(worker_, &order, correct), "FIELD_INVALID");
  correct.set_strike_serving(1);
  ASSERT_EQ(Move(worker_, &order, correct), "");
  EXPECT_FALSE(order.enforceable());
  EXPECT_EQ(order.servings(0).struck_reason(), "it was served on his brother");
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
  EXPECT_EQ(Move(worker_, &order, correct), "ALREADY_RECORDED");
  ASSERT_EQ(Serve(worker_, &order, "2026-11-20"), "");
  EXPECT_TRUE(order.enforceable());
}

TEST_F(OrderCorrections, AddWhatAnApplicationLacksBeforeItIsFiled) {
  const v1::SupportCase item = OpenedOn("2026-11-24");
  v1::RestrainingOrder asked = NewOrder(v1::ORDER_APPLICANT_ON_BEHALF_WITH_CONSENT);
  asked.set_respondent_in_ontario(false);
  asked.set_applicant_is_child(true);
  v1::RestrainingOrder order;
  ASSERT_EQ(Prepare(item, asked, &order), "");
  v1::CorrectRestrainingOrderRequest correct = Correction("");
  correct.set_consent(ConsentsOf(item).at(0).name());
  EXPECT_EQ(Move(worker_, &order, correct), "CONSENT_NOT_LIVE") << "it is a consent to services";
  correct.set_consent(Given(item, NewConsent(v1::CONSENT_PURPOSE_ORDER_APPLICATION)).name());
  correct.set_respondent_in_ontario(true);
  correct.set_lawyer_considered(true);
  correct.set_court("Newmarket");
  EXPECT_EQ(Move(worker_, &order, correct), "FIELD_INVALID") << "no court has made it yet";
  correct.clear_court();
  ASSERT_EQ(Move(worker_, &order, correct), "");
  ASSERT_EQ(Advance(&order, "file", "2026-11-24"), "");
  EXPECT_EQ(Move(worker_, &order, correct), "FIELD_INVALID") << "it is filed";
}

}  // namespace
}  // namespace accord::supports
