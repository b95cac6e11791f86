// This checks the prerequisites of a course, and decides who is told which of them are missing.
#include <string>

#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/months.h"
#include "services/training/completions/completion_store.h"
#include "services/training/courses/offering_service.h"
#include "services/training/learner_access.h"
#include "services/training/record_names.h"

namespace accord::training {

absl::Status OfferingService::CheckPrerequisites(Tx& tx, const Caller& caller, const v1::Course& course,
                                                 const v1::Enrolment& enrolment, absl::Time now) {
  const std::string &agency = enrolment.learner_agency(), &learner = enrolment.learner();
  for (const auto& name : course.prerequisites()) {
    // Both an error and its absence reveal what somebody completed.
    if (!ReachesLearner(caller, Staff::kTrainers, name, agency, learner)) {
      return Refuse(rules::kPrerequisiteOfAnother,
                    "This course asks for one of another agency: the learner enrols, or who leads the "
                    "learner's agency.");
    }
    v1::Course prerequisite;
    ACCORD_RETURN_IF_ERROR(courses_.GetAny(tx, name, &prerequisite));
    ACCORD_ASSIGN_OR_RETURN(const std::string day,
                            LastCompletion(tx, {OwnerOf(name), IdOf(name), agency, learner, "", 0}));
    if (day.empty()) {
      return Refuse(rules::kPrerequisiteMissing,
                    "The learner has not completed a course that this one asks for.");
    }
    if (prerequisite.has_recert_months() &&
        MonthsAfter(*ParseDay(day), prerequisite.recert_months()) < OntarioDay(now)) {
      return Refuse(rules::kPrerequisiteExpired,
                    "The learner's completion of a course that this one asks for has expired.");
    }
  }
  return absl::OkStatus();
}

}  // namespace accord::training
