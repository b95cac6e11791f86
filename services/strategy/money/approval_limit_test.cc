#include <string>

#include "common/testing/postgres.h"
#include "services/strategy/testing/award_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::SizeIs;

// Every test runs on each kind of database.
class ApprovalLimits : public AwardFixture, public ::testing::WithParamInterface<bool> {
 protected:
  ApprovalLimits() : AwardFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  // This is another director, who decides how much the first one may approve.
  const Caller deputy_ = Funded("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                                annotations::v1::ROLE_OFFICE_DIRECTOR, "deputy");
  const Caller payer_ = Funded("min-mag", annotations::v1::AGENCY_KIND_MINISTRY,
                               annotations::v1::ROLE_FINANCE_OFFICER, "finance");
  const Caller recipient_ = Funded("vs-york", annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                                   annotations::v1::ROLE_VS_MANAGER, "manager");

  static v1::CreateApprovalLimitRequest NewLimit(const Caller& who, int64_t cents) {
    v1::CreateApprovalLimitRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_approval_limit()->set_agency(who.agency);
    request.mutable_approval_limit()->set_person(who.actor);
    request.mutable_approval_limit()->set_amount_cents(cents);
    request.mutable_approval_limit()->set_source_ref("a delegation of authority");
    return request;
  }
  v1::ApprovalLimit Limited(const Caller& who, int64_t cents) {
    return Must(Call<v1::ApprovalLimit>(deputy_, NewLimit(who, cents)));
  }
  std::string Change(v1::ApprovalLimit* limit, int64_t cents) {
    v1::ReviseApprovalLimitRequest request;
    request.set_amount_cents(cents);
    request.set_source_ref("another delegation");
    return Move(deputy_, limit, request);
  }
  // This makes a payment of fifty thousand cents that vs-york requests.
  v1::Payment Asked() {
    v1::Allocation allocation;
    EXPECT_EQ(Plan(Announced("vcao-ht"), 100000, &allocation, "2026-27"), "");
    EXPECT_EQ(Commit(&allocation), "");
    v1::CreatePaymentRequest request;
    auto* payment = request.mutable_payment();
    payment->set_allocation(allocation.name());
    payment->set_instalment_no(1);
    payment->set_amount_cents(50000);
    payment->add_evidence("invoice 7");
    payment->set_source_ref("the agreement");
    return Must(Call<v1::Payment>(recipient_, request));
  }
  std::string ApprovePayment(v1::Payment* payment, const Caller& caller) {
    return Move(caller, payment, v1::ApprovePaymentRequest());
  }
  std::string Pay(v1::Payment* payment) {
    v1::PayPaymentRequest request;
    request.set_invoice_ref("i7");
    request.set_paid_on("2026-11-24");
    return Move(payer_, payment, request);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, ApprovalLimits, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(ApprovalLimits, AreAskedAtTheApprovalAndOnceMoreAtThePayment) {
  v1::Payment payment = Asked();
  Limited(writer_, 49999);
  EXPECT_EQ(ApprovePayment(&payment, writer_), "APPROVAL_LIMIT_EXCEEDED");
  EXPECT_EQ(payment.state(), v1::PAYMENT_STATE_REQUESTED);
  v1::ApprovalLimit limit = Limited(colleague_, 50000);
  ASSERT_EQ(ApprovePayment(&payment, colleague_), "") << "to the last cent of the limit";
  ASSERT_EQ(Change(&limit, 49999), "");
  EXPECT_EQ(Pay(&payment), "APPROVAL_LIMIT_EXCEEDED") << "the limit of today counts for what was approved";
  ASSERT_EQ(Change(&limit, 50000), "");
  EXPECT_EQ(Pay(&payment), "");
}

TEST_P(ApprovalLimits, BindWhoPaysToo) {
  v1::Payment payment = Asked();
  ASSERT_EQ(ApprovePayment(&payment, writer_), "") << "nobody has stated a limit";
  v1::ApprovalLimit limit = Limited(payer_, 49999);
  EXPECT_EQ(Pay(&payment), "APPROVAL_LIMIT_EXCEEDED");
  ASSERT_EQ(Change(&limit, 50000), "");
  EXPECT_EQ(Pay(&payment), "");
}

TEST_P(ApprovalLimits, BindTheDirectorWhoCommitsAndAwards) {
  const v1::Envelope envelope = Announced("cbsf");
  Limited(head_, 299999);
  v1::Allocation beyond, within;
  ASSERT_EQ(Plan(envelope, 300000, &beyond, "2026-27"), "");
  EXPECT_EQ(Commit(&beyond), "APPROVAL_LIMIT_EXCEEDED");
  ASSERT_EQ(Plan(envelope, 299999, &within, "2026-27"), "");
  EXPECT_EQ(Commit(&within), "");
  Round round = Decided(1, envelope.name());
  EXPECT_EQ(Approve(&round.applications[0]), "APPROVAL_LIMIT_EXCEEDED");
  EXPECT_EQ(CommittedOf(envelope), 299999) << "nothing is set aside for it";
}

TEST_P(ApprovalLimits, AreSaidByAnotherAndOnceOfEachPerson) {
  EXPECT_EQ(RuleOfRequest(head_, NewLimit(head_, 100)), "OWN_RECORD");
  v1::ApprovalLimit limit = Limited(head_, 100);
  EXPECT_EQ(RuleOfRequest(deputy_, NewLimit(head_, 200)), "ALREADY_RECORDED");
  v1::ReviseApprovalLimitRequest raise;
  raise.set_amount_cents(1000000);
  raise.set_source_ref("a delegation of authority");
  EXPECT_EQ(Move(head_, &limit, raise), "OWN_RECORD");
  EXPECT_EQ(RuleOfRequest(deputy_, NewLimit(writer_, -1)), "AMOUNT_INVALID");
  EXPECT_EQ(RuleOfRequest(writer_, NewLimit(colleague_, 100)), "ROLE_NOT_PERMITTED");
  v1::CreateApprovalLimitRequest elsewhere = NewLimit(writer_, 100);
  elsewhere.set_parent("agencies/co-another");
  EXPECT_EQ(RuleOfRequest(Funded("co-another", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                                 annotations::v1::ROLE_OFFICE_DIRECTOR, "director"),
                          elsewhere),
            "NOT_THE_OFFICE");
}

TEST_P(ApprovalLimits, AreReadByTheOfficeAlone) {
  const v1::ApprovalLimit limit = Limited(payer_, 100);
  v1::GetApprovalLimitRequest get;
  get.set_name(limit.name());
  EXPECT_EQ(Must(Call<v1::ApprovalLimit>(writer_, get)).amount_cents(), 100);
  EXPECT_THAT(
      Must(Call<v1::ListApprovalLimitsResponse>(head_, v1::ListApprovalLimitsRequest())).approval_limits(),
      SizeIs(1));
  EXPECT_EQ(RuleOfRequest(ForFunding(mag_), get), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(RuleOfRequest(recipient_, get), "AGENCY_KIND_NOT_PERMITTED");
}

}  // namespace
}  // namespace accord::strategy
