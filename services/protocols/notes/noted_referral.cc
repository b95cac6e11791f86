#include "services/protocols/notes/noted_referral.h"

#include "absl/strings/match.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "common/base/error.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {

absl::StatusOr<v1::Referral> NotedReferral::Of(storage::Transaction& tx, const std::string& about,
                                               const std::string& agency) {
  std::string name = about;
  if (absl::StrContains(about, "/jointInvestigations/")) {
    v1::JointInvestigation joint;
    ACCORD_RETURN_IF_ERROR(investigations_.Get(tx, about, agency, &joint));
    name = joint.referral();
  }
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, name, agency, &referral));
  return referral;
}

std::vector<std::string> ReadersOf(v1::Readers readers, const std::string& owner,
                                   const v1::Referral& referral) {
  if (readers != v1::READERS_BOTH) return {owner};
  std::vector<std::string> sides = SidesOf(referral);
  std::erase_if(sides, [](const std::string& side) { return side.find('#') != std::string::npos; });
  return sides;
}

std::string NotedPrefixOf(v1::Readers readers) { return readers == v1::READERS_BOTH ? "both-" : "own-"; }

}  // namespace accord::protocols
