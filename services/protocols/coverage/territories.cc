#include "services/protocols/coverage/territories.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"

namespace accord::protocols {
namespace {

// This checks the days of a period in which an agency exists or serves a territory.
template <class Period>
absl::Status CheckPeriod(const Period& period, const std::string& of) {
  for (const auto& day : {period.effective_from(), period.effective_to()}) {
    if (!day.empty() && !ParsePartDay(day)) {
      return absl::InvalidArgumentError(absl::StrCat("territories: ", of, " has no such day ", day));
    }
  }
  if (IsPeriod(period.effective_from(), period.effective_to())) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("territories: ", period.agency(), " leaves ", of, " before it comes"));
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
        ACCORD_RETURN_IF_ERROR(CheckPeriod(serving, territory.code()));
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
  for (const auto& life : set.lives()) {
    ACCORD_RETURN_IF_ERROR(CheckPeriod(life, life.agency()));
    if (!territories.Serves(life.agency()) || !territories.lives_.emplace(life.agency(), life).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("territories: the life of ", life.agency(), " is told twice, or of nobody"));
    }
  }
  territories.set_ = std::move(set);
  return territories;
}

Certainty Territories::ExistsOn(const std::string& agency, absl::CivilDay day) const {
  const auto life = lives_.find(agency);
  if (life == lives_.end()) return Certainty::kYes;
  return Within(life->second.effective_from(), life->second.effective_to(), day);
}

Certainty Territories::ServesOn(const v1::Serving& serving, absl::CivilDay day) const {
  return std::min(ExistsOn(serving.agency(), day),
                  Within(serving.effective_from(), serving.effective_to(), day));
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

std::vector<v1::Territory> Territories::ServedOn(const std::string& agency, absl::CivilDay day) const {
  std::vector<v1::Territory> served;
  for (v1::Territory& territory : ServedBy(agency)) {
    bool serves = agency.empty();
    for (auto* list : {territory.mutable_societies(), territory.mutable_police()}) {
      std::remove_reference_t<decltype(*list)> there;
      for (v1::Serving& serving : *list) {
        if (ServesOn(serving, day) == Certainty::kNo) continue;
        serves = serves || serving.agency() == agency;
        *there.Add() = std::move(serving);
      }
      list->Swap(&there);
    }
    if (serves) served.push_back(std::move(territory));
  }
  return served;
}

std::set<std::string> Territories::UncertainOn(const Pair& pair, absl::CivilDay day) const {
  std::set<std::string> uncertain;
  for (const auto& territory : set_.territories()) {
    for (const auto& society : territory.societies()) {
      for (const auto& police : territory.police()) {
        if (Pair(society.agency(), police.agency()) != pair) continue;
        const Certainty first = ServesOn(society, day), second = ServesOn(police, day);
        if (first == Certainty::kYes && second == Certainty::kYes) return {};
        if (std::min(first, second) == Certainty::kNo) continue;
        if (first == Certainty::kMaybe) uncertain.insert(society.agency());
        if (second == Certainty::kMaybe) uncertain.insert(police.agency());
      }
    }
  }
  return uncertain;
}

std::vector<std::string> Territories::UnknownOn(absl::CivilDay day) const {
  std::vector<std::string> unknown;
  for (const std::string& agency : unknown_) {
    if (ExistsOn(agency, day) != Certainty::kNo) unknown.push_back(agency);
  }
  return unknown;
}

std::set<std::string> Territories::IndigenousOf(const std::string& code, absl::CivilDay day) const {
  std::set<std::string> agencies;
  for (const auto& territory : set_.territories()) {
    if (territory.code() != code) continue;
    for (const auto& list : {territory.societies(), territory.police()}) {
      for (const auto& serving : list) {
        if (!serving.indigenous() || ServesOn(serving, day) == Certainty::kNo) continue;
        agencies.insert(serving.agency());
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
        if (std::min(ServesOn(society, day), ServesOn(police, day)) == Certainty::kNo) continue;
        pairs[{society.agency(), police.agency()}].push_back(territory.code());
      }
    }
  }
  return pairs;
}

}  // namespace accord::protocols
