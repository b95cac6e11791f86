// This file says what time itself does to a referral, which is escalated, sealed or purged.
#include <algorithm>
#include <optional>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/referrals/referral_clocks.h"
#include "services/protocols/referrals/referral_end.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;

// This says when a record whose end has come and waits is looked at again: tomorrow, or when a clock
// is missed.
std::optional<absl::Time> NextLookWhileKept(const Rules& rules, const Referral& referral, absl::Time now) {
  return std::min(NextEscalation(rules, referral).value_or(absl::InfiniteFuture()), now + absl::Hours(24));
}

}  // namespace

absl::StatusOr<bool> ReferralService::OnwardHasYouthRecord(Tx& tx, const Referral& referral) {
  if (referral.redirected_to().empty()) return false;
  Referral onward;
  const absl::Status found = referrals_.GetAny(tx, referral.redirected_to(), &onward);
  if (absl::IsNotFound(found)) return false;
  ACCORD_RETURN_IF_ERROR(found);
  return onward.has_youth_record();
}

absl::Status ReferralService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, name, &referral));
  ACCORD_ASSIGN_OR_RETURN(const bool onward, OnwardHasYouthRecord(tx, referral));
  bool waits = false;
  for (const Ending& ending : EndsOf(*rules_, referral)) {
    if (ending.at > now) continue;
    // The referral that it was sent on as may have another last day by now. When that referral ends, it takes
    // the whole family with it, so this one waits.
    if (onward && ending.end == storage::End::kSealed) {
      waits = true;
      continue;
    }
    const absl::Status ended = family_.End(tx, referral, ending, now);
    if (RuleOf(ended) != rules::kLegalHold.reason) return ended;
    // Nothing was written. A referral under a legal hold is still worked on, and its clocks continue.
    waits = true;
    break;
  }
  if (!Escalate(*rules_, now, &referral)) {
    const auto next = waits ? NextLookWhileKept(*rules_, referral, now) : NextInstant(*rules_, referral);
    return storage::Schedule(tx, "referral", name, next);
  }
  const std::string etag = referral.etag();
  return Keep(tx, {"platform", "calendar", NewId(now), now}, etag, std::move(referral)).status();
}

}  // namespace accord::protocols
