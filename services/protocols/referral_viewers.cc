#include "services/protocols/referral_viewers.h"

#include <algorithm>

#include "common/access/names.h"

namespace accord::protocols {

std::string DirectorViewerOf(const std::string& agency) { return agency + "#director"; }

std::vector<std::string> SidesOf(const v1::Referral& referral) {
  std::vector<std::string> sides = {OwnerOf(referral.name()), referral.to_agency()};
  for (auto& side : sides) {
    if (Implicated(referral, side)) side = DirectorViewerOf(side);
  }
  return sides;
}

std::vector<std::string> ViewersOf(const v1::Referral& referral) {
  std::vector<std::string> viewers = SidesOf(referral);
  // The first sender follows where the referral went, and so does every agency that sent it on.
  std::vector<std::string> before(referral.followers().begin(), referral.followers().end());
  if (!referral.redirected_from().empty()) before.push_back(OwnerOf(referral.redirected_from()));
  for (std::string& agency : before) {
    if (Implicated(referral, agency)) agency = DirectorViewerOf(agency);
    if (std::find(viewers.begin(), viewers.end(), agency) == viewers.end()) viewers.push_back(agency);
  }
  return viewers;
}

bool Implicated(const v1::Referral& referral, const std::string& agency) {
  return referral.staff_suspect() && referral.implicated_agency() == agency;
}

}  // namespace accord::protocols
