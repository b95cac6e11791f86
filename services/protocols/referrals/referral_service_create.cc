// This file says how a referral is sent: what sender, receiver, protocol and law must permit, and what
// follows from them.
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/base/opaque_reference.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/agreements/operative_protocol.h"
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

using v1::Referral;

absl::Status ReferralService::Admit(host::Call& call, Tx& tx, Referral* referral) {
  const std::string& sender = call.caller().agency;
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay event_day = *ParseDay(referral->event_date());
  ACCORD_RETURN_IF_ERROR(CheckDayHasCome("referral.event_date", referral->event_date(), today));
  if (referral->to_agency() == sender)
    return Refuse(rules::kReceiverIsSender, "A referral goes to another agency.");

  ACCORD_RETURN_IF_ERROR(CheckReferralBirthDate(referral, event_day));
  ACCORD_RETURN_IF_ERROR(CheckServiceReferral(*referral));
  v1::Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, referral->protocol(), sender, &protocol));
  ACCORD_RETURN_IF_ERROR(CheckSuspectedStaff(*referral, protocol, *territories_));
  ACCORD_ASSIGN_OR_RETURN(const bool stands, OperativeOn(tx, &protocols_, protocol, today));
  if (!stands) {
    return Refuse(rules::kProtocolNotInForce, "The protocol, or the one that it adds to, is not in force.");
  }
  ACCORD_RETURN_IF_ERROR(CheckSidesSigned(protocol, *referral, sender, *territories_));
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
