// These are the ways of survivors between police, partners and programs, through the gateway. They also show
// that no file holds anything of a survivor afterwards.
#include <string>
#include <vector>

#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/crisis_partner_service.pb.h"
#include "accord/supports/v1/crisis_referral_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "accord/supports/v1/support_transfer_service.pb.h"
#include "tests/e2e/case.h"
#include "tests/e2e/consent.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace sup = accord::supports::v1;

class SupportScenarios : public ServiceRows {
 protected:
  SupportScenarios()
      : ServiceRows("supports", "victim_support"),
        york_(Enrol("vs-vcao-york", {{"worker", ROLE_VS_WORKER}, {"manager", ROLE_VS_MANAGER}})),
        durham_(Enrol("vs-vcao-durham", {{"receiver", ROLE_VS_WORKER}, {"manager", ROLE_VS_MANAGER}})),
        program_(Enrol("vs-ovs", {{"program", ROLE_OVS_PROGRAM}})),
        police_(Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}})) {
    sup::CreateCrisisPartnerRequest partner;
    partner.set_parent("agencies/vs-ovs");
    partner.mutable_crisis_partner()->set_partner_agency("vs-vcao-durham");
    partner.mutable_crisis_partner()->add_catchment("oshawa");
    partner.mutable_crisis_partner()->set_hours_24_7(true);
    partner.mutable_crisis_partner()->set_funded_from("2017-02-23");
    partner.mutable_crisis_partner()->set_source("a list for the test");
    Must<sup::CrisisPartner>(program_, "program", "CrisisPartnerService/CreateCrisisPartner", partner);
  }

  void TearDown() override {
    for (const auto& [place, text] : stack_.Written()) {
      for (const char* planted : {"the-survivor-1", "what-she-needs", "416 555 0100", "Zoltan Invented"}) {
        EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
      }
    }
  }

  sup::CreateSupportCaseRequest NewCase() {
    sup::CreateSupportCaseRequest request;
    request.set_parent("agencies/vs-vcao-york");
    request.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
    request.mutable_support_case()->set_subject_ref("the-survivor-1");
    request.mutable_support_case()->set_needs("what-she-needs");
    *request.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
    return request;
  }
  absl::StatusOr<sup::SupportCase> ReadCase(const AgencyClient& client, const std::string& actor,
                                            const sup::SupportCase& item) {
    sup::GetSupportCaseRequest request;
    request.set_name(item.name());
    return Call<sup::SupportCase>(client, actor, "SupportCaseService/GetSupportCase", request);
  }
  absl::StatusOr<sup::SupportReferral> ReadReferral(const std::string& actor,
                                                    const sup::SupportReferral& referral) {
    sup::GetSupportReferralRequest request;
    request.set_name(referral.name());
    return Call<sup::SupportReferral>(durham_, actor, "SupportReferralService/GetSupportReferral", request);
  }
  // Police state another purpose than those who support victims.
  template <class Res, class Req>
  absl::StatusOr<Res> AsPolice(const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return police_.Call<Res>("/accord.supports.v1." + method, "member", "criminal_investigation", request);
  }
  sup::SendCrisisReferralRequest Sending(const std::string& to_agency) {
    sup::SendCrisisReferralRequest request;
    request.set_parent("agencies/ps-york");
    request.set_catchment("oshawa");
    *request.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_REFERRAL, to_agency);
    request.mutable_handed()->set_age_band(sup::AGE_BAND_UNDER_16);
    request.mutable_handed()->set_needs("what-she-needs");
    request.mutable_handed()->mutable_safe_contact()->set_channel(sup::CONTACT_CHANNEL_PHONE);
    request.mutable_handed()->mutable_safe_contact()->set_reach("416 555 0100");
    return request;
  }
  std::string RuleOfSending(const sup::SendCrisisReferralRequest& request) {
    return RuleOf(
        AsPolice<sup::SupportReferral>("CrisisReferralService/SendCrisisReferral", request).status());
  }

  const AgencyClient york_, durham_, program_, police_;
};

// The official list is not available, so these partners are made up, at agencies that the registry knows.
TEST_F(SupportScenarios, SeedRow15_FortySevenPartnersAreFundedAndOneMoreIsAContradiction) {
  const std::vector<std::string> agencies = {"vs-vcao-toronto",  "vs-vcao-york",    "vs-vcao-hn",
                                             "vs-vcao-peel",     "vs-vcao-durham",  "vs-vcao-waterloo",
                                             "vs-vcao-hamilton", "vs-vcao-niagara", "vs-vcao-halton"};
  sup::CreateCrisisPartnerRequest request;
  request.set_parent("agencies/vs-ovs");
  request.mutable_crisis_partner()->set_funded_from("2017-02-23");
  request.mutable_crisis_partner()->set_source("made up for a test");
  int contradictions = 0;
  // The first partner exists already.
  for (int i = 2; i <= 48; ++i) {
    request.mutable_crisis_partner()->set_partner_agency(agencies[i % agencies.size()]);
    request.mutable_crisis_partner()->clear_catchment();
    request.mutable_crisis_partner()->add_catchment(absl::StrCat("place-", i));
    const auto made =
        Must<sup::CrisisPartner>(program_, "program", "CrisisPartnerService/CreateCrisisPartner", request);
    EXPECT_EQ(made.contradicts_attestation(), i == 48) << i;
    contradictions += made.contradicts_attestation() ? 1 : 0;
  }
  EXPECT_EQ(contradictions, 1);
  sup::ListCrisisPartnersRequest list;
  list.set_page_size(100);
  EXPECT_EQ(
      Must<sup::ListCrisisPartnersResponse>(york_, "worker", "CrisisPartnerService/ListCrisisPartners", list)
          .crisis_partners_size(),
      48);
  list.set_catchment("place-47");
  EXPECT_EQ(
      Must<sup::ListCrisisPartnersResponse>(york_, "worker", "CrisisPartnerService/ListCrisisPartners", list)
          .crisis_partners_size(),
      1);
}

TEST_F(SupportScenarios, E15_PoliceSendASurvivorToThePartnerOfThePlace) {
  sup::ListCrisisPartnersRequest serving;
  serving.set_catchment("oshawa");
  const auto partners =
      AsPolice<sup::ListCrisisPartnersResponse>("CrisisPartnerService/ListCrisisPartners", serving);
  ASSERT_OK(partners);
  ASSERT_EQ(partners->crisis_partners_size(), 1);
  EXPECT_EQ(partners->crisis_partners(0).partner_agency(), "vs-vcao-durham");
  EXPECT_EQ(RuleOfSending(Sending("vs-nowhere")), "AGENCY_UNKNOWN");
  EXPECT_EQ(RuleOfSending(Sending("vs-vcao-york")), "FIELD_INVALID") << "it does not serve the place";

  const auto sent =
      AsPolice<sup::SupportReferral>("CrisisReferralService/SendCrisisReferral", Sending("vs-vcao-durham"));
  ASSERT_OK(sent);
  EXPECT_FALSE(sent->has_handed());
  auto received = ReadReferral("receiver", *sent);
  ASSERT_OK(received);
  EXPECT_EQ(received->handed().needs(), "what-she-needs");
  EXPECT_FALSE(received->handed().has_safe_contact()) << "the consent does not name it";
  sup::AdvanceSupportReferralRequest acknowledge;
  acknowledge.set_event("acknowledge");
  Move(durham_, "receiver", "SupportReferralService/AdvanceSupportReferral", &*received, acknowledge);
  sup::GetSupportReferralRequest get;
  get.set_name(sent->name());
  const auto seen = AsPolice<sup::SupportReferral>("SupportReferralService/GetSupportReferral", get);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->state(), sup::SUPPORT_REFERRAL_STATE_ACKNOWLEDGED);
  EXPECT_FALSE(seen->has_handed());
}

TEST_F(SupportScenarios, E15_AChildWhoseGuardianIsNotSafeGoesToTheManagerAndIsNotRefused) {
  sup::SendCrisisReferralRequest request = Sending("vs-vcao-durham");
  request.set_guardian_involved(sup::GUARDIAN_INVOLVED_UNSAFE);
  request.mutable_consent()->set_given_by(sup::CONSENT_GIVEN_BY_GUARDIAN);
  EXPECT_EQ(RuleOfSending(request), "GUARDIAN_UNSAFE");
  request.mutable_consent()->set_given_by(sup::CONSENT_GIVEN_BY_SELF);
  const auto sent = AsPolice<sup::SupportReferral>("CrisisReferralService/SendCrisisReferral", request);
  ASSERT_OK(sent);
  EXPECT_EQ(RuleOf(ReadReferral("receiver", *sent).status()), "NOT_FOUND");
  auto read = ReadReferral("manager", *sent);
  ASSERT_OK(read);
  EXPECT_TRUE(read->for_manager());
  sup::AdvanceSupportReferralRequest acknowledge;
  acknowledge.set_event("acknowledge");
  Move(durham_, "manager", "SupportReferralService/AdvanceSupportReferral", &*read, acknowledge);
}

TEST_F(SupportScenarios, E16_BeforeAChargeTheWitnessProgramNamesThePartnerOfThePlace) {
  sup::CreateSupportCaseRequest request = NewCase();
  request.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VWAP);
  request.set_catchment("oshawa");
  const auto refused =
      Call<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", request).status();
  EXPECT_EQ(RuleOf(refused), "CHARGE_NOT_LAID");
  EXPECT_NE(refused.message().find("vs-vcao-durham"), std::string::npos) << refused;
  request.mutable_support_case()->set_charge_laid(sup::CHARGE_LAID_YES);
  EXPECT_OK(Call<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", request));
}

// Everybody in these applications is made up.
TEST_F(SupportScenarios, E12_AnApplicationOnBehalfRestsOnAConsentAndIsAgainstARespondentOfOntario) {
  const auto item =
      Must<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", NewCase());
  sup::PrepareRestrainingOrderRequest prepare;
  prepare.set_support_case(item.name());
  auto* order = prepare.mutable_restraining_order();
  order->set_applicant(sup::ORDER_APPLICANT_ON_BEHALF_WITH_CONSENT);
  order->mutable_respondent()->set_full_name("Zoltan Invented");
  order->mutable_respondent()->set_birth_date("1988-02-29");
  order->set_respondent_in_ontario(true);
  const auto prepared = [&] {
    return Call<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/PrepareRestrainingOrder",
                                       prepare);
  };
  const auto filed = [&](const sup::RestrainingOrder& of) {
    sup::AdvanceRestrainingOrderRequest file;
    file.set_name(of.name());
    file.set_etag(of.etag());
    file.set_event("file");
    file.set_on(Days(0));
    return RuleOf(
        Call<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/AdvanceRestrainingOrder", file)
            .status());
  };
  const auto without = prepared();
  ASSERT_OK(without);
  EXPECT_EQ(filed(*without), "CONSENT_NOT_LIVE");
  sup::CreateConsentRequest agree;
  agree.set_parent(item.name());
  *agree.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_ORDER_APPLICATION);
  auto consent = Must<sup::Consent>(york_, "worker", "ConsentService/CreateConsent", agree);
  order->set_consent(consent.name());
  const auto in_time = prepared(), too_late = prepared();
  ASSERT_OK(in_time);
  ASSERT_OK(too_late);
  EXPECT_EQ(filed(*in_time), "");
  sup::WithdrawConsentRequest withdraw;
  withdraw.set_withdrawal_channel(sup::WITHDRAWAL_CHANNEL_ORAL);
  Move(york_, "worker", "ConsentService/WithdrawConsent", &consent, withdraw);
  EXPECT_EQ(filed(*too_late), "CONSENT_NOT_LIVE");
  order->set_applicant(sup::ORDER_APPLICANT_VICTIM);
  order->clear_consent();
  order->set_respondent_in_ontario(false);
  const auto elsewhere = prepared();
  EXPECT_EQ(elsewhere.ok() ? filed(*elsewhere) : RuleOf(elsewhere.status()), "RESPONDENT_OUTSIDE_ONTARIO");
}

TEST_F(SupportScenarios, ASurvivorWhoMovesOnIsHandedOverWithWhatTheConsentNamesAlone) {
  auto item = Must<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", NewCase());
  sup::AssignSupportCaseWorkerRequest assign;
  assign.set_worker("manager");
  Move(york_, "manager", "SupportCaseService/AssignSupportCaseWorker", &item, assign);
  sup::CreateConsentRequest agree;
  agree.set_parent(item.name());
  *agree.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_REFERRAL, "vs-vcao-durham");
  sup::OfferSupportTransferRequest offer;
  offer.set_consent(Must<sup::Consent>(york_, "worker", "ConsentService/CreateConsent", agree).name());
  const auto offered =
      Must<sup::SupportReferral>(york_, "manager", "SupportTransferService/OfferSupportTransfer", offer);
  sup::AcceptSupportTransferRequest accept;
  accept.set_name(offered.name());
  accept.set_etag(offered.etag());
  accept.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
  accept.mutable_support_case()->set_subject_ref("another-reference-1");
  *accept.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
  const auto taken =
      Must<sup::SupportCase>(durham_, "manager", "SupportTransferService/AcceptSupportTransfer", accept);
  EXPECT_EQ(taken.needs(), "what-she-needs");
  EXPECT_EQ(taken.subject_ref(), "another-reference-1");
  const auto left = ReadCase(york_, "worker", item);
  ASSERT_OK(left);
  EXPECT_TRUE(left->transferred());
  EXPECT_EQ(left->state(), sup::SUPPORT_CASE_STATE_CLOSED);
  EXPECT_EQ(RuleOf(ReadCase(york_, "worker", taken).status()), "NOT_FOUND");
  EXPECT_EQ(RuleOf(ReadCase(durham_, "manager", item).status()), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::e2e
