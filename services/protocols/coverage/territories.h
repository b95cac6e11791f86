// This class holds the territories and the agencies that serve them, as dated reference data.
#ifndef ACCORD_SERVICES_PROTOCOLS_COVERAGE_TERRITORIES_H_
#define ACCORD_SERVICES_PROTOCOLS_COVERAGE_TERRITORIES_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "accord/protocols/v1/rules.pb.h"
#include "common/base/part_day.h"

namespace accord::protocols {

class Territories {
 public:
  // A pair is a society and a police service, by agency id.
  using Pair = std::pair<std::string, std::string>;

  static absl::StatusOr<Territories> Load(const std::string& file);
  static absl::StatusOr<Territories> From(v1::TerritorySet set);

  bool Known(const std::string& code) const { return codes_.contains(code); }
  // This gives the Indigenous societies and First Nations' police that serve a territory on this day, or may
  // do so.
  std::set<std::string> IndigenousOf(const std::string& code, absl::CivilDay day) const;
  // This says whether the data names this society or police service, even if its territory is unknown.
  bool Serves(const std::string& agency) const { return agencies_.contains(agency); }
  bool IsSociety(const std::string& agency) const {
    const auto found = agencies_.find(agency);
    return found != agencies_.end() && found->second;
  }
  // This gives every pair that shares territories on this day, or may do so, with the codes of
  // those territories.
  std::map<Pair, std::vector<std::string>> PairsOn(absl::CivilDay day) const;
  // This gives the agencies of a pair that may not serve the shared territory on this day; it is empty where
  // both are known to serve it.
  std::set<std::string> UncertainOn(const Pair& pair, absl::CivilDay day) const;
  // This gives the agencies whose territory is unknown, except those that are known not to exist on this day.
  std::vector<std::string> UnknownOn(absl::CivilDay day) const;
  // This gives the territories that this agency is known to serve on some day, in the order of the data; it
  // gives all of them if `agency` is empty.
  std::vector<v1::Territory> ServedBy(const std::string& agency) const;
  // This gives the same for one day: an agency that does not serve a territory on that day is left out of the
  // territory too.
  std::vector<v1::Territory> ServedOn(const std::string& agency, absl::CivilDay day) const;

 private:
  // This says whether the agency exists on the day.
  Certainty ExistsOn(const std::string& agency, absl::CivilDay day) const;
  // This says whether the agency exists and serves the territory on the day.
  Certainty ServesOn(const v1::Serving& serving, absl::CivilDay day) const;

  v1::TerritorySet set_;
  std::set<std::string> codes_;
  std::vector<std::string> unknown_;
  // It says of each agency, by its id, whether it is a society.
  std::map<std::string, bool> agencies_;
  // These are the first and last days of agencies, by their ids.
  std::map<std::string, v1::AgencyLife> lives_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_COVERAGE_TERRITORIES_H_
