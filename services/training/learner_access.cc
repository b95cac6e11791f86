#include "services/training/learner_access.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/training/learner_record_store.h"

namespace accord::training {
namespace {

// The access rules of this service name these roles beside the kinds of employers.
constexpr std::array kLeads = {annotations::v1::ROLE_POLICE_SUPERVISOR, annotations::v1::ROLE_POLICE_CHIEF,
                               annotations::v1::ROLE_CAS_SUPERVISOR, annotations::v1::ROLE_CAS_DIRECTOR,
                               annotations::v1::ROLE_MINISTRY_LEAD};

template <class Roles>
bool HasRoleForLearner(const Caller& caller, const Roles& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](Role role) { return caller.Has(role); });
}

// Narrows `query` to this learner's records, which are read for the viewer of the learner. The result is
// false if the caller may list none of them.
absl::StatusOr<bool> LeaveOneLearner(const Caller& caller, Staff staff, const std::string& learner_agency,
                                     const std::string& learner, storage::ListQuery* query) {
  if (learner_agency.empty() || learner.empty()) {
    return RefuseFields({{learner.empty() ? "learner" : "learner_agency", "is given with the other one"}});
  }
  query->viewer = LearnerViewer(learner_agency, learner);
  const bool own_people = IsLeadOfLearners(caller) && learner_agency == caller.agency;
  if (own_people || IsOwnRecord(caller, learner_agency, learner)) return true;
  if (!IsLearnerStaff(caller, staff)) return false;
  const std::string owned = absl::StrCat("agencies/", caller.agency, "/");
  if (query->prefix.empty()) query->prefix = owned;
  return absl::StartsWith(query->prefix, owned);
}

}  // namespace

std::string LearnerViewer(const std::string& agency, const std::string& learner) {
  return absl::StrCat(kLearnerPrefix, agency, "/", learner);
}

bool IsLeadOfLearners(const Caller& caller) { return HasRoleForLearner(caller, kLeads); }

bool IsLearnerStaff(const Caller& caller, Staff staff) {
  return caller.Has(annotations::v1::ROLE_TRAINING_ADMIN) ||
         (staff == Staff::kTrainers && caller.Has(annotations::v1::ROLE_TRAINER));
}

std::string LearnerRecordViewerOf(const Caller& caller, Staff staff) {
  return IsLeadOfLearners(caller) || IsLearnerStaff(caller, staff)
             ? caller.agency
             : LearnerViewer(caller.agency, caller.actor);
}

bool ReachesLearner(const Caller& caller, Staff staff, const std::string& name,
                    const std::string& learner_agency, const std::string& learner) {
  return (IsLearnerStaff(caller, staff) && OwnerOf(name) == caller.agency) ||
         (IsLeadOfLearners(caller) && learner_agency == caller.agency) ||
         IsOwnRecord(caller, learner_agency, learner);
}

bool IsLearnerHidden(const Caller& caller, Staff staff, const std::string& name,
                     const std::string& learner_agency, const std::string& learner) {
  return LearnerRecordViewerOf(caller, staff) == caller.agency &&
         !ReachesLearner(caller, staff, name, learner_agency, learner);
}

absl::StatusOr<bool> LeaveOutHiddenLearners(const storage::Transaction& tx, const Caller& caller, Staff staff,
                                            const std::string& kind, const std::string& learner_agency,
                                            const std::string& learner, storage::ListQuery* query) {
  if (!learner_agency.empty() || !learner.empty()) {
    return LeaveOneLearner(caller, staff, learner_agency, learner, query);
  }
  const bool of_owner = IsLearnerStaff(caller, staff);
  // A caller who is neither staff nor lead lists as a learner. From a caller who is both, nothing of the
  // agency is hidden.
  if (of_owner == IsLeadOfLearners(caller)) return true;
  LearnerRecords of;
  of.kind = kind;
  of.prefix = query->prefix;
  if (!query->filters.empty()) std::tie(of.field, of.value) = query->filters[0];
  if (of_owner) {
    of.owner = caller.agency;
    of.learner = LearnerViewer(caller.agency, caller.actor);
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

}  // namespace accord::training
