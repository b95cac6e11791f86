#include <string>
#include <thread>
#include <utility>

#include "common/testing/postgres.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class FundingCalls : public FundingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  FundingCalls() : FundingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  std::string RuleOfCall(const v1::CreateFundingCallRequest& request) {
    return RuleOfRequest(writer_, request);
  }
  // This makes a call of a fund that is delivered with an Indigenous partner, who has not agreed to anything.
  v1::FundingCall WrittenWithPartner() {
    v1::CreateFundRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* fund = request.mutable_fund();
    fund->set_fund_id("ilif");
    fund->set_delivery(v1::FUND_DELIVERY_WITH_INDIGENOUS_PARTNERS);
    fund->add_design_partners("io-elders");
    auto* title = fund->add_titles();
    title->set_title("Indigenous-Led Initiatives Fund");
    title->set_source_ref("seed row 8");
    fund->set_source_ref("seed row 8");
    v1::CreateFundingCallRequest call = NewFundingCall();
    call.mutable_funding_call()->set_fund(Must(Call<v1::Fund>(writer_, request)).name());
    return Written(call);
  }
  std::string Agree(v1::FundingCall* call, const std::string& digest) {
    v1::CoApproveFundingCallRequest request;
    request.set_criteria_digest(digest);
    return Move(partner_, call, request);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, FundingCalls, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(FundingCalls, OpenAndCloseAtTheirInstantsByTheClockAlone) {
  const v1::FundingCall call = Scheduled();
  v1::GetFundingCallRequest get;
  get.set_name(call.name());
  EXPECT_EQ(RuleOfRequest(police_, get), "NOT_FOUND") << "it is not open yet";
  At(Opening() - absl::Milliseconds(1));
  Sweep();
  EXPECT_EQ(ReadCall(call, writer_).state(), v1::FUNDING_CALL_STATE_SCHEDULED);
  At(Opening());
  Sweep();
  const v1::FundingCall open = ReadCall(call, police_);
  EXPECT_EQ(open.state(), v1::FUNDING_CALL_STATE_OPEN);
  EXPECT_THAT(open.panel(), IsEmpty()) << "who decides is no concern of who applies";
  EXPECT_THAT(ReadCall(call, chair_).panel(), SizeIs(1));
  At(Closing() - absl::Milliseconds(1));
  EXPECT_EQ(ReadCall(call, police_).state(), v1::FUNDING_CALL_STATE_OPEN);
  At(Closing());
  EXPECT_EQ(ReadCall(call, police_).state(), v1::FUNDING_CALL_STATE_CLOSED) << "no sweeper has come by";
  v1::ListFundingCallsRequest list;
  EXPECT_EQ(Must(Call<v1::ListFundingCallsResponse>(police_, list)).funding_calls(0).state(),
            v1::FUNDING_CALL_STATE_CLOSED);
  Sweep();
  EXPECT_EQ(ReadCall(call, police_).state(), v1::FUNDING_CALL_STATE_CLOSED);
}

TEST_P(FundingCalls, KeepTheirCriteriaOnceTheyAreOpen) {
  v1::FundingCall call = Scheduled();
  At(Opening());
  call.mutable_criteria(0)->set_weight_bp(5000);
  call.mutable_criteria(1)->set_weight_bp(5000);
  v1::FundingCall edited = call;
  EXPECT_EQ(Revise(&edited, writer_), "CRITERIA_FROZEN") << "the sweeper is late, and the instant is not";
  Sweep();
  v1::FundingCall open = ReadCall(call, writer_);
  const std::string digest = open.criteria_digest();
  *open.mutable_criteria() = call.criteria();
  EXPECT_EQ(Revise(&open, writer_), "CRITERIA_FROZEN");
  EXPECT_EQ(ReadCall(call, writer_).criteria_digest(), digest);
  EXPECT_EQ(ReadCall(call, writer_).criteria(0).weight_bp(), 6000);
}

TEST_P(FundingCalls, OpenOnlyByTheAgreementOfTheirDesignPartnersToTheCriteriaAsTheyAre) {
  v1::FundingCall call = WrittenWithPartner();
  EXPECT_THAT(call.co_approvers(), ::testing::ElementsAre("io-elders")) << "nobody left the partner out";
  EXPECT_EQ(Publish(&call), "CO_APPROVAL_MISSING");
  const std::string first = call.criteria_digest();
  ASSERT_EQ(Agree(&call, first), "");
  call.mutable_criteria(0)->set_text("another question");
  ASSERT_EQ(Revise(&call, writer_), "");
  EXPECT_THAT(call.co_approvals(), IsEmpty()) << "the partner agreed to something else";
  EXPECT_EQ(Agree(&call, first), "CO_APPROVAL_STALE");
  EXPECT_EQ(Publish(&call), "CO_APPROVAL_MISSING");
  ASSERT_EQ(Agree(&call, call.criteria_digest()), "");
  ASSERT_EQ(Publish(&call), "");
  At(Opening());
  Sweep();
  EXPECT_EQ(ReadCall(call, writer_).state(), v1::FUNDING_CALL_STATE_OPEN);
}

TEST_P(FundingCalls, DoNotOpenOnceAPartnerHasTakenTheAgreementBack) {
  v1::FundingCall call = WrittenWithPartner();
  ASSERT_EQ(Agree(&call, call.criteria_digest()), "");
  ASSERT_EQ(Publish(&call), "");
  At(Opening());
  // The opening time has come, but the sweeper has not run yet.
  ASSERT_EQ(Move(partner_, &call, v1::WithdrawFundingCallCoApprovalRequest()), "");
  EXPECT_EQ(call.state(), v1::FUNDING_CALL_STATE_DRAFT);
  Sweep();
  EXPECT_EQ(ReadCall(call, writer_).state(), v1::FUNDING_CALL_STATE_DRAFT);
}

TEST_P(FundingCalls, AreAgreedToByNobodyWhomTheyDoNotName) {
  const v1::FundingCall call = WrittenWithPartner();
  const Caller another = Funded("io-others", annotations::v1::AGENCY_KIND_INDIGENOUS_ORGANISATION,
                                annotations::v1::ROLE_INDIGENOUS_REP, "elder");
  v1::CoApproveFundingCallRequest request;
  request.set_name(call.name());
  request.set_etag(call.etag());
  request.set_criteria_digest(call.criteria_digest());
  EXPECT_EQ(RuleOfRequest(another, request), "NOT_FOUND");
}

TEST_P(FundingCalls, OpenWithTheOldCriteriaOrNotAtAllWhereARevisionRacesTheOpening) {
  for (int round = 0; round < 8; ++round) {
    On("2026-11-24");
    v1::FundingCall call = Scheduled();
    const std::string before = call.criteria_digest();
    At(Opening() - absl::Milliseconds(1));
    call.mutable_criteria(0)->set_text("another question");
    std::string revised;
    std::thread writer([&] { revised = Revise(&call, writer_); });
    At(Opening());
    EXPECT_OK(TrySweep());
    writer.join();
    EXPECT_OK(TrySweep());
    const v1::FundingCall after = ReadCall(call, writer_);
    if (revised.empty()) {
      EXPECT_EQ(after.state(), v1::FUNDING_CALL_STATE_DRAFT);
      EXPECT_NE(after.criteria_digest(), before);
    } else {
      EXPECT_THAT(revised, ::testing::AnyOf("CRITERIA_FROZEN", "ETAG_MISMATCH"));
      EXPECT_EQ(after.state(), v1::FUNDING_CALL_STATE_OPEN);
      EXPECT_EQ(after.criteria_digest(), before);
    }
  }
}

TEST_P(FundingCalls, ArePublishedByAnotherThanWroteThem) {
  Caller both = head_;
  both.roles.push_back(annotations::v1::ROLE_OFFICE_STAFF);
  v1::FundingCall call = Must(Call<v1::FundingCall>(both, NewFundingCall()));
  EXPECT_EQ(Move(both, &call, v1::PublishFundingCallRequest()), "SAME_PERSON");
  EXPECT_EQ(Publish(&call), "SAME_PERSON") << "the director is the same person";
}

TEST_P(FundingCalls, AreExtendedToALaterInstantWhileTheyAreOpen) {
  v1::FundingCall call = Opened();
  v1::ExtendFundingCallRequest extend;
  extend.set_reason("a storm");
  for (const absl::Time at : {Closing(), Closing() - absl::Hours(1)}) {
    *extend.mutable_closes_at() = ToProto(at);
    EXPECT_EQ(Move(head_, &call, extend), "DATES_CONTRADICT") << "a closing is never moved earlier";
  }
  *extend.mutable_closes_at() = ToProto(Closing() + absl::Hours(24));
  ASSERT_EQ(Move(head_, &call, extend), "");
  EXPECT_EQ(call.extensions(0).reason(), "a storm");
  At(Closing() + absl::Hours(24));
  *extend.mutable_closes_at() = ToProto(Closing() + absl::Hours(48));
  EXPECT_EQ(Move(head_, &call, extend), "STATE_NOT_PERMITTED") << "what has closed stays closed";
}

TEST_P(FundingCalls, AreCancelledInSightOfEverybody) {
  v1::FundingCall call = Opened();
  v1::CancelFundingCallRequest cancel;
  cancel.set_reason("the money was withdrawn");
  ASSERT_EQ(Move(head_, &call, cancel), "");
  EXPECT_EQ(ReadCall(call, police_).state_reason(), "the money was withdrawn");
}

TEST_P(FundingCalls, CloseAfterTheyOpen) {
  v1::CreateFundingCallRequest request = NewFundingCall();
  *request.mutable_funding_call()->mutable_closes_at() = request.funding_call().opens_at();
  EXPECT_EQ(RuleOfCall(request), "DATES_CONTRADICT");
}

TEST_P(FundingCalls, ArePublishedBeforeTheyOpen) {
  v1::FundingCall call = Written();
  At(Opening());
  EXPECT_EQ(Publish(&call), "DATES_CONTRADICT");
}

TEST_P(FundingCalls, HaveWeightsThatAddUpToTheWhole) {
  for (const int weight : {3999, 4001, 0, -4000}) {
    v1::CreateFundingCallRequest request = NewFundingCall();
    request.mutable_funding_call()->mutable_criteria(1)->set_weight_bp(weight);
    EXPECT_THAT(RuleOfCall(request), ::testing::AnyOf("CRITERIA_INVALID", "FIELD_INVALID")) << weight;
  }
}

TEST_P(FundingCalls, HaveEachCriterionOnceWithPointsThatCanBeGiven) {
  for (const int points : {0, -1, 101}) {
    v1::CreateFundingCallRequest request = NewFundingCall();
    request.mutable_funding_call()->mutable_criteria(0)->set_max_points(points);
    EXPECT_THAT(RuleOfCall(request), ::testing::AnyOf("CRITERIA_INVALID", "FIELD_INVALID")) << points;
  }
  v1::CreateFundingCallRequest twice = NewFundingCall();
  twice.mutable_funding_call()->mutable_criteria(1)->set_code("need");
  EXPECT_EQ(RuleOfCall(twice), "CRITERIA_INVALID");
  v1::CreateFundingCallRequest unknown = NewFundingCall();
  unknown.mutable_funding_call()->add_tie_break("luck");
  EXPECT_EQ(RuleOfCall(unknown), "CRITERIA_INVALID");
}

TEST_P(FundingCalls, AreScoredByTwoAtLeastAndDecidedUnderOneChair) {
  v1::CreateFundingCallRequest one = NewFundingCall();
  one.mutable_funding_call()->set_scorers_required(1);
  EXPECT_EQ(RuleOfCall(one), "FIELD_INVALID");
  v1::CreateFundingCallRequest none = NewFundingCall();
  none.mutable_funding_call()->mutable_panel(0)->set_chair(false);
  EXPECT_EQ(RuleOfCall(none), "FIELD_INVALID");
}

TEST_P(FundingCalls, HaveNoMoreThanTheirEnvelopeAndAwardNoMoreThanTheyHave) {
  const v1::Envelope envelope = Announced("cbsf");
  v1::CreateFundingCallRequest request = NewFundingCall(envelope.total_cents() + 1);
  request.mutable_funding_call()->set_envelope(envelope.name());
  EXPECT_EQ(RuleOfCall(request), "AMOUNT_INVALID");
  request.mutable_funding_call()->set_available_cents(envelope.total_cents());
  EXPECT_EQ(RuleOfCall(request), "");
  request.mutable_funding_call()->set_max_award_cents(envelope.total_cents() + 1);
  EXPECT_EQ(RuleOfCall(request), "AMOUNT_INVALID");
  request.mutable_funding_call()->set_max_award_cents(envelope.total_cents());
  EXPECT_EQ(RuleOfCall(request), "");
}

TEST_P(FundingCalls, HaveAnAmountThatIsNoZero) {
  for (const int64_t cents : {int64_t{0}, int64_t{-1}, int64_t{1000000000001}}) {
    EXPECT_THAT(RuleOfCall(NewFundingCall(cents)), ::testing::AnyOf("AMOUNT_INVALID", "FIELD_INVALID"));
  }
  v1::CreateFundingCallRequest most = NewFundingCall();
  most.mutable_funding_call()->set_max_award_cents(0);
  EXPECT_EQ(RuleOfCall(most), "AMOUNT_INVALID") << "what nobody stated is left out, and is no 0";
}

TEST_P(FundingCalls, OfAMinistryAreWrittenByItAlone) {
  v1::CreateFundingCallRequest request = NewFundingCall();
  request.set_parent("agencies/min-mag");
  EXPECT_EQ(RuleOfRequest(ForFunding(mag_), request), "NOT_THE_OWNER");
  request.mutable_funding_call()->set_owner_ministry("min-mag");
  EXPECT_EQ(RuleOfRequest(ForFunding(mag_), request), "");
}

TEST_P(FundingCalls, OfAFundKeepWhatItWasCalledBefore) {
  const v1::FundingCall call = WrittenWithPartner();
  v1::GetFundRequest get;
  get.set_name(call.fund());
  v1::Fund fund = Must(Call<v1::Fund>(police_, get));
  v1::RenameFundRequest rename;
  rename.mutable_title()->set_title("Indigenous-Led Initiatives");
  rename.mutable_title()->set_source_ref("a letter");
  EXPECT_EQ(Move(writer_, &fund, rename), "FIELD_INVALID") << "nobody said since when";
  rename.mutable_title()->set_since("2018-04-01");
  ASSERT_EQ(Move(writer_, &fund, rename), "");
  ASSERT_THAT(fund.titles(), SizeIs(2));
  EXPECT_EQ(fund.titles(0).title(), "Indigenous-Led Initiatives Fund");
}

}  // namespace
}  // namespace accord::strategy
