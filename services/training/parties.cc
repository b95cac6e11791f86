#include "services/training/parties.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::training {
namespace {

std::string Until(const std::string& name, const std::string& collection) {
  return name.substr(0, name.find("/" + collection + "/"));
}

}  // namespace

std::string CourseOf(const std::string& name) { return Until(name, "offerings"); }
std::string OfferingOf(const std::string& enrolment) { return Until(enrolment, "enrolments"); }
std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::string LearnerKey(const std::string& agency, const std::string& learner) {
  return absl::StrCat("#learner/", agency, "/", learner);
}

bool IsLearnerOnly(const Caller& caller) {
  return std::all_of(caller.roles.begin(), caller.roles.end(),
                     [](Role role) { return role == annotations::v1::ROLE_LEARNER; });
}

std::string ViewerOf(const Caller& caller) {
  return IsLearnerOnly(caller) ? LearnerKey(caller.agency, caller.actor) : caller.agency;
}

storage::Placement Public(const std::string& name, const std::string& state) {
  return {OwnerOf(name), state, {std::string(storage::kEverybody)}, {}};
}

storage::Placement Personal(const std::string& name, const std::string& state,
                            const std::string& learner_agency, const std::string& learner) {
  storage::Placement placement;
  placement.owner = OwnerOf(name);
  placement.state = state;
  placement.parties = {placement.owner, LearnerKey(learner_agency, learner)};
  if (learner_agency != placement.owner) placement.parties.push_back(learner_agency);
  placement.fields["state"] = state;
  return placement;
}

absl::Status CheckOwnParent(const Caller& caller, const std::string& parent) {
  return parent == "agencies/" + caller.agency ? absl::OkStatus() : NotFound();
}

absl::Status CheckOwner(const Caller& caller, const std::string& name) {
  if (OwnerOf(name) == caller.agency) return absl::OkStatus();
  return Refuse(absl::StatusCode::kPermissionDenied, "NOT_THE_OWNER",
                "The agency that owns the course does this.");
}

}  // namespace accord::training
