// This decides who sees what of a learner.
#ifndef ACCORD_SERVICES_TRAINING_LEARNER_ACCESS_H_
#define ACCORD_SERVICES_TRAINING_LEARNER_ACCESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"

namespace accord::training {

// The office counts for this viewer, which sees nothing of a learner.
inline constexpr char kOffice[] = "#office";
// This gives the viewer (storage::Placement) for a learner, who sees only his or her own records.
std::string LearnerViewer(const std::string& agency, const std::string& learner);
// This tells whether the caller leads the people of an employer. The access rules of this service name these
// roles beside the kinds of employers.
bool IsLeadOfLearners(const Caller& caller);
// This says which staff of a course's owner is meant: trainers handle enrolments and marks, and only
// registrars handle certificates and completions.
enum class Staff { kTrainers, kRegistrars };
bool IsLearnerStaff(const Caller& caller, Staff staff);
// This gives the viewer for which the caller lists and reads. A lead and the owner's staff see what the
// agency sees, and everybody else sees what a learner sees, whatever other roles the caller has.
std::string LearnerRecordViewerOf(const Caller& caller, Staff staff);
// This tells whether the caller may read and change a record of this learner: the staff of the owner in the
// record's name may, a lead may for the own people, and the learner may.
bool ReachesLearner(const Caller& caller, Staff staff, const std::string& name,
                    const std::string& learner_agency, const std::string& learner);
// This tells whether the caller may not see a record that the caller's viewer sees. An agency that is both
// owner and employer sees the records of both, but each of its people sees those of one.
bool IsLearnerHidden(const Caller& caller, Staff staff, const std::string& name,
                     const std::string& learner_agency, const std::string& learner);
// Narrows `query`, which is for the caller's viewer and has at most one filter and one prefix, to what
// IsLearnerHidden does not hide. It is narrowed to this learner, or to everybody if both texts are empty.
// The result is false if nothing is left to list. It fails with FIELD_INVALID if only one of the two texts
// is set.
absl::StatusOr<bool> LeaveOutHiddenLearners(const storage::Transaction& tx, const Caller& caller, Staff staff,
                                            const std::string& kind, const std::string& learner_agency,
                                            const std::string& learner, storage::ListQuery* query);
// This tells whether the record is about the caller.
bool IsOwnRecord(const Caller& caller, const std::string& learner_agency, const std::string& learner);
// This fails with PERMISSION_DENIED and rule OWN_RECORD if the record is about the caller, since nobody may
// mark, certify or import his or her own record.
absl::Status CheckNotOwnRecord(const Caller& caller, const std::string& learner_agency,
                               const std::string& learner);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_LEARNER_ACCESS_H_
