// These are the rows of the founding document that protocols and referrals fulfil, shown through the gateway.
#include "accord/protocols/v1/coverage_service.pb.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

class SeedRow : public ACase {
 protected:
  SeedRow()
      : society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR},
                                    {"supervisor", ROLE_CAS_SUPERVISOR},
                                    {"worker", ROLE_CAS_WORKER}})),
        police_(EnrolPolice()) {}

  // This gives a police member's report of a 16 year old, on a day.
  CreateReferralRequest Report(const Protocol& protocol, const std::string& day) {
    CreateReferralRequest request = Letter(protocol);
    request.set_parent("agencies/ps-york");
    auto* referral = request.mutable_referral();
    referral->set_kind(REFERRAL_KIND_DUTY_TO_REPORT);
    referral->set_to_agency("cas-york");
    referral->set_age_band(AGE_BAND_16_17);
    referral->set_ground_code("sexual_exploitation");
    referral->set_event_date(day);
    return request;
  }
  template <class Req>
  absl::StatusOr<Referral> Do(const AgencyClient& client, const std::string& method, const std::string& actor,
                              const std::string& purpose, const Referral& referral, Req request = Req()) {
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    request.set_request_id(RequestId());
    return client.Call<Referral>(kReferrals + method, actor, purpose, request);
  }
  absl::StatusOr<Referral> Screen(const Referral& referral, ReferralState outcome) {
    ScreenReferralRequest request;
    request.set_outcome(outcome);
    request.set_reason("the law of that day");
    return Do(society_, "ScreenReferral", "supervisor", "child_protection", referral, request);
  }
  // This gives a referral that the police sent and the society acknowledged.
  Referral Acknowledged(const CreateReferralRequest& request) {
    auto sent = Must(
        police_.Call<Referral>(kReferrals + "CreateReferral", "member", "criminal_investigation", request));
    auto acknowledged =
        Do<AcknowledgeReferralRequest>(society_, "AcknowledgeReferral", "worker", "child_protection", sent);
    EXPECT_OK(acknowledged);
    return acknowledged.value_or(Referral());
  }
  std::string CellState(const std::string& society, const std::string& police) {
    ListCoverageCellsRequest request;
    request.set_page_size(1000);
    auto cells = Must(
        society_.Call<ListCoverageCellsResponse>("/accord.protocols.v1.CoverageService/ListCoverageCells",
                                                 "director", "protocol_governance", request));
    for (const auto& cell : cells.coverage_cells()) {
      if (cell.society() == society && cell.police_service() == police)
        return CoverageState_Name(cell.state());
    }
    return "no cell";
  }

  AgencyClient society_, police_;
};

TEST_F(SeedRow, SeedRow27_SixteenWithoutAnOrderIsNotEligibleBefore2018AndIsProcessedAfter) {
  const Protocol protocol = Agree(society_, police_);
  Referral before = Acknowledged(Report(protocol, "2017-06-01"));
  EXPECT_EQ(RuleOf(Screen(before, REFERRAL_STATE_CAS_LEAD).status()), "NOT_ELIGIBLE_CFSA");
  before = Must(Screen(before, REFERRAL_STATE_NOT_ELIGIBLE_CFSA));
  EXPECT_TRUE(before.service_referral_offer_required());
  CloseReferralRequest close;
  EXPECT_EQ(RuleOf(Do(society_, "CloseReferral", "supervisor", "child_protection", before, close).status()),
            "SUPPORT_OFFER_REQUIRED");
  close.add_supports_offered("Youth-in-Transition Worker");
  EXPECT_OK(Do(society_, "CloseReferral", "supervisor", "child_protection", before, close));
  const Referral after = Acknowledged(Report(protocol, "2018-06-01"));
  EXPECT_FALSE(after.reporting_mandatory());
  EXPECT_EQ(Must(Screen(after, REFERRAL_STATE_CAS_LEAD)).state(), REFERRAL_STATE_CAS_LEAD);
}

TEST_F(SeedRow, SeedRow28_TheRuleTurnsOnTheDayAndOnAnExistingOrder) {
  const Protocol protocol = Agree(society_, police_);
  const auto rule = [&](const std::string& day, bool order) {
    CreateReferralRequest request = Report(protocol, day);
    request.mutable_referral()->set_existing_order(order);
    return accord::testing::RuleOrError(Screen(Acknowledged(request), REFERRAL_STATE_CAS_LEAD).status());
  };
  EXPECT_EQ(rule("2017-12-31", false), "NOT_ELIGIBLE_CFSA");
  EXPECT_EQ(rule("2017-12-31", true), "");
  EXPECT_EQ(rule("2018-01-01", false), "");
  EXPECT_EQ(rule("2018-01-01", true), "");
}

TEST_F(SeedRow, SeedRow30_CoverageShowsEveryOverlapAndSignaturesAndReviewsAreEnforced) {
  EXPECT_EQ(CellState("cas-york", "ps-york"), "COVERAGE_STATE_NONE");
  auto draft =
      society_.Call<Protocol>(kProtocols + "CreateProtocol", "director", "protocol_governance", Draft());
  ASSERT_OK(draft);
  EXPECT_EQ(CellState("cas-york", "ps-york"), "COVERAGE_STATE_IN_NEGOTIATION");
  SignProtocolRequest early;
  early.set_name(draft->name());
  early.set_etag(draft->etag());
  early.set_text_digest(draft->text_digest());
  early.set_request_id(RequestId());
  EXPECT_EQ(
      RuleOf(society_.Call<Protocol>(kProtocols + "SignProtocol", "director", "protocol_governance", early)
                 .status()),
      "STATE_NOT_PERMITTED");
  Protocol protocol = Agree(society_, police_);
  EXPECT_EQ(CellState("cas-york", "ps-york"), "COVERAGE_STATE_IN_FORCE");
  EXPECT_FALSE(protocol.next_review_due().empty());
  ReviewProtocolRequest review;
  review.set_name(protocol.name());
  review.set_etag(protocol.etag());
  review.set_kind(REVIEW_KIND_PARTY_REQUEST);
  review.set_reason("a year of use");
  review.set_request_id(RequestId());
  auto reviewed =
      police_.Call<Protocol>(kProtocols + "ReviewProtocol", "chief", "protocol_governance", review);
  ASSERT_OK(reviewed);
  EXPECT_EQ(reviewed->state(), PROTOCOL_STATE_UNDER_REVIEW);
  EXPECT_EQ(CellState("cas-york", "ps-york"), "COVERAGE_STATE_IN_FORCE");
  EXPECT_EQ(CellState("cas-toronto", "ps-toronto"), "COVERAGE_STATE_NONE");
}

TEST_F(SeedRow, SeedRow31_ReferralsAreAnsweredInTimeScreenedForRiskAndClosedWithSupports) {
  const Protocol protocol = Agree(society_, police_);
  CreateReferralRequest letter = Letter(protocol);
  letter.mutable_referral()->set_kind(REFERRAL_KIND_CONSULTATION);
  auto sent = society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter);
  ASSERT_OK(sent);
  const std::string purpose = "criminal_investigation";
  Referral r = Must(Do<AcknowledgeReferralRequest>(police_, "AcknowledgeReferral", "member", purpose, *sent));
  EXPECT_LT(FromProto(r.acknowledged_at()), FromProto(r.acknowledge_due()));
  RecordReferralRiskScreeningRequest screening;
  screening.mutable_screening()->set_tool("SEY Risk Assessment Tool");
  screening.mutable_screening()->set_tool_version("as used");
  screening.mutable_screening()->set_outcome("consult");
  r = Must(Do(police_, "RecordReferralRiskScreening", "member", purpose, r, screening));
  ScreenReferralRequest screen;
  screen.set_outcome(REFERRAL_STATE_CONSULT_ONLY);
  screen.set_reason("at risk, not confirmed");
  r = Must(Do(police_, "ScreenReferral", "supervisor", purpose, r, screen));
  // An at-risk consultation is never counted among what was confirmed.
  CloseReferralRequest close;
  close.set_investigation_outcome(INVESTIGATION_OUTCOME_TRAFFICKING_CONFIRMED);
  close.add_supports_offered("outreach worker");
  EXPECT_EQ(RuleOf(Do(police_, "CloseReferral", "supervisor", purpose, r, close).status()),
            "INVESTIGATION_OUTCOME");
  close.clear_investigation_outcome();
  r = Must(Do(police_, "CloseReferral", "supervisor", purpose, r, close));
  EXPECT_EQ(r.state(), REFERRAL_STATE_CLOSED);
  EXPECT_EQ(r.supports_offered(0), "outreach worker");
  EXPECT_EQ(r.outcome(), INVESTIGATION_OUTCOME_UNSPECIFIED);
}

TEST_F(SeedRow, SeedRow32_AYouthIsReferredWithConsentToAWorkerOfAnIndigenousSociety) {
  const AgencyClient native = Enrol(
      "cas-i-native-toronto",
      {{"director", ROLE_CAS_DIRECTOR}, {"supervisor", ROLE_CAS_SUPERVISOR}, {"worker", ROLE_CAS_WORKER}});
  const AgencyClient toronto =
      Enrol("ps-toronto", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}});
  const Protocol protocol =
      Agree(native, toronto, Draft("cas-i-native-toronto", "ps-toronto", PARTY_CAPACITY_INDIGENOUS_SOCIETY));
  CreateReferralRequest letter = Letter(protocol);
  letter.set_parent("agencies/ps-toronto");
  auto* referral = letter.mutable_referral();
  referral->set_to_agency("cas-i-native-toronto");
  referral->set_kind(REFERRAL_KIND_SERVICE_REFERRAL);
  referral->set_service(SERVICE_KIND_YOUTH_IN_TRANSITION_WORKER);
  referral->set_age_band(AGE_BAND_16_17);
  const auto send = [&] {
    letter.set_request_id(RequestId());
    return toronto.Call<Referral>(kReferrals + "CreateReferral", "member", "criminal_investigation", letter);
  };
  EXPECT_EQ(RuleOf(send().status()), "CONSENT_REQUIRED");
  referral->set_consent_given(true);
  const auto sent = send();
  ASSERT_OK(sent);
  EXPECT_EQ(
      Must(Do<AcknowledgeReferralRequest>(native, "AcknowledgeReferral", "worker", "child_protection", *sent))
          .state(),
      REFERRAL_STATE_ACKNOWLEDGED);
}

// The registry has every person and agency that a change names: assignees, receivers and parties.
TEST_F(SeedRow, NothingIsGivenToWhoeverDoesNotExist) {
  const Referral referral =
      Acknowledged(Report(Agree(society_, police_), FormatDay(OntarioDay(absl::Now()))));
  const auto assign = [&](const std::string& assignee) {
    AssignReferralRequest request;
    request.set_assignee(assignee);
    return accord::testing::RuleOrError(
        Do(society_, "AssignReferral", "supervisor", "child_protection", referral, request).status());
  };
  EXPECT_EQ(assign("nobody"), "PERSON_UNKNOWN");
  EXPECT_EQ(assign("member"), "PERSON_UNKNOWN") << "of the police";
  EXPECT_EQ(assign("worker"), "");
  const auto draft = [&](const std::string& police) {
    return accord::testing::RuleOrError(society_
                                            .Call<Protocol>(kProtocols + "CreateProtocol", "director",
                                                            "protocol_governance", Draft("cas-york", police))
                                            .status());
  };
  EXPECT_EQ(draft("ps-nowhere"), "AGENCY_UNKNOWN");
  EXPECT_EQ(draft("cr-york"), "AGENCY_OF_OTHER_KIND");
  EXPECT_EQ(draft("ps-durham"), "");
}

}  // namespace
}  // namespace accord::e2e
