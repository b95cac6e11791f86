// This is the handler of ReferralService that streams changes of referrals.
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/storage/records/feed.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {

absl::StatusOr<storage::Place> ReferralService::WatchBegin(Tx& tx, const std::string& agency,
                                                           const v1::WatchReferralsRequest& request) const {
  if (!request.watch_token().empty()) return positions_.Open(tx, agency, request.watch_token());
  if (request.after_sequence() == 0) return storage::LastPlace(tx);
  return positions_.At(tx, request.after_sequence());
}

absl::Status ReferralService::Watch(host::Call& call, const v1::WatchReferralsRequest& request,
                                    const std::function<bool(const v1::ReferralEvent&)>& send) {
  const std::string& agency = call.caller().agency;
  ACCORD_ASSIGN_OR_RETURN(const storage::Place begin,
                          database_->Read([&](Tx& tx) { return WatchBegin(tx, agency, request); }));
  return feed_->Follow(call, begin, {.kind = "referral", .viewer = agency},
                       [&](const storage::Event* event, const storage::Place& place) {
                         if (event == nullptr && !request.progress()) return true;
                         v1::ReferralEvent out;
                         out.set_watch_token(positions_.Seal(agency, place));
                         if (event != nullptr) {
                           out.set_sequence(place.position);
                           out.set_name(event->name);
                           out.set_state(static_cast<v1::ReferralState>(
                               FromShortName(v1::ReferralState_descriptor(), event->state)
                                   .value_or(v1::REFERRAL_STATE_UNSPECIFIED)));
                           *out.mutable_time() = ToProto(event->at);
                         }
                         return send(out);
                       });
}

}  // namespace accord::protocols
