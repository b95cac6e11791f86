// Who sees what of a learner, and what names say.
#ifndef ACCORD_SERVICES_TRAINING_PARTIES_H_
#define ACCORD_SERVICES_TRAINING_PARTIES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/access/decide.h"
#include "common/access/names.h"
#include "common/storage/resources.h"

namespace accord::training {

// The course that an offering or an enrolment is of, and the offering of an enrolment.
std::string CourseOf(const std::string& name);
std::string OfferingOf(const std::string& enrolment);
// The last part of a name.
std::string IdOf(const std::string& name);

// Who counts for the office, and sees nothing of a learner.
inline constexpr char kOffice[] = "#office";
// A learner as a viewer of storage::Placement: sees own records and nobody else's.
std::string LearnerKey(const std::string& agency, const std::string& learner);
// As whom the caller lists and reads: a learner as such, everybody else as the agency.
std::string ViewerOf(const Caller& caller);
bool IsLearnerOnly(const Caller& caller);
// Of one agency's making and everybody's reading.
storage::Placement Public(const std::string& name, const std::string& state);
// Of the owner, the learner and the learner's employer.
storage::Placement Personal(const std::string& name, const std::string& state,
                            const std::string& learner_agency, const std::string& learner);

// NOT_FOUND unless `parent` is the caller's own agency.
absl::Status CheckOwnParent(const Caller& caller, const std::string& parent);
// PERMISSION_DENIED with rule NOT_THE_OWNER unless the record is of the caller's agency.
absl::Status CheckOwner(const Caller& caller, const std::string& name);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_PARTIES_H_
