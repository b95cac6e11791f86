// These are the callers of a randomised test.
#ifndef ACCORD_COMMON_TESTING_PEOPLE_H_
#define ACCORD_COMMON_TESTING_PEOPLE_H_

#include <string>
#include <utility>
#include <vector>

#include "common/access/decide.h"

namespace accord::testing {

// These are people of agencies, all of whom call through a system of this name.
class People {
 public:
  explicit People(std::string system) : system_(std::move(system)) {}
  // This adds a person, who calls for each of these purposes.
  void Add(const std::string& agency, AgencyKind kind, const std::string& actor,
           const std::vector<Role>& roles, const std::vector<Purpose>& purposes) {
    for (const Purpose purpose : purposes) Add(agency, kind, actor, roles, purpose);
  }
  void Add(const std::string& agency, AgencyKind kind, const std::string& actor,
           const std::vector<Role>& roles, Purpose purpose) {
    callers_.push_back({agency, kind, system_, actor, roles, purpose});
  }
  const std::vector<Caller>& callers() const { return callers_; }

 private:
  const std::string system_;
  std::vector<Caller> callers_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_PEOPLE_H_
