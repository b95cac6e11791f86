#include "services/registry/agencies/agency_names.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"

namespace accord::registry {
namespace {

// This says whether the name has a day. A name with neither day is shown, but decides nothing.
bool HasPeriod(const v1::AgencyName& name) {
  return !name.effective_from().empty() || !name.effective_to().empty();
}

// This gives the days on which it is known to be the name, without the last one.
PartDay CertainDaysOf(const v1::AgencyName& name) {
  const auto from = ParsePartDay(name.effective_from()), to = ParsePartDay(name.effective_to());
  return {from ? from->last : absl::CivilDay::min(), to ? to->first : absl::CivilDay::max()};
}

}  // namespace

absl::Status CheckAgencyNames(const v1::Agency& agency) {
  const auto& names = agency.names();
  for (int i = 0; i < names.size(); ++i) {
    const std::string path = absl::StrCat("agency.names[", i, "]");
    if (!IsPeriod(names[i].effective_from(), names[i].effective_to())) {
      return RefuseFields({{path, "must begin before it ends, each on a day, in a month or in a year"}});
    }
    for (int before = 0; before < i; ++before) {
      if (!HasPeriod(names[i]) || !HasPeriod(names[before])) continue;
      const PartDay one = CertainDaysOf(names[before]), other = CertainDaysOf(names[i]);
      if (std::max(one.first, other.first) < std::min(one.last, other.last)) {
        return RefuseFields({{path, "must not be the name on a day that has another one"}});
      }
    }
  }
  return absl::OkStatus();
}

std::vector<std::string> NamesAsOf(const v1::Agency& agency, absl::CivilDay day) {
  std::vector<std::string> possible;
  for (const v1::AgencyName& name : agency.names()) {
    if (!HasPeriod(name)) continue;
    const Certainty known = Within(name.effective_from(), name.effective_to(), day);
    if (known == Certainty::kYes) return {name.display_name()};
    if (known == Certainty::kMaybe) possible.push_back(name.display_name());
  }
  if (std::find(possible.begin(), possible.end(), agency.display_name()) == possible.end()) {
    possible.push_back(agency.display_name());
  }
  return possible;
}

void ShowNameAsOf(absl::CivilDay day, v1::Agency* agency) {
  const std::vector<std::string> names = NamesAsOf(*agency, day);
  if (names.size() == 1) agency->set_display_name(names[0]);
  *agency->mutable_names_as_of() = {names.begin(), names.end()};
}

}  // namespace accord::registry
