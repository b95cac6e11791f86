// This says who sees what of a learner, and what names say.
#ifndef ACCORD_SERVICES_TRAINING_PARTIES_H_
#define ACCORD_SERVICES_TRAINING_PARTIES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/access/decide.h"
#include "common/access/names.h"
#include "common/storage/records/resources.h"

namespace accord::training {

// Gives the course that an offering or an enrolment is of, and the offering of an enrolment.
std::string CourseOf(const std::string& name);
std::string OfferingOf(const std::string& enrolment);
// Gives the last part of a name.
std::string IdOf(const std::string& name);

// This viewer counts for the office, and sees nothing of a learner.
inline constexpr char kOffice[] = "#office";
// A learner as a viewer of storage::Placement: sees own records and nobody else's.
std::string LearnerKey(const std::string& agency, const std::string& learner);
// It is true for the lead of an employer: the roles that the rules of this service name beside the employers'
// kinds, no others.
bool IsLead(const Caller& caller);
// Who of a course's owner has to do with learners: trainers with enrolments and marks, registrars alone with
// certificates and completions.
enum class Staff { kTrainers, kRegistrars };
bool IsStaff(const Caller& caller, Staff staff);
// As whom the caller lists and reads: a lead and the owner's staff as the agency, everybody else as the
// learner that he or she is, whatever other roles there are.
std::string ViewerOf(const Caller& caller, Staff staff);
// Whether a record, of the owner in its name and of this learner, is the caller's to read and change: the
// owner's staff, a lead's own people, one's own.
bool Reaches(const Caller& caller, Staff staff, const std::string& name, const std::string& learner_agency,
             const std::string& learner);
// Of what the caller's viewer sees: not among the rows that are the caller's own to see. An agency that is
// owner and employer sees the rows of both; each of its people those of one.
bool IsHidden(const Caller& caller, Staff staff, const std::string& name, const std::string& learner_agency,
              const std::string& learner);
// Makes `query`, of what the caller's viewer sees by one filter or none and one prefix or none, one of what
// IsHidden does not hide from the caller: of this learner alone, or of everybody where both texts are empty.
// Nothing is left to list where the answer is false. FIELD_INVALID for one of the two texts alone.
absl::StatusOr<bool> LeaveOutHidden(const storage::Transaction& tx, const Caller& caller, Staff staff,
                                    const std::string& kind, const std::string& learner_agency,
                                    const std::string& learner, storage::ListQuery* query);
// The record is about the caller.
bool IsOwnRecord(const Caller& caller, const std::string& learner_agency, const std::string& learner);
// PERMISSION_DENIED with rule OWN_RECORD if it is: nobody marks, certifies or imports what is his or her own.
absl::Status CheckNotOwnRecord(const Caller& caller, const std::string& learner_agency,
                               const std::string& learner);
// This places a record that one agency makes and everybody reads.
storage::Placement Public(const std::string& name, const std::string& state);
// This places a record that the owner, the learner and the learner's employer read.
storage::Placement Personal(const std::string& name, const std::string& state,
                            const std::string& learner_agency, const std::string& learner);

// NOT_FOUND unless `parent` is the caller's own agency.
absl::Status CheckOwnParent(const Caller& caller, const std::string& parent);
// PERMISSION_DENIED with rule NOT_THE_OWNER unless the record is of the caller's agency.
absl::Status CheckOwner(const Caller& caller, const std::string& name);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_PARTIES_H_
