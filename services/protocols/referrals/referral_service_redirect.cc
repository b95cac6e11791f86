// This is the handler of ReferralService by which a receiver sends a referral on to another agency.
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;

}  // namespace

absl::StatusOr<bool> ReferralService::WasSentBy(Tx& tx, Referral referral, const std::string& agency) {
  // Whoever has the referral may know by which way it came, because each name on that way begins with
  // its sender.
  while (OwnerOf(referral.name()) != agency) {
    if (referral.redirected_from().empty()) return false;
    if (OwnerOf(referral.redirected_from()) == agency) return true;
    Referral before;
    const absl::Status found = referrals_.GetAny(tx, referral.redirected_from(), &before);
    if (absl::IsNotFound(found)) return false;
    ACCORD_RETURN_IF_ERROR(found);
    referral = std::move(before);
  }
  return true;
}

absl::StatusOr<v1::RedirectReferralResponse> ReferralService::Redirect(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::RedirectReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "redirect"));
  if (request.to_agency() == OwnerOf(referral.name())) {
    return Refuse(rules::kRedirectToSender,
                  "A referral is not sent back to its sender: reject it, or talk to them.");
  }
  if (request.to_agency() == call.caller().agency) {
    return Refuse(rules::kRedirectToSelf, "A referral is redirected to another agency.");
  }
  if (!territories_->Serves(request.to_agency())) {
    return Refuse(rules::kReceiverUnknown, "No society or police service of this name is known.");
  }
  if (referral.staff_suspect() && request.to_agency() == referral.implicated_agency()) {
    return Refuse(rules::kReceiverIsImplicated,
                  "An agency whose staff is suspected does not receive the referral.");
  }
  ACCORD_ASSIGN_OR_RETURN(const bool circle, WasSentBy(tx, referral, request.to_agency()));
  if (circle) {
    return Refuse(rules::kRedirectInCircle,
                  "This agency sent it before: it is not sent round, where its clocks would begin anew.");
  }
  Referral onward = referral;
  // What was done here stays here, also if the referral was closed and reopened before.
  for (const char* field : {"acknowledged_at", "acknowledged_by", "assessed_at", "responded_at", "assignee",
                            "flags", "escalations", "brought_at", "place_of_safety_until", "end_reason",
                            "amendments", "joint_investigation", "supports_offered", "late_entries"}) {
    onward.GetReflection()->ClearField(&onward, Referral::descriptor()->FindFieldByName(field));
  }
  // The new receiver tells the community, or defers that for a reason of its own.
  if (onward.community_notice().status() == v1::COMMUNITY_NOTICE_STATUS_DEFERRED) {
    onward.clear_community_notice();
  }
  onward.set_to_agency(request.to_agency());
  onward.set_redirected_from(referral.name());
  // A referral that an earlier version sent on names no followers.
  if (onward.followers().empty() && !referral.redirected_from().empty()) {
    onward.add_followers(OwnerOf(referral.redirected_from()));
  }
  onward.add_followers(OwnerOf(referral.name()));
  onward.clear_assessment_due();
  v1::Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, referral.protocol(), &protocol));
  const bool to_society = GoesToSociety(protocol, onward);
  if (referral.kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT && !to_society) {
    return Refuse(rules::kDutyToReportToSociety, "The duty to report is met by a report to a society.");
  }
  ACCORD_RETURN_IF_ERROR(StartClocks(call.now(), to_society, &onward));
  ACCORD_RETURN_IF_ERROR(Submit(tx, write, &onward));
  referral.set_redirected_to(onward.name());
  referral.set_end_reason(request.reason());
  v1::RedirectReferralResponse response;
  ACCORD_ASSIGN_OR_RETURN(*response.mutable_referral(), Keep(tx, write, request.etag(), std::move(referral)));
  *response.mutable_onward() = std::move(onward);
  return response;
}

}  // namespace accord::protocols
