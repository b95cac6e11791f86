#include "services/protocols/referrals/referral_checks.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/protocols/parties.h"

namespace accord::protocols {

using v1::Referral;

bool IsIndigenous(const Referral& referral) {
  return referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_FIRST_NATIONS ||
         referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_INUIT ||
         referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_METIS;
}

absl::Status CheckSidesSigned(const v1::Protocol& protocol, const Referral& referral,
                              const std::string& sender, const Territories& territories) {
  const auto signed_by = [&](const std::string& agency) { return SignatoryOf(protocol, agency) != nullptr; };
  const bool outside = referral.staff_suspect() && signed_by(referral.implicated_agency());
  if (!signed_by(sender) || (!signed_by(referral.to_agency()) && !outside)) {
    return Refuse(rules::kSidesNotSignatories, "Sender and receiver must both have signed the protocol.");
  }
  if (!signed_by(referral.to_agency()) && !territories.Serves(referral.to_agency())) {
    return RefuseField(rules::kReceiverUnknown, "referral.to_agency",
                       "is no society or police service that is known");
  }
  return absl::OkStatus();
}

absl::Status CheckSuspectedStaff(const Referral& referral, const v1::Protocol& protocol,
                                 const Territories& territories) {
  const std::string& implicated = referral.implicated_agency();
  if (referral.staff_suspect() == implicated.empty()) {
    return Refuse(rules::kImplicatedAgency, "staff_suspect and implicated_agency go together.");
  }
  if (!referral.staff_suspect()) return absl::OkStatus();
  if (implicated == referral.to_agency()) {
    return Refuse(rules::kReceiverIsImplicated,
                  "An agency whose staff is suspected does not receive the referral.");
  }
  if (SignatoryOf(protocol, implicated) == nullptr && !territories.Serves(implicated)) {
    return RefuseField(rules::kImplicatedUnknown, "referral.implicated_agency",
                       "is no society or police service that is known");
  }
  return absl::OkStatus();
}

absl::Status CheckServiceReferral(const Referral& referral) {
  const bool service = referral.kind() == v1::REFERRAL_KIND_SERVICE_REFERRAL;
  if (service != (referral.service() != v1::SERVICE_KIND_UNSPECIFIED)) {
    return Refuse(rules::kServiceKind, "A service referral, and nothing else, names its service.");
  }
  if (service && !referral.consent_given()) {
    return Refuse(rules::kConsentRequired,
                  "A youth is referred to a service with consent: record consent_given.");
  }
  return absl::OkStatus();
}

absl::Status CheckReferralBirthDate(Referral* referral, absl::CivilDay event_day) {
  const auto born = ParseDay(referral->birth_date());
  referral->clear_birth_date();  // The birth date is compared with the band and not kept.
  if (!born) return absl::OkStatus();
  int age = static_cast<int>(event_day.year() - born->year());
  if (absl::CivilDay(event_day.year(), born->month(), born->day()) > event_day) --age;
  const v1::AgeBand band = age < 12   ? v1::AGE_BAND_UNDER_12
                           : age < 16 ? v1::AGE_BAND_12_15
                           : age < 18 ? v1::AGE_BAND_16_17
                                      : v1::AGE_BAND_18_PLUS;
  if (age >= 0 && band == referral->age_band()) return absl::OkStatus();
  return Refuse(rules::kAgeBandContradictsBirthDate,
                "On event_date a person born then is in another age_band.");
}

absl::Status CheckPhoneContact(const Referral& referral, absl::Time latest) {
  if (!referral.has_phone_contact_at()) {
    if (referral.urgency() != v1::URGENCY_IMMEDIATE) return absl::OkStatus();
    return Refuse(rules::kPhoneContactRequired,
                  "An immediate referral follows a telephone call: give phone_contact_at.");
  }
  const absl::Time at = FromProto(referral.phone_contact_at());
  if (at > latest) {
    return Refuse(
        rules::kPhoneContactInFuture,
        "phone_contact_at cannot come after now, nor after an immediate referral that followed it.");
  }
  const auto learnt = ParseDay(referral.event_date());
  if (learnt && OntarioDay(at) < *learnt) {
    return Refuse(rules::kPhoneContactBeforeEvent, "phone_contact_at cannot come before event_date.");
  }
  return absl::OkStatus();
}

absl::Status CheckCommunityNotice(const Referral& referral) {
  const bool required = referral.community_notice_required() || IsIndigenous(referral);
  if (!required || referral.has_community_notice()) return absl::OkStatus();
  return Refuse(
      rules::kCommunityNoticeRequired,
      "Record first that the community was told, that the youth refused it, or why it is deferred.");
}

absl::Status CheckCorrection(const Referral& before, const Referral& after, absl::Time now) {
  const bool immediate = after.urgency() == v1::URGENCY_IMMEDIATE;
  ACCORD_RETURN_IF_ERROR(CheckPhoneContact(after, immediate ? FromProto(after.create_time()) : now));
  // Lowering the urgency must not remove the telephone call either.
  if (before.has_phone_contact_at() && !after.has_phone_contact_at()) {
    return Refuse(rules::kFieldRequired,
                  "phone_contact_at cannot be empty: a call that was made is corrected and not taken back.");
  }
  const bool fresh =
      before.state() == v1::REFERRAL_STATE_SUBMITTED || before.state() == v1::REFERRAL_STATE_ACKNOWLEDGED;
  if (!fresh && IsIndigenous(before) && !IsIndigenous(after)) {
    return Refuse(rules::kIdentityStands,
                  "Once it is screened, what obliges to tell the child's community is not taken back.");
  }
  return absl::OkStatus();
}

absl::Status CheckNoDutyToReport(const Referral& referral) {
  if (referral.kind() != v1::REFERRAL_KIND_DUTY_TO_REPORT) return absl::OkStatus();
  return Refuse(rules::kDutyToReportStands,
                "A duty to report can be corrected, never taken back or declined.");
}

}  // namespace accord::protocols
