#include "services/protocols/referrals/referral_checks.h"

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::protocols {
namespace {

using v1::Referral;

}  // namespace

bool IsIndigenous(const Referral& referral) {
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

}  // namespace accord::protocols
