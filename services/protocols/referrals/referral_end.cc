#include "services/protocols/referrals/referral_end.h"

#include "accord/protocols/v1/attachment_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/note_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "common/base/clock.h"
#include "services/protocols/referrals/referral_clocks.h"

namespace accord::protocols {

using v1::Referral;

bool ReferralEnded(const Referral& referral) {
  switch (referral.state()) {
    case v1::REFERRAL_STATE_CLOSED:
    case v1::REFERRAL_STATE_REDIRECTED:
    case v1::REFERRAL_STATE_REVOKED:
    case v1::REFERRAL_STATE_REJECTED:
      return true;
    default:
      return false;
  }
}

std::vector<Ending> EndsOf(const Rules& rules, const Referral& referral) {
  std::vector<Ending> ends;
  if (const auto day = ParseDay(referral.youth_record().access_ends_on())) {
    ends.push_back({EndOfDay(*day - 1), storage::End::kSealed, "YCJA_ACCESS_ENDED"});
  }
  if (ReferralEnded(referral)) {
    // An earlier version did not store when a referral ended; its last change stands for that.
    const auto& ended = referral.has_ended_at() ? referral.ended_at() : referral.update_time();
    const auto day = rules.PurgeDay("referral", OntarioDay(FromProto(ended)));
    if (day) ends.push_back({EndOfDay(*day - 1), storage::End::kPurged, "RETENTION_ENDED"});
  }
  return ends;
}

std::optional<absl::Time> NextInstant(const Rules& rules, const Referral& referral) {
  std::optional<absl::Time> next = NextEscalation(rules, referral);
  for (const Ending& ending : EndsOf(rules, referral)) {
    if (!next || ending.at < *next) next = ending.at;
  }
  return next;
}

}  // namespace accord::protocols
