// This file says how a referral is sent: what sender, receiver, protocol and law must permit, and what
// follows from them.
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/base/opaque_reference.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/oversight/sending_rate_store.h"
#include "services/protocols/parties.h"
#include "services/protocols/referrals/referral_checks.h"
#include "services/protocols/referrals/referral_end.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_law.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;

// This requires that sender and receiver signed the protocol. If the staff of a signatory is suspected, an
// outside society or police service may receive the referral instead.
absl::Status CheckSides(const v1::Protocol& protocol, const Referral& referral, const std::string& sender,
                        const Territories& territories) {
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

absl::Status CheckSuspect(const Referral& referral, const v1::Protocol& protocol,
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

absl::Status CheckService(const Referral& referral) {
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

// This requires that the birth date, if there is one, fits the age band on the day of the event.
absl::Status CheckBirthDate(Referral* referral, absl::CivilDay event_day) {
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

}  // namespace

absl::Status ReferralService::Admit(host::Call& call, Tx& tx, Referral* referral) {
  const std::string& sender = call.caller().agency;
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay event_day = *ParseDay(referral->event_date());
  ACCORD_RETURN_IF_ERROR(CheckDayHasCome("referral.event_date", referral->event_date(), today));
  if (referral->to_agency() == sender)
    return Refuse(rules::kReceiverIsSender, "A referral goes to another agency.");

  ACCORD_RETURN_IF_ERROR(CheckBirthDate(referral, event_day));
  ACCORD_RETURN_IF_ERROR(CheckService(*referral));
  v1::Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, referral->protocol(), sender, &protocol));
  ACCORD_RETURN_IF_ERROR(CheckSuspect(*referral, protocol, *territories_));
  ACCORD_ASSIGN_OR_RETURN(const bool stands, OperativeOn(tx, &protocols_, protocol, today));
  if (!stands) {
    return Refuse(rules::kProtocolNotInForce, "The protocol, or the one that it adds to, is not in force.");
  }
  ACCORD_RETURN_IF_ERROR(CheckSides(protocol, *referral, sender, *territories_));
  referral->set_protocol_version(protocol.version());
  ACCORD_RETURN_IF_ERROR(CheckPhoneContact(*referral, call.now()));
  referral->set_community_notice_required(IsIndigenous(*referral));

  if (referral->kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT) {
    if (!GoesToSociety(protocol, *referral)) {
      return Refuse(rules::kDutyToReportToSociety, "The duty to report is met by a report to a society.");
    }
    if (referral->ground_code().empty())
      return Refuse(rules::kGroundRequired, "A duty to report names its ground.");
  }
  if (!referral->ground_code().empty() && rules_->GroundOn(referral->ground_code(), event_day) == nullptr) {
    return Refuse(rules::kGroundNotInForce, "No such ground was in force on event_date.");
  }
  ApplyAgeRule(rules_->Age(referral->age_band(), event_day), referral);
  return StartClocks(call.now(), GoesToSociety(protocol, *referral), referral);
}

bool ReferralService::GoesToSociety(const v1::Protocol& protocol, const Referral& referral) const {
  const auto* receiver = SignatoryOf(protocol, referral.to_agency());
  return receiver != nullptr ? IsSociety(receiver->capacity())
                             : territories_->IsSociety(referral.to_agency());
}

ReferralService::Result ReferralService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateReferralRequest& request) {
  Referral referral = request.referral();
  ACCORD_RETURN_IF_ERROR(
      CheckOpaqueReference("referral.subject_ref", referral.subject_ref(), OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(Admit(call, tx, &referral));
  ACCORD_RETURN_IF_ERROR(Submit(tx, write, &referral));
  return referral;
}

absl::Status ReferralService::Submit(Tx& tx, const storage::Write& write, Referral* referral) {
  referral->set_name(absl::StrCat("agencies/", write.agency, "/referrals/", NewId(write.now)));
  referral->set_state(v1::REFERRAL_STATE_SUBMITTED);
  ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, referral, write, PlacementOf(tx, *referral)));
  ACCORD_RETURN_IF_ERROR(NoteReferralSent(tx, write.agency, write.now));
  return storage::Schedule(tx, "referral", referral->name(), NextInstant(*rules_, *referral));
}

}  // namespace accord::protocols
