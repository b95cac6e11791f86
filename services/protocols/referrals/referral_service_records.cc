// These are the handlers of ReferralService that record what was done: screenings, notices, assessments,
// agreements and places of safety.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/day.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/months.h"
#include "services/protocols/referrals/referral_checks.h"
#include "services/protocols/referrals/referral_late_entries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;

}  // namespace

ReferralService::Result ReferralService::RecordRiskScreening(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordReferralRiskScreeningRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  *referral.mutable_screening() = request.screening();
  referral.mutable_screening()->set_assessor(call.caller().actor);
  *referral.mutable_screening()->mutable_time() = ToProto(call.now());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::RecordCommunityNotice(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordReferralCommunityNoticeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  if (request.notice().status() == v1::COMMUNITY_NOTICE_STATUS_DEFERRED &&
      request.notice().reason().empty()) {
    return Refuse(rules::kReasonRequired, "A deferred notice says why.");
  }
  *referral.mutable_community_notice() = request.notice();
  referral.mutable_community_notice()->set_recorded_by(call.caller().actor);
  *referral.mutable_community_notice()->mutable_time() = ToProto(call.now());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::RecordAssessment(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordReferralAssessmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  if (referral.has_assessed_at()) return Refuse(rules::kAlreadyRecorded, "The assessment is recorded.");
  ACCORD_ASSIGN_OR_RETURN(*referral.mutable_assessed_at(),
                          HappenedAt(v1::REFERRAL_ACT_ASSESS, request, call, &referral));
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::RecordResponse(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::RecordReferralResponseRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  if (referral.has_responded_at()) return Refuse(rules::kAlreadyRecorded, "The response is recorded.");
  ACCORD_ASSIGN_OR_RETURN(*referral.mutable_responded_at(),
                          HappenedAt(v1::REFERRAL_ACT_RESPOND, request, call, &referral));
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::RecordVoluntaryAgreement(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordReferralVoluntaryAgreementRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  const auto& asked = request.agreement();
  if (referral.age_band() != v1::AGE_BAND_16_17) {
    return Refuse(rules::kAgeBand, "A Voluntary Youth Services Agreement is made with a 16 or 17 year old.");
  }
  if (!request.consent_given())
    return Refuse(rules::kConsentRequired, "There is no agreement without the youth.");
  if (asked.starts_on() < rules_->voluntary_agreement_from()) {
    return Refuse(rules::kAgreementNotInForce, "On that day the law knew no such agreement.");
  }
  if (asked.ends_on() <= asked.starts_on()) {
    return RefuseField(rules::kDatesContradict, "agreement.ends_on", "must come after starts_on");
  }
  // On event_date the youth was sixteen at least, whenever the agreement begins.
  const int most = rules_->voluntary_agreement_most_months();
  const absl::CivilDay last = std::min(MonthsAfter(*ParseDay(asked.starts_on()), most),
                                       MonthsAfter(*ParseDay(referral.event_date()), most));
  if (*ParseDay(asked.ends_on()) > last) {
    return Refuse(rules::kAgreementTooLong,
                  "An agreement ends, with all renewals, by the time that the youth is 18.");
  }
  v1::VoluntaryAgreement agreement = asked;
  agreement.set_recorded_by(call.caller().actor);
  if (referral.has_voluntary_agreement()) {
    const auto& before = referral.voluntary_agreement();
    if (before.starts_on() != asked.starts_on() || asked.ends_on() <= before.ends_on()) {
      return Refuse(rules::kRenewal, "A renewal keeps starts_on and ends later than before.");
    }
    *agreement.mutable_renewed_from() = before.renewed_from();
    agreement.add_renewed_from(before.ends_on());
  }
  *referral.mutable_voluntary_agreement() = agreement;
  referral.set_rule_set(rules_->digest());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::RecordPlaceOfSafety(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordReferralPlaceOfSafetyRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  if (referral.to_agency() != call.caller().agency &&
      call.caller().kind != annotations::v1::AGENCY_KIND_POLICE_SERVICE) {
    return Refuse(rules::kNotTheReceiver,
                  "The receiver records it, or the police service that sent the referral.");
  }
  const absl::Time brought = FromProto(request.brought_at());
  if (referral.age_band() != v1::AGE_BAND_16_17) {
    return Refuse(rules::kAgeBand,
                  "Only a 16 or 17 year old is brought to a place of safety under this power.");
  }
  ACCORD_RETURN_IF_ERROR(CheckMomentHasCome("brought_at", brought, call.now(), rules::kBroughtInFuture));
  if (FormatDay(OntarioDay(brought)) < rules_->place_of_safety_from()) {
    return Refuse(rules::kPowerNotInForce,
                  "On that day there was no power to bring a youth to a place of safety.");
  }
  // Somebody may be brought to safety in the night before the day that is written down, and not long before.
  const auto event = ParseDay(referral.event_date());
  if (event && OntarioDay(brought) < *event - 1) {
    return RefuseFields(
        {{"brought_at", absl::StrCat("is ", FormatDay(OntarioDay(brought)), ", more than a day before ",
                                     referral.event_date(), ", which is the day of the event")}});
  }
  if (referral.has_brought_at()) {
    return Refuse(
        rules::kAlreadyRecorded,
        "The place of safety is recorded, and it is recorded once; write what is wrong in a note on the "
        "referral.");
  }
  *referral.mutable_brought_at() = request.brought_at();
  *referral.mutable_place_of_safety_until() = ToProto(brought + rules_->place_of_safety());
  referral.set_rule_set(rules_->digest());
  return Keep(tx, write, request.etag(), std::move(referral));
}

}  // namespace accord::protocols
