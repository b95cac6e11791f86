#include "services/protocols/coverage/territories.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::protocols {

absl::StatusOr<Territories> Territories::Load(const std::string& file) {
  v1::TerritorySet set;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &set));
  return From(std::move(set));
}

absl::StatusOr<Territories> Territories::From(v1::TerritorySet set) {
  Territories territories;
  for (const auto& territory : set.territories()) {
    const auto [entry, fresh] = territories.indigenous_.try_emplace(territory.code());
    if (!fresh) return absl::InvalidArgumentError(absl::StrCat("territories: twice ", territory.code()));
    if (territory.source().empty()) {
      return absl::InvalidArgumentError(absl::StrCat("territories: no source for ", territory.code()));
    }
    for (const auto& society : territory.societies()) {
      territories.agencies_[society.agency()] = true;
      if (society.indigenous()) entry->second.insert(society.agency());
      for (const auto& police : territory.police()) {
        territories.pairs_[{society.agency(), police.agency()}].push_back(territory.code());
      }
    }
    for (const auto& police : territory.police()) {
      territories.agencies_[police.agency()] = false;
      if (police.indigenous()) entry->second.insert(police.agency());
    }
    territories.all_.push_back(territory);
  }
  for (const auto& [list, society] :
       {std::pair(set.unknown_societies(), true), {set.unknown_police(), false}}) {
    for (const auto& agency : list) {
      territories.agencies_[agency] = society;
      territories.unknown_.push_back(agency);
    }
  }
  return territories;
}

std::vector<v1::Territory> Territories::ServedBy(const std::string& agency) const {
  const auto serves = [&](const v1::Serving& serving) { return serving.agency() == agency; };
  std::vector<v1::Territory> served;
  for (const v1::Territory& each : all_) {
    if (agency.empty() || std::any_of(each.societies().begin(), each.societies().end(), serves) ||
        std::any_of(each.police().begin(), each.police().end(), serves)) {
      served.push_back(each);
    }
  }
  return served;
}

}  // namespace accord::protocols
