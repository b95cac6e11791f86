#include "services/training/parties.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/training/training_store.h"

namespace accord::training {
namespace {

// The grants of this service name these roles beside the kinds of employers.
constexpr std::array kLeads = {annotations::v1::ROLE_POLICE_SUPERVISOR, annotations::v1::ROLE_POLICE_CHIEF,
                               annotations::v1::ROLE_CAS_SUPERVISOR, annotations::v1::ROLE_CAS_DIRECTOR,
                               annotations::v1::ROLE_MINISTRY_LEAD};

template <class Roles>
bool HasAny(const Caller& caller, const Roles& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](Role role) { return caller.Has(role); });
}

std::string Until(const std::string& name, const std::string& collection) {
  return name.substr(0, name.find("/" + collection + "/"));
}

// Makes `query` one of this learner's records, as whose viewer they are read; false if none of them is the
// caller's to list.
absl::StatusOr<bool> LeaveOneLearner(const Caller& caller, Staff staff, const std::string& learner_agency,
                                     const std::string& learner, storage::ListQuery* query) {
  if (learner_agency.empty() || learner.empty()) {
    return RefuseFields({{learner.empty() ? "learner" : "learner_agency", "is given with the other one"}});
  }
  query->viewer = LearnerKey(learner_agency, learner);
  const bool own_people = IsLead(caller) && learner_agency == caller.agency;
  if (own_people || IsOwnRecord(caller, learner_agency, learner)) return true;
  if (!IsStaff(caller, staff)) return false;
  const std::string owned = absl::StrCat("agencies/", caller.agency, "/");
  if (query->prefix.empty()) query->prefix = owned;
  return absl::StartsWith(query->prefix, owned);
}

}  // namespace

std::string CourseOf(const std::string& name) { return Until(name, "offerings"); }
std::string OfferingOf(const std::string& enrolment) { return Until(enrolment, "enrolments"); }
std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::string LearnerKey(const std::string& agency, const std::string& learner) {
  return absl::StrCat(kLearnerPrefix, agency, "/", learner);
}

bool IsLead(const Caller& caller) { return HasAny(caller, kLeads); }

bool IsStaff(const Caller& caller, Staff staff) {
  return caller.Has(annotations::v1::ROLE_TRAINING_ADMIN) ||
         (staff == Staff::kTrainers && caller.Has(annotations::v1::ROLE_TRAINER));
}

std::string ViewerOf(const Caller& caller, Staff staff) {
  return IsLead(caller) || IsStaff(caller, staff) ? caller.agency : LearnerKey(caller.agency, caller.actor);
}

bool Reaches(const Caller& caller, Staff staff, const std::string& name, const std::string& learner_agency,
             const std::string& learner) {
  return (IsStaff(caller, staff) && OwnerOf(name) == caller.agency) ||
         (IsLead(caller) && learner_agency == caller.agency) || IsOwnRecord(caller, learner_agency, learner);
}

bool IsHidden(const Caller& caller, Staff staff, const std::string& name, const std::string& learner_agency,
              const std::string& learner) {
  return ViewerOf(caller, staff) == caller.agency && !Reaches(caller, staff, name, learner_agency, learner);
}

absl::StatusOr<bool> LeaveOutHidden(const storage::Transaction& tx, const Caller& caller, Staff staff,
                                    const std::string& kind, const std::string& learner_agency,
                                    const std::string& learner, storage::ListQuery* query) {
  if (!learner_agency.empty() || !learner.empty()) {
    return LeaveOneLearner(caller, staff, learner_agency, learner, query);
  }
  const bool of_owner = IsStaff(caller, staff);
  // Somebody who is neither staff nor lead lists as a learner, and from somebody who is both nothing of an
  // agency is hidden.
  if (of_owner == IsLead(caller)) return true;
  LearnerRecords of;
  of.kind = kind;
  of.prefix = query->prefix;
  if (!query->filters.empty()) std::tie(of.field, of.value) = query->filters[0];
  if (of_owner) {
    of.owner = caller.agency;
    of.learner = LearnerKey(caller.agency, caller.actor);
  } else {
    of.employer = caller.agency;
  }
  query->names = [of, postgres = tx.postgres()](const storage::Bind& bind, const std::string& after,
                                                int limit) {
    return LearnerRecordsSql(of, postgres, bind, after, limit);
  };
  return true;
}

bool IsOwnRecord(const Caller& caller, const std::string& learner_agency, const std::string& learner) {
  return learner_agency == caller.agency && learner == caller.actor;
}

absl::Status CheckNotOwnRecord(const Caller& caller, const std::string& learner_agency,
                               const std::string& learner) {
  if (!IsOwnRecord(caller, learner_agency, learner)) return absl::OkStatus();
  return Refuse(rules::kOwnRecord, "This is about yourself: somebody else does it.");
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
  return Refuse(rules::kNotTheOwner, "The agency that owns the course does this.");
}

}  // namespace accord::training
