#include "services/protocols/referrals/referral_late_entries.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/field_refusal.h"

namespace accord::protocols {

absl::StatusOr<google::protobuf::Timestamp> EnteredLate(v1::ReferralAct act,
                                                        const google::protobuf::Timestamp& happened_at,
                                                        const host::Call& call, v1::Referral* referral) {
  const absl::Time at = FromProto(happened_at);
  ACCORD_RETURN_IF_ERROR(CheckMomentHasCome("happened_at", at, call.now(), rules::kHappenedInFuture));
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

}  // namespace accord::protocols
