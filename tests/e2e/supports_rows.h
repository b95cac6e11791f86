// This is a case of a made-up survivor, and what tests do with it through the gateway.
#ifndef ACCORD_TESTS_E2E_SUPPORTS_ROWS_H_
#define ACCORD_TESTS_E2E_SUPPORTS_ROWS_H_

#include <string>

#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/order_lookup_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "tests/e2e/case.h"
#include "tests/e2e/consent.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {

namespace sup = accord::supports::v1;

class Supports : public ServiceRows {
 protected:
  Supports()
      : ServiceRows("supports", "victim_support"),
        york_(Enrol("vs-vcao-york", {{"worker", ROLE_VS_WORKER}, {"colleague", ROLE_VS_WORKER}})),
        durham_(Enrol("vs-vcao-durham", {{"receiver", ROLE_VS_WORKER}})) {}

  // Whatever a test did, no database, log or configuration holds the words that it planted.
  void TearDown() override {
    const auto written = stack_.Written();
    EXPECT_GT(written.size(), 12u);
    for (const auto& [place, text] : written) {
      for (const char* planted : {"the-survivor-1", "what-she-needs", "416 555 0100", "Canary Street",
                                  "Zoltan Invented", "26-order-4711"}) {
        EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
      }
    }
  }

  sup::SupportCase Opened() {
    sup::CreateSupportCaseRequest request;
    request.set_parent("agencies/vs-vcao-york");
    request.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
    request.mutable_support_case()->set_subject_ref("the-survivor-1");
    request.mutable_support_case()->set_needs("what-she-needs");
    request.mutable_support_case()->mutable_safe_contact()->set_channel(sup::CONTACT_CHANNEL_PHONE);
    request.mutable_support_case()->mutable_safe_contact()->set_reach("416 555 0100");
    *request.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
    return Must<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", request);
  }
  sup::CreateConsentRequest ToRefer(const sup::SupportCase& of, const std::string& agency) {
    sup::CreateConsentRequest request;
    request.set_parent(of.name());
    *request.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_REFERRAL);
    request.mutable_consent()->set_recipient_agency(agency);
    request.mutable_consent()->add_data(sup::CONSENTED_DATA_NEEDS);
    return request;
  }
  sup::SupportReferral Sent(const sup::Consent& consent, sup::ReferralKind kind) {
    sup::SendSupportReferralRequest request;
    request.set_consent(consent.name());
    request.set_kind(kind);
    return Must<sup::SupportReferral>(york_, "worker", "SupportReferralService/SendSupportReferral", request);
  }
  absl::StatusOr<sup::SupportReferral> Read(const AgencyClient& client, const std::string& actor,
                                            const sup::SupportReferral& referral) {
    sup::GetSupportReferralRequest request;
    request.set_name(referral.name());
    return Call<sup::SupportReferral>(client, actor, "SupportReferralService/GetSupportReferral", request);
  }

  // This gives an application that was filed today; everybody in it is made up.
  sup::RestrainingOrder Filed() {
    sup::PrepareRestrainingOrderRequest request;
    request.set_support_case(Opened().name());
    auto* order = request.mutable_restraining_order();
    order->set_applicant(sup::ORDER_APPLICANT_VICTIM);
    order->mutable_respondent()->set_full_name("Zoltan Invented");
    order->mutable_respondent()->set_birth_date("1988-02-29");
    order->set_respondent_in_ontario(true);
    auto filed = Must<sup::RestrainingOrder>(york_, "worker",
                                             "RestrainingOrderService/PrepareRestrainingOrder", request);
    sup::AdvanceRestrainingOrderRequest file;
    file.set_event("file");
    file.set_on(Days(0));
    Move(york_, "worker", "RestrainingOrderService/AdvanceRestrainingOrder", &filed, file);
    return filed;
  }
  sup::GrantRestrainingOrderRequest GrantOf(const sup::RestrainingOrder& order, const std::string& made_on,
                                            const std::string& expires_on) {
    sup::GrantRestrainingOrderRequest request;
    request.set_name(order.name());
    request.set_etag(order.etag());
    request.set_made_on(made_on);
    request.set_expires_on(expires_on);
    request.set_court("Newmarket");
    request.set_court_file_no("26-order-4711");
    request.add_conditions()->set_kind(sup::ORDER_CONDITION_KIND_STAY_AWAY);
    return request;
  }
  // Police state another purpose than those who support victims.
  template <class Res, class Req>
  absl::StatusOr<Res> AsPolice(const AgencyClient& police, const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return police.Call<Res>("/accord.supports.v1." + method, "member", "criminal_investigation", request);
  }
  absl::StatusOr<sup::OrderLookup> LookUp(const AgencyClient& police, const std::string& agency,
                                          const std::string& name) {
    sup::CreateOrderLookupRequest request;
    request.set_parent("agencies/" + agency);
    request.mutable_order_lookup()->set_reason(sup::ORDER_LOOKUP_REASON_ENFORCEMENT);
    request.mutable_order_lookup()->set_respondent_name(name);
    request.mutable_order_lookup()->set_birth_date("1988-02-29");
    return AsPolice<sup::OrderLookup>(police, "OrderLookupService/CreateOrderLookup", request);
  }

  const AgencyClient york_, durham_;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_SUPPORTS_ROWS_H_
