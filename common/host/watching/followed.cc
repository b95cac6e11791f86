#include "common/host/watching/followed.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/storage/records/resources.h"

namespace accord::host {

bool Concerns(const storage::Event& event, const Followed& of) {
  if (!of.kind.empty() && event.kind != of.kind) return false;
  const std::string capacity = absl::StrCat(of.viewer, "#");
  const bool seen = std::any_of(event.viewers.begin(), event.viewers.end(), [&](const std::string& each) {
    return each == of.viewer || each == storage::kEverybody || (!of.also.empty() && each == of.also) ||
           (of.whole_agency && absl::StartsWith(each, capacity));
  });
  return seen || (of.whole_agency && std::find(event.followers.begin(), event.followers.end(), of.viewer) !=
                                         event.followers.end());
}

}  // namespace accord::host
