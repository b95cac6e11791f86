// In these tests a survivor withdraws, where she is supported, the consent to a link with a prosecution. The
// link then ends at the Crown through the gateway, even if that service was down meanwhile.

#include "accord/host/v1/status.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/prosecution/v1/link_service.pb.h"
#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "tests/e2e/case.h"
#include "tests/e2e/consent.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace pros = accord::prosecution::v1;
namespace sup = accord::supports::v1;

class SupportLinks : public ServiceRows {
 protected:
  SupportLinks()
      : ServiceRows("supports", "victim_support"),
        team_(Enrol("cr-phtpt", {{"coordinator", ROLE_CROWN_COORDINATOR}})),
        newmarket_(Enrol("vs-vwap-newmarket", {{"worker", ROLE_VWAP_WORKER}, {"desk", ROLE_VS_WORKER}})) {}

  // This gives the link that the Crown makes once the survivor has agreed.
  pros::LinkToken Linked() {
    pros::CreateCaseRequest opening;
    opening.set_parent("agencies/cr-phtpt");
    opening.set_request_id(RequestId());
    opening.mutable_case_()->set_court_region("central-east");
    opening.mutable_case_()->set_police_service("ps-york");
    opening.mutable_case_()->set_information_number(absl::StrCat("26-", ++informations_));
    opening.mutable_case_()->set_team_flag(true);
    opening.mutable_case_()->add_victims()->set_ref("the-survivor-1");
    const auto item = Prosecute<pros::Case>("CaseService/CreateCase", opening);
    pros::CreateLinkTokenRequest link;
    link.set_parent("agencies/cr-phtpt");
    link.set_request_id(RequestId());
    link.mutable_link_token()->set_case_(item.name());
    link.mutable_link_token()->set_victim("v1");
    link.mutable_link_token()->set_support_agency("vs-vwap-newmarket");
    link.mutable_link_token()->set_consent_on(Days(0));
    link.mutable_link_token()->set_expires_on(Days(30));
    return Prosecute<pros::LinkToken>("LinkService/CreateLinkToken", link);
  }
  template <class Res, class Req>
  Res Prosecute(const std::string& method, const Req& request) {
    auto result = team_.Call<Res>("/accord.prosecution.v1." + method, "coordinator", "prosecution", request);
    EXPECT_OK(result) << method << ": " << result.status();
    return result.value_or(Res());
  }
  // This gives the survivor's consent, on which the link rests.
  sup::Consent Consented(const pros::LinkToken& link) {
    sup::CreateSupportCaseRequest opening;
    opening.set_parent("agencies/vs-vwap-newmarket");
    opening.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VWAP);
    opening.mutable_support_case()->set_charge_laid(sup::CHARGE_LAID_YES);
    opening.mutable_support_case()->set_subject_ref("the-survivor-1");
    *opening.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
    const auto item =
        Must<sup::SupportCase>(newmarket_, "worker", "SupportCaseService/CreateSupportCase", opening);
    sup::CreateConsentRequest give;
    give.set_parent(item.name());
    *give.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_LINK_PROSECUTION);
    give.mutable_consent()->set_recipient_agency("vs-vcao-york");
    EXPECT_EQ(RuleOf(Call<sup::Consent>(newmarket_, "worker", "ConsentService/CreateConsent", give).status()),
              "AGENCY_OF_OTHER_KIND");
    give.mutable_consent()->set_recipient_agency("cr-phtpt");
    auto consent = Must<sup::Consent>(newmarket_, "worker", "ConsentService/CreateConsent", give);
    sup::RecordConsentLinkRequest note;
    note.set_link_token(link.name());
    Move(newmarket_, "worker", "ConsentService/RecordConsentLink", &consent, note);
    return consent;
  }
  // This withdraws the consent on the survivor's word, which any worker of the agency may take.
  void Withdraw(sup::Consent* consent) {
    sup::WithdrawConsentRequest withdraw;
    withdraw.set_withdrawal_channel(sup::WITHDRAWAL_CHANNEL_ORAL);
    Move(newmarket_, "desk", "ConsentService/WithdrawConsent", consent, withdraw);
  }
  absl::Status Open(const pros::LinkToken& link) {
    pros::GetLinkedCaseRequest open;
    open.set_name(link.name());
    return newmarket_
        .Call<pros::GetLinkedCaseResponse>("/accord.prosecution.v1.LinkService/GetLinkedCase", "worker",
                                           "victim_support", open)
        .status();
  }
  sup::Revocation RevocationOf(const sup::Consent& consent) {
    sup::GetConsentRequest get;
    get.set_name(consent.name());
    return Must<sup::Consent>(newmarket_, "worker", "ConsentService/GetConsent", get).link_revocation();
  }

  const AgencyClient team_, newmarket_;
  int informations_ = 0;
};

TEST_F(SupportLinks, SeedRow17_ALinkIsDeadWithinSecondsOfAWithdrawalAtTheSupportAgency) {
  EnrolAtGateway("supports", "relay", ROLE_PLATFORM_SERVICE);
  const pros::LinkToken link = Linked();
  sup::Consent consent = Consented(link);
  ASSERT_OK(Open(link));
  Withdraw(&consent);
  EXPECT_TRUE(Eventually([&] { return RuleOf(Open(link)) == "NOT_FOUND"; }, absl::Seconds(5)));
  EXPECT_TRUE(Eventually([&] { return RevocationOf(consent) == sup::REVOCATION_DONE; }, absl::Seconds(5)));
}

TEST_F(SupportLinks, SeedRow17_ALinkIsDeadWhenTheProsecutionsServiceIsBackThatWasDownAtTheWithdrawal) {
  EnrolAtGateway("supports", "relay", ROLE_PLATFORM_SERVICE);
  const pros::LinkToken link = Linked();
  sup::Consent consent = Consented(link);
  stack_.Kill("prosecution");
  Withdraw(&consent);
  EXPECT_EQ(consent.link_revocation(), sup::REVOCATION_PENDING);
  // The request is repeated, and is shown as pending while nobody answers.
  EXPECT_EQ(RevocationOf(consent), sup::REVOCATION_PENDING);
  const auto status = stack_.Console().Call<host::v1::ServiceStatus>(
      "/accord.supports.v1.StatusService/GetServiceStatus", "admin", "administration",
      host::v1::GetServiceStatusRequest());
  ASSERT_OK(status);
  EXPECT_GE(status->overdue(), 1) << "whoever operates Accord sees that something waits";
  stack_.Launch("prosecution");
  EXPECT_TRUE(Eventually([&] { return RevocationOf(consent) == sup::REVOCATION_DONE; }, absl::Seconds(60)));
  EXPECT_EQ(RuleOf(Open(link)), "NOT_FOUND");
}

TEST_F(SupportLinks, WaitForTheServicesIdentityAndAreDeadOnceTheOfficeHasEnrolledIt) {
  const pros::LinkToken link = Linked();
  sup::Consent consent = Consented(link);
  Withdraw(&consent);
  EXPECT_EQ(RevocationOf(consent), sup::REVOCATION_PENDING);
  EnrolAtGateway("supports", "relay", ROLE_PLATFORM_SERVICE);
  EXPECT_TRUE(Eventually([&] { return RevocationOf(consent) == sup::REVOCATION_DONE; }, absl::Seconds(60)));
  EXPECT_EQ(RuleOf(Open(link)), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::e2e
