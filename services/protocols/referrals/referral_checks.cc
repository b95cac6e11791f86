#include "services/protocols/referrals/referral_checks.h"

#include <algorithm>

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::protocols {
namespace {

using v1::Referral;

}  // namespace

bool Indigenous(const Referral& referral) {
  return referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_FIRST_NATIONS ||
         referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_INUIT ||
         referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_METIS;
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

absl::StatusOr<google::protobuf::Timestamp> EnteredLate(v1::ReferralAct act,
                                                        const google::protobuf::Timestamp& happened_at,
                                                        const host::Call& call, Referral* referral) {
  const absl::Time at = FromProto(happened_at);
  if (at > call.now()) return Refuse(rules::kHappenedInFuture, "happened_at cannot come after now.");
  // In an outage the telephone call comes first, and the referral is entered after it.
  absl::Time first = FromProto(referral->create_time());
  if (referral->has_phone_contact_at()) first = std::min(first, FromProto(referral->phone_contact_at()));
  // A referral is acknowledged before it is screened.
  if (act == v1::REFERRAL_ACT_SCREEN) first = std::max(first, FromProto(referral->acknowledged_at()));
  if (at < first) {
    return Refuse(
        rules::kHappenedTooEarly,
        "happened_at cannot come before the call, the submission or the acknowledgement that it follows.");
  }
  v1::LateEntry* entry = referral->add_late_entries();
  entry->set_act(act);
  *entry->mutable_happened_at() = happened_at;
  *entry->mutable_entered_at() = ToProto(call.now());
  entry->set_entered_by(call.caller().actor);
  return happened_at;
}

absl::Status CheckCommunityNotice(const Referral& referral) {
  const bool required = referral.community_notice_required() || Indigenous(referral);
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
  if (!fresh && Indigenous(before) && !Indigenous(after)) {
    return Refuse(rules::kIdentityStands,
                  "Once it is screened, what obliges to tell the child's community is not taken back.");
  }
  return absl::OkStatus();
}

}  // namespace accord::protocols
