// Who sees what of a learner.
#ifndef ACCORD_SERVICES_TRAINING_LEARNER_ACCESS_H_
#define ACCORD_SERVICES_TRAINING_LEARNER_ACCESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"

namespace accord::training {

// The viewer that counts for the office and sees nothing of a learner.
inline constexpr char kOffice[] = "#office";
// Gives the viewer (storage::Placement) for a learner, who sees only his or her own records.
std::string LearnerViewer(const std::string& agency, const std::string& learner);
// Whether the caller leads an employer's people: the rules of this service name these roles beside the
// employers' kinds.
bool IsLeadOfLearners(const Caller& caller);
// Which staff of a course's owner handles learners: trainers handle enrolments and marks, and only registrars
// certificates and completions.
enum class Staff { kTrainers, kRegistrars };
bool IsStaff(const Caller& caller, Staff staff);
// Gives the viewer as whom the caller lists and reads: a lead and the owner's staff see as the agency, and
// everybody else as a learner, whatever other roles the caller has.
std::string LearnerRecordViewerOf(const Caller& caller, Staff staff);
// Whether the caller may read and change a record of this learner, whose name has the owner: the owner's
// staff may, a lead for the own people, and the learner.
bool ReachesLearner(const Caller& caller, Staff staff, const std::string& name,
                    const std::string& learner_agency, const std::string& learner);
// Whether a record that the caller's viewer sees is not the caller's to see. An agency that is both owner and
// employer sees the rows of both; each of its people sees those of one.
bool IsLearnerHidden(const Caller& caller, Staff staff, const std::string& name,
                     const std::string& learner_agency, const std::string& learner);
// Narrows `query`, of the caller's viewer and with at most one filter and one prefix, to what IsHidden does
// not hide: to this learner, or to everybody if both texts are empty. False if nothing is left to list.
// FIELD_INVALID if only one of the two texts is set.
absl::StatusOr<bool> LeaveOutHiddenLearners(const storage::Transaction& tx, const Caller& caller, Staff staff,
                                            const std::string& kind, const std::string& learner_agency,
                                            const std::string& learner, storage::ListQuery* query);
// Whether the record is about the caller.
bool IsOwnRecord(const Caller& caller, const std::string& learner_agency, const std::string& learner);
// PERMISSION_DENIED with rule OWN_RECORD if the record is about the caller, since nobody may mark, certify or
// import his or her own record.
absl::Status CheckNotOwnRecord(const Caller& caller, const std::string& learner_agency,
                               const std::string& learner);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_LEARNER_ACCESS_H_
