// These tests show what police, victim services and the program do for survivors, step by step and through
// the gateway. A referral hands over what the consent names, and people decide about a claim.
#include <algorithm>
#include <string>
#include <utility>

#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/crisis_partner_service.pb.h"
#include "accord/supports/v1/crisis_referral_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "tests/e2e/case.h"
#include "tests/e2e/consent.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace sup = accord::supports::v1;

class SupportSteps : public ServiceRows {
 protected:
  SupportSteps()
      : ServiceRows("supports", "victim_support"),
        york_(Enrol("vs-vcao-york", {{"worker", ROLE_VS_WORKER}, {"manager", ROLE_VS_MANAGER}})),
        program_(Enrol("vs-ovs", {{"program", ROLE_OVS_PROGRAM}})) {}

  void TearDown() override {
    for (const auto& [place, text] : stack_.Written()) {
      for (const char* planted :
           {"the-survivor-1", "what-she-needs", "whom-she-fears", "416 555 0100", "why-it-is-covered"}) {
        EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
      }
    }
  }

  // This gives a case, opened by this person, of a survivor who has told a shelter.
  sup::SupportCase Opened(const std::string& worker = "worker") {
    sup::CreateSupportCaseRequest request;
    request.set_parent("agencies/vs-vcao-york");
    request.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
    request.mutable_support_case()->set_subject_ref("the-survivor-1");
    request.mutable_support_case()->set_reported_to(sup::REPORTED_TO_SHELTER);
    *request.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
    return Must<sup::SupportCase>(york_, worker, "SupportCaseService/CreateSupportCase", request);
  }
  sup::RequestBenefitClaimRequest Claiming(const sup::SupportCase& of, const sup::BenefitClaim& claim,
                                           const std::string& worker = "worker") {
    sup::CreateConsentRequest agreed;
    agreed.set_parent(of.name());
    *agreed.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_BENEFIT_CLAIM);
    agreed.mutable_consent()->set_recipient_agency("vs-ovs");
    sup::RequestBenefitClaimRequest request;
    request.set_consent(Must<sup::Consent>(york_, worker, "ConsentService/CreateConsent", agreed).name());
    *request.mutable_benefit_claim() = claim;
    return request;
  }
  // This gives a claim for a survivor who is not charged with anything.
  static sup::BenefitClaim NewClaim(sup::BenefitCode benefit, const std::string& event_on) {
    sup::BenefitClaim claim;
    claim.set_benefit(benefit);
    claim.set_event_on(event_on);
    claim.set_amount_requested_cents(10000);
    claim.mutable_payee()->set_kind(sup::PAYEE_KIND_PROVIDER);
    claim.mutable_payee()->set_provider("the-provider");
    claim.set_residual_need_declared(true);
    claim.set_charged(sup::CHARGED_IN_RELATION_NO);
    return claim;
  }
  sup::BenefitClaim Claimed(const sup::RequestBenefitClaimRequest& request,
                            const std::string& worker = "worker") {
    return Must<sup::BenefitClaim>(york_, worker, "BenefitClaimService/RequestBenefitClaim", request);
  }
  std::string RuleOfClaim(const sup::RequestBenefitClaimRequest& request) {
    return RuleOf(Call<sup::BenefitClaim>(york_, "worker", "BenefitClaimService/RequestBenefitClaim", request)
                      .status());
  }
  // This gives the reason why a person of this agency cannot find the claim eligible; it is empty if the
  // person can.
  std::string FindEligible(const AgencyClient& client, const std::string& actor, sup::BenefitClaim* claim,
                           const std::string& reason) {
    sup::DecideBenefitClaimRequest request;
    request.set_name(claim->name());
    request.set_etag(claim->etag());
    request.set_event("find_eligible");
    request.set_reason(reason);
    return Kept(claim,
                Call<sup::BenefitClaim>(client, actor, "BenefitClaimService/DecideBenefitClaim", request));
  }
  std::string Approve(const AgencyClient& client, const std::string& actor, sup::BenefitClaim* claim,
                      const std::string& authority = "") {
    sup::ApproveBenefitClaimRequest request;
    request.set_name(claim->name());
    request.set_etag(claim->etag());
    request.set_amount_cents(10000);
    request.set_authority_ref(authority);
    return Kept(claim,
                Call<sup::BenefitClaim>(client, actor, "BenefitClaimService/ApproveBenefitClaim", request));
  }
  sup::BenefitClaim Read(const AgencyClient& client, const std::string& actor,
                         const sup::BenefitClaim& claim) {
    sup::GetBenefitClaimRequest request;
    request.set_name(claim.name());
    return Must<sup::BenefitClaim>(client, actor, "BenefitClaimService/GetBenefitClaim", request);
  }
  int ClaimsOf(const sup::SupportCase& of) {
    sup::ListBenefitClaimsRequest request;
    request.set_support_case(of.name());
    return Must<sup::ListBenefitClaimsResponse>(york_, "worker", "BenefitClaimService/ListBenefitClaims",
                                                request)
        .benefit_claims_size();
  }
  static bool Concerns(const sup::BenefitClaim& claim, sup::ClaimConcern concern) {
    const auto& all = claim.concerns();
    return std::find(all.begin(), all.end(), concern) != all.end();
  }
  // This enrols a person of the agency who both works in cases and decides.
  void EnrolBoth(const std::string& actor) {
    registry::v1::CreateActorRequest request;
    request.set_parent("agencies/vs-vcao-york");
    request.set_actor_id(actor);
    request.mutable_actor()->add_roles(ROLE_VS_WORKER);
    request.mutable_actor()->add_roles(ROLE_VS_MANAGER);
    request.set_request_id(RequestId());
    ASSERT_OK(stack_.Console().Call<registry::v1::Actor>(kAdmin + "CreateActor", "admin", "administration",
                                                         request));
    // The policy reaches the gateway a moment later.
    ASSERT_TRUE(Eventually([&] {
      registry::v1::GetAgencyRequest get;
      get.set_name("agencies/vs-vcao-york");
      return york_.Call<registry::v1::Agency>("/accord.registry.v1.RegistryService/GetAgency", actor, "", get)
          .ok();
    }));
  }
  // Police state another purpose than those who support victims.
  template <class Res, class Req>
  absl::StatusOr<Res> AsPolice(const AgencyClient& police, const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return police.Call<Res>("/accord.supports.v1." + method, "member", "criminal_investigation", request);
  }

  const AgencyClient york_, program_;

 private:
  static std::string Kept(sup::BenefitClaim* claim, const absl::StatusOr<sup::BenefitClaim>& moved) {
    if (moved.ok()) *claim = *moved;
    return RuleOf(moved.status());
  }
};

// The clock of a running stack cannot be set, and nothing in a referral states an hour, so this holds at
// any hour.
TEST_F(SupportSteps, E15_PoliceHandThePartnerOfThePlaceWhatTheConsentNamesAndNothingElse) {
  const AgencyClient police = Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}});
  const AgencyClient durham = Enrol("vs-vcao-durham", {{"receiver", ROLE_VS_WORKER}});
  sup::CreateCrisisPartnerRequest partner;
  partner.set_parent("agencies/vs-ovs");
  partner.mutable_crisis_partner()->set_partner_agency("vs-vcao-durham");
  partner.mutable_crisis_partner()->add_catchment("oshawa");
  partner.mutable_crisis_partner()->set_hours_24_7(true);
  partner.mutable_crisis_partner()->set_funded_from("2017-02-23");
  partner.mutable_crisis_partner()->set_source("a list for the test");
  Must<sup::CrisisPartner>(program_, "program", "CrisisPartnerService/CreateCrisisPartner", partner);

  sup::SendCrisisReferralRequest request;
  request.set_parent("agencies/ps-york");
  request.set_catchment("oshawa");
  request.mutable_handed()->set_age_band(sup::AGE_BAND_ADULT);
  request.mutable_handed()->set_charge_laid(sup::CHARGE_LAID_NO);
  request.mutable_handed()->set_language("fr");
  request.mutable_handed()->set_needs("what-she-needs");
  request.mutable_handed()->set_safety("whom-she-fears");
  request.mutable_handed()->mutable_safe_contact()->set_channel(sup::CONTACT_CHANNEL_PHONE);
  request.mutable_handed()->mutable_safe_contact()->set_reach("416 555 0100");
  const sup::Consent agreed = NewConsent(sup::CONSENT_PURPOSE_REFERRAL, "vs-vcao-durham");
  const auto send = [&](const sup::Consent& consent) {
    *request.mutable_consent() = consent;
    return AsPolice<sup::SupportReferral>(police, "CrisisReferralService/SendCrisisReferral", request);
  };
  sup::Consent unfit = agreed;
  unfit.clear_data();
  EXPECT_EQ(RuleOf(send(unfit).status()), "CONSENT_RECIPIENT") << "it names nothing to hand over";
  unfit = agreed;
  unfit.set_given_on(Days(-20));
  unfit.set_expires_on(Days(-10));
  EXPECT_EQ(RuleOf(send(unfit).status()), "DATES_OUT_OF_ORDER") << "it has ended";
  EXPECT_EQ(RuleOf(send(NewConsent(sup::CONSENT_PURPOSE_SERVICES)).status()), "FIELD_INVALID");

  sup::Consent wider = agreed;
  wider.add_data(sup::CONSENTED_DATA_LANGUAGE);
  wider.add_data(sup::CONSENTED_DATA_SAFE_CONTACT);
  const auto sent = send(wider);
  ASSERT_OK(sent);
  EXPECT_FALSE(sent->has_handed()) << "police are not told again what they handed over";
  sup::GetSupportReferralRequest get;
  get.set_name(sent->name());
  const std::string method = "SupportReferralService/GetSupportReferral";
  auto received = Must<sup::SupportReferral>(durham, "receiver", method, get);
  EXPECT_EQ(received.handed().needs(), "what-she-needs");
  EXPECT_EQ(received.handed().language(), "fr");
  EXPECT_EQ(received.handed().safe_contact().reach(), "416 555 0100");
  EXPECT_EQ(received.handed().safety(), "") << "the consent does not name it";
  EXPECT_EQ(received.handed().age_band(), sup::AGE_BAND_UNSPECIFIED);
  EXPECT_EQ(received.handed().charge_laid(), sup::CHARGE_LAID_UNSPECIFIED);
  EXPECT_EQ(received.given_by(), sup::CONSENT_GIVEN_BY_SELF);
  EXPECT_GT(received.acknowledge_by(), Days(-1));
  EXPECT_EQ(RuleOf(Call<sup::SupportReferral>(york_, "worker", method, get).status()), "NOT_FOUND");

  sup::AdvanceSupportReferralRequest step;
  for (const char* event : {"acknowledge", "accept"}) {
    step.set_event(event);
    Move(durham, "receiver", "SupportReferralService/AdvanceSupportReferral", &received, step);
  }
  const auto seen = AsPolice<sup::SupportReferral>(police, method, get);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->state(), sup::SUPPORT_REFERRAL_STATE_ACKNOWLEDGED)
      << "police are told that it was seen, and not what became of it";
  EXPECT_FALSE(seen->has_handed());
}

TEST_F(SupportSteps, E17_WithoutAKnownLimitNobodyButTheProgramApprovesAndNoVictimIsPaid) {
  const sup::SupportCase item = Opened();
  const auto tattoo = NewClaim(sup::BENEFIT_CODE_TATTOO_REMOVAL, "2017-03-01");
  sup::RequestBenefitClaimRequest request = Claiming(item, tattoo);
  auto* payee = request.mutable_benefit_claim()->mutable_payee();
  payee->set_kind(sup::PAYEE_KIND_VICTIM);
  payee->clear_provider();
  payee->set_delivery(sup::PAYEE_DELIVERY_BY_WORKER);
  EXPECT_EQ(RuleOfClaim(request), "PAYEE_NOT_PERMITTED");
  EXPECT_EQ(ClaimsOf(item), 0) << "what was refused is not stored";

  *request.mutable_benefit_claim() = tattoo;
  sup::BenefitClaim claim = Claimed(request);
  ASSERT_EQ(FindEligible(york_, "manager", &claim, ""), "");
  EXPECT_EQ(Approve(york_, "manager", &claim), "LIMIT_UNKNOWN");
  EXPECT_EQ(Approve(york_, "manager", &claim, "a letter"), "LIMIT_UNKNOWN") << "the program names it";
  EXPECT_EQ(Approve(program_, "program", &claim, "a letter"), "ENVELOPE_EXCEEDED")
      << "no money was acknowledged";
  EXPECT_EQ(Read(york_, "worker", claim).state(), sup::BENEFIT_CLAIM_STATE_ELIGIBLE);
}

TEST_F(SupportSteps, E17_WhoAskedDecidesNothingThoughTheRoleWouldAllowIt) {
  ASSERT_NO_FATAL_FAILURE(EnrolBoth("both"));
  const sup::SupportCase item = Opened("both");
  const auto telephone = NewClaim(sup::BENEFIT_CODE_PHONE, "2019-11-02");
  sup::BenefitClaim claim = Claimed(Claiming(item, telephone, "both"), "both");
  EXPECT_EQ(FindEligible(york_, "both", &claim, ""), "THREE_PEOPLE");
  ASSERT_EQ(FindEligible(york_, "manager", &claim, ""), "");
  EXPECT_EQ(Approve(york_, "both", &claim), "THREE_PEOPLE");
  EXPECT_EQ(Read(york_, "manager", claim).state(), sup::BENEFIT_CLAIM_STATE_ELIGIBLE);
  // A claim that another person requested is another matter.
  sup::BenefitClaim other = Claimed(Claiming(Opened(), telephone));
  EXPECT_EQ(FindEligible(york_, "both", &other, ""), "");
  EXPECT_EQ(Approve(york_, "both", &other), "");
  EXPECT_EQ(other.state(), sup::BENEFIT_CLAIM_STATE_APPROVED);
}

TEST_F(SupportSteps, E19_AClaimOfASurvivorWhoIsChargedIsDecidedByAPersonWhoseReasonStays) {
  sup::BenefitClaim charged = NewClaim(sup::BENEFIT_CODE_PHONE, "2019-11-02");
  charged.set_charged(sup::CHARGED_IN_RELATION_YES);
  sup::BenefitClaim claim = Claimed(Claiming(Opened(), charged));
  EXPECT_EQ(claim.state(), sup::BENEFIT_CLAIM_STATE_REQUESTED) << "it is not refused by itself";
  EXPECT_TRUE(Concerns(claim, sup::CLAIM_CONCERN_CHARGED));
  EXPECT_EQ(FindEligible(york_, "worker", &claim, "why-it-is-covered"), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(FindEligible(york_, "manager", &claim, ""), "FIELD_INVALID") << "a person says why";
  EXPECT_EQ(Approve(york_, "manager", &claim), "STATE_NOT_PERMITTED") << "nobody has decided";
  ASSERT_EQ(FindEligible(york_, "manager", &claim, "why-it-is-covered"), "");
  ASSERT_EQ(Approve(york_, "manager", &claim), "");

  for (const auto& [client, actor] :
       {std::pair{&york_, "worker"}, {&york_, "manager"}, {&program_, "program"}}) {
    const sup::BenefitClaim read = Read(*client, actor, claim);
    EXPECT_EQ(read.state(), sup::BENEFIT_CLAIM_STATE_APPROVED) << actor;
    EXPECT_TRUE(Concerns(read, sup::CLAIM_CONCERN_CHARGED)) << actor;
    ASSERT_EQ(read.decisions_size(), 2) << actor;
    EXPECT_EQ(read.decisions(0).event(), "find_eligible") << actor;
    EXPECT_EQ(read.decisions(0).by_agency(), "vs-vcao-york") << actor;
    EXPECT_EQ(read.decisions(0).reason(), "why-it-is-covered") << actor;
  }
  // Nothing is to be said of a survivor who is not charged with anything.
  sup::BenefitClaim other = Claimed(Claiming(Opened(), NewClaim(sup::BENEFIT_CODE_PHONE, "2019-11-02")));
  EXPECT_FALSE(Concerns(other, sup::CLAIM_CONCERN_CHARGED));
  EXPECT_EQ(FindEligible(york_, "manager", &other, ""), "");
}

// A new version of the rule began on 2019-10-01.
TEST_F(SupportSteps, T13_ALikenessIsToldAcrossVersionsOfARuleAndAResentRequestIsOne) {
  const sup::SupportCase item = Opened();
  const auto likeness = sup::CLAIM_CONCERN_POSSIBLE_DUPLICATE;
  sup::RequestBenefitClaimRequest request =
      Claiming(item, NewClaim(sup::BENEFIT_CODE_DOCUMENT_REPLACEMENT, "2019-09-30"));
  request.set_request_id("asked-once");
  const std::string method = "/accord.supports.v1.BenefitClaimService/RequestBenefitClaim";
  const auto first = york_.Call<sup::BenefitClaim>(method, "worker", "victim_support", request);
  const auto resent = york_.Call<sup::BenefitClaim>(method, "worker", "victim_support", request);
  ASSERT_OK(first);
  ASSERT_OK(resent);
  EXPECT_EQ(resent->name(), first->name());
  EXPECT_EQ(ClaimsOf(item), 1);
  EXPECT_EQ(first->benefit_version(), "vqrp-2017");
  EXPECT_FALSE(Concerns(*resent, likeness)) << "it is not like itself";

  // The same event is now said to have happened some days later.
  request.mutable_benefit_claim()->set_event_until("2019-10-02");
  sup::BenefitClaim like = Claimed(request);
  EXPECT_EQ(like.benefit_version(), "vqrp-plus-2019");
  EXPECT_TRUE(Concerns(like, likeness));
  EXPECT_EQ(like.state(), sup::BENEFIT_CLAIM_STATE_REQUESTED) << "a person decides";
  EXPECT_TRUE(Concerns(Read(program_, "program", like), likeness));
  EXPECT_EQ(FindEligible(york_, "manager", &like, ""), "FIELD_INVALID") << "a likeness needs a reason";

  const auto of_another = Claiming(Opened(), request.benefit_claim());
  EXPECT_FALSE(Concerns(Claimed(of_another), likeness)) << "another survivor's claim is another one";
  request.mutable_benefit_claim()->mutable_payee()->set_provider("another-provider");
  EXPECT_FALSE(Concerns(Claimed(request), likeness)) << "so is one for another payee";
}

}  // namespace
}  // namespace accord::e2e
