// This fixture calls the handlers of this service as workers of several victim services.
#ifndef ACCORD_SERVICES_SUPPORTS_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_SUPPORTS_TESTING_FIXTURE_H_

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "common/access/names.h"
#include "common/testing/callers.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"
#include "services/supports/services.h"
#include "services/supports/supports_store.h"

namespace accord::supports {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

class SupportsFixture : public testing::ServiceFixture<SupportsServices> {
 protected:
  // An empty `dsn` stands for SQLite.
  explicit SupportsFixture(const std::string& dsn = "")
      : SupportsFixture(dsn, testing::SourceMessage<v1::RuleSet>("services/supports/data/rules.textproto")) {}
  // This constructor takes other rules than those that are delivered.
  SupportsFixture(const std::string& dsn, v1::RuleSet rules)
      : ServiceFixture(SupportsMigrations(), dsn, std::move(rules)) {
    On("2026-11-24");
  }

  // This gives a case of vs-york in this state, in which its worker and its assistant work.
  static v1::SupportCase CaseIn(const std::string& state, const std::string& id) {
    v1::SupportCase of;
    of.set_name("agencies/vs-york/supportCases/" + id);
    of.set_program(v1::SUPPORT_PROGRAM_VCAO);
    of.set_subject_ref("person-1");
    of.set_state(static_cast<v1::SupportCaseState>(*FromShortName(v1::SupportCaseState_descriptor(), state)));
    of.add_workers("worker");
    of.add_workers("assistant");
    return of;
  }
  static Caller Support(const std::string& agency, const std::string& actor,
                        Role role = annotations::v1::ROLE_VS_WORKER,
                        Purpose purpose = annotations::v1::PURPOSE_VICTIM_SUPPORT) {
    return {agency, annotations::v1::AGENCY_KIND_VICTIM_SERVICES, "cms", actor, {role}, purpose};
  }
  const Caller worker_ = Support("vs-york", "worker");
  // The colleague is of the same agency, and works in no case.
  const Caller colleague_ = Support("vs-york", "colleague");
  const Caller manager_ = Support("vs-york", "manager", annotations::v1::ROLE_VS_MANAGER);
  const Caller privacy_ = Support("vs-york", "privacy", annotations::v1::ROLE_PRIVACY_OFFICER,
                                  annotations::v1::PURPOSE_PRIVACY_REVIEW);
  // One of these agencies gets referrals of the survivor, and the other one does not.
  const Caller receiver_ = Support("vs-durham", "receiver");
  const Caller stranger_ = Support("vs-peel", "stranger");
  const Caller office_ = testing::OfficeStaff();

  static v1::Consent NewConsent(v1::ConsentPurpose purpose, const std::string& expires_on = "2027-11-24") {
    v1::Consent consent;
    consent.set_purpose(purpose);
    consent.set_form_version("2026-1");
    consent.set_language("fr");
    consent.set_given_by(v1::CONSENT_GIVEN_BY_SELF);
    consent.set_given_on("2026-11-24");
    consent.set_expires_on(expires_on);
    return consent;
  }
  // This makes a consent to one agency, which hears what the survivor needs and how to reach him or her.
  static v1::Consent ToRefer(const std::string& agency = "vs-durham",
                             const std::string& expires_on = "2027-11-24") {
    v1::Consent consent = NewConsent(v1::CONSENT_PURPOSE_REFERRAL, expires_on);
    consent.set_recipient_agency(agency);
    consent.add_data(v1::CONSENTED_DATA_NEEDS);
    consent.add_data(v1::CONSENTED_DATA_SAFE_CONTACT);
    return consent;
  }
  // This gives the consent today, whatever day that is.
  v1::Consent Today(v1::Consent consent) {
    consent.set_given_on(FormatDay(OntarioDay(in_process_.clock().Now())));
    return consent;
  }
  v1::CreateSupportCaseRequest NewCase(const std::string& agency = "vs-york") {
    v1::CreateSupportCaseRequest request;
    request.set_parent("agencies/" + agency);
    auto* item = request.mutable_support_case();
    item->set_program(v1::SUPPORT_PROGRAM_VCAO);
    item->set_subject_ref("SUBJECT-WORDS-1");
    item->set_age_band(v1::AGE_BAND_ADULT);
    item->set_language("LANGUAGE-WORDS");
    item->set_needs("NEEDS-WORDS");
    item->set_safety("SAFETY-WORDS");
    item->mutable_safe_contact()->set_channel(v1::CONTACT_CHANNEL_PHONE);
    item->mutable_safe_contact()->set_reach("416 555 0100");
    item->mutable_safe_contact()->set_code_word("CODE-WORDS");
    *request.mutable_services_consent() = Today(NewConsent(v1::CONSENT_PURPOSE_SERVICES));
    return request;
  }
  v1::SupportCase Opened() { return Must(Call<v1::SupportCase>(worker_, NewCase())); }
  std::string Give(const v1::SupportCase& of, const v1::Consent& consent, v1::Consent* kept = nullptr) {
    v1::CreateConsentRequest request;
    request.set_parent(of.name());
    *request.mutable_consent() = consent;
    return Rule(Call<v1::Consent>(worker_, request), kept);
  }
  v1::Consent Given(const v1::SupportCase& of, const v1::Consent& consent) {
    v1::Consent kept;
    EXPECT_EQ(Give(of, Today(consent), &kept), "");
    return kept;
  }
  std::string Withdraw(const Caller& caller, v1::Consent* consent) {
    v1::WithdrawConsentRequest request;
    request.set_withdrawal_channel(v1::WITHDRAWAL_CHANNEL_ORAL);
    return Move(caller, consent, request);
  }
  std::vector<v1::Consent> ConsentsOf(const v1::SupportCase& of) {
    v1::ListConsentsRequest request;
    request.set_support_case(of.name());
    const auto page = Must(Call<v1::ListConsentsResponse>(worker_, request));
    return {page.consents().begin(), page.consents().end()};
  }
  std::string Send(const v1::Consent& consent, v1::SupportReferral* sent = nullptr,
                   v1::ReferralKind kind = v1::REFERRAL_KIND_SERVICE) {
    v1::SendSupportReferralRequest request;
    request.set_consent(consent.name());
    request.set_kind(kind);
    return Rule(Call<v1::SupportReferral>(worker_, request), sent);
  }
  v1::SupportReferral Sent(const v1::Consent& consent) {
    v1::SupportReferral sent;
    EXPECT_EQ(Send(consent, &sent), "");
    return sent;
  }
  // This gives the reason why somebody does not read a record. It is empty if they do, and then `read` is
  // the record.
  std::string UnreadCase(const std::string& name, const Caller& caller, v1::SupportCase* read = nullptr) {
    v1::GetSupportCaseRequest request;
    request.set_name(name);
    return Rule(Call<v1::SupportCase>(caller, request), read);
  }
  std::string UnreadConsent(const std::string& name, const Caller& caller, v1::Consent* read = nullptr) {
    v1::GetConsentRequest request;
    request.set_name(name);
    return Rule(Call<v1::Consent>(caller, request), read);
  }
  std::string Unread(const std::string& name, const Caller& caller, v1::SupportReferral* read = nullptr) {
    v1::GetSupportReferralRequest request;
    request.set_name(name);
    return Rule(Call<v1::SupportReferral>(caller, request), read);
  }
  // This gives the referrals that the caller's agency has received and reads now, one on each page.
  std::vector<v1::SupportReferral> Received(const Caller& caller) {
    std::vector<v1::SupportReferral> received;
    v1::ListSupportReferralsRequest request;
    request.set_page_size(1);
    do {
      const auto page = Must(Call<v1::ListSupportReferralsResponse>(caller, request));
      received.insert(received.end(), page.support_referrals().begin(), page.support_referrals().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return received;
  }
  std::string Answer(const Caller& caller, v1::SupportReferral* referral, const std::string& event,
                     const std::string& reason = "") {
    v1::AdvanceSupportReferralRequest request;
    request.set_event(event);
    request.set_reason(reason);
    return Move(caller, referral, request);
  }
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_TESTING_FIXTURE_H_
