// This is where a record is placed among what is visible.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_PLACEMENT_H_
#define ACCORD_COMMON_STORAGE_RECORDS_PLACEMENT_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accord::storage {

// This says who may see a resource and by what it is found.
struct Placement {
  std::string owner;
  std::string state;
  // These are the agencies that see it. The owner is one of them only if it is named.
  std::vector<std::string> parties;
  // This maps an index field to its value for every party. A key `field@agency` is for one party only.
  std::map<std::string, std::string> fields;
  // These are viewers that count it by their own `field@viewer` and see nothing else of it.
  std::vector<std::string> counted_by = {};
};

// As a party, this makes a record visible to every agency.
inline constexpr std::string_view kEverybody = "*";

// This gives the agency of a viewer that is a capacity: cas-york#director -> cas-york. It is empty for a
// viewer that belongs to no single agency.
std::string AgencyOfViewer(const std::string& viewer);
// This gives the rows, a field and its value each, by which the party finds a record that is so placed.
std::set<std::pair<std::string, std::string>> PlacementRows(const Placement& placement,
                                                            const std::string& party);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_PLACEMENT_H_
