#include "services/protocols/coverage/territories.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::protocols {
namespace {

// Days as text sort as days.
bool ServesOn(const v1::Serving& serving, absl::CivilDay day) {
  const std::string text = FormatDay(day);
  return serving.effective_from() <= text &&
         (serving.effective_to().empty() || text < serving.effective_to());
}

absl::Status CheckServing(const v1::Serving& serving, const std::string& code) {
  for (const auto& day : {serving.effective_from(), serving.effective_to()}) {
    if (!day.empty() && !ParseDay(day)) {
      return absl::InvalidArgumentError(absl::StrCat("territories: ", code, " has no such day ", day));
    }
  }
  if (serving.effective_to().empty() || serving.effective_from() < serving.effective_to()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("territories: ", serving.agency(), " leaves ", code, " before it comes"));
}

}  // namespace

absl::StatusOr<Territories> Territories::Load(const std::string& file) {
  v1::TerritorySet set;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &set));
  return From(std::move(set));
}

absl::StatusOr<Territories> Territories::From(v1::TerritorySet set) {
  Territories territories;
  for (const auto& territory : set.territories()) {
    if (!territories.codes_.insert(territory.code()).second) {
      return absl::InvalidArgumentError(absl::StrCat("territories: twice ", territory.code()));
    }
    if (territory.source().empty()) {
      return absl::InvalidArgumentError(absl::StrCat("territories: no source for ", territory.code()));
    }
    for (const auto& [list, society] :
         {std::pair(territory.societies(), true), {territory.police(), false}}) {
      for (const auto& serving : list) {
        ACCORD_RETURN_IF_ERROR(CheckServing(serving, territory.code()));
        territories.agencies_[serving.agency()] = society;
      }
    }
  }
  for (const auto& [list, society] :
       {std::pair(set.unknown_societies(), true), {set.unknown_police(), false}}) {
    for (const auto& agency : list) {
      territories.agencies_[agency] = society;
      territories.unknown_.push_back(agency);
    }
  }
  territories.set_ = std::move(set);
  return territories;
}

std::vector<v1::Territory> Territories::ServedBy(const std::string& agency) const {
  const auto serves = [&](const v1::Serving& serving) { return serving.agency() == agency; };
  std::vector<v1::Territory> served;
  for (const v1::Territory& each : set_.territories()) {
    if (agency.empty() || std::any_of(each.societies().begin(), each.societies().end(), serves) ||
        std::any_of(each.police().begin(), each.police().end(), serves)) {
      served.push_back(each);
    }
  }
  return served;
}

std::set<std::string> Territories::IndigenousOf(const std::string& code, absl::CivilDay day) const {
  std::set<std::string> agencies;
  for (const auto& territory : set_.territories()) {
    if (territory.code() != code) continue;
    for (const auto& list : {territory.societies(), territory.police()}) {
      for (const auto& serving : list) {
        if (serving.indigenous() && ServesOn(serving, day)) agencies.insert(serving.agency());
      }
    }
  }
  return agencies;
}

std::map<Territories::Pair, std::vector<std::string>> Territories::PairsOn(absl::CivilDay day) const {
  std::map<Pair, std::vector<std::string>> pairs;
  for (const auto& territory : set_.territories()) {
    for (const auto& society : territory.societies()) {
      for (const auto& police : territory.police()) {
        if (!ServesOn(society, day) || !ServesOn(police, day)) continue;
        pairs[{society.agency(), police.agency()}].push_back(territory.code());
      }
    }
  }
  return pairs;
}

}  // namespace accord::protocols
