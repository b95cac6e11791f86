// These handlers of OfferingService mark enrolments, which an instructor of the offering does.
#include <algorithm>
#include <string>
#include <utility>

#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/training/completions/completion_store.h"
#include "services/training/courses/offering_service.h"
#include "services/training/learner_access.h"
#include "services/training/record_names.h"

namespace accord::training {
namespace {

using v1::Enrolment;

CompletionRow MarkedCompletion(const std::string& course, const Enrolment& enrolment,
                               const std::string& day) {
  return {OwnerOf(course), IdOf(course), enrolment.learner_agency(), enrolment.learner(), day, 0};
}

}  // namespace

absl::StatusOr<OfferingService::Opened> OfferingService::OpenForMark(host::Call& call, Tx& tx,
                                                                     const std::string& name) {
  Opened opened;
  ACCORD_ASSIGN_OR_RETURN(opened.enrolment, ReadReachedEnrolment(call, tx, name));
  ACCORD_RETURN_IF_ERROR(
      CheckNotOwnRecord(call.caller(), opened.enrolment.learner_agency(), opened.enrolment.learner()));
  ACCORD_RETURN_IF_ERROR(offerings_.GetAny(tx, OfferingNameOf(name), &opened.offering));
  if (opened.offering.state() == v1::OFFERING_STATE_PLANNED ||
      opened.offering.state() == v1::OFFERING_STATE_CANCELLED) {
    return Refuse(rules::kOfferingNotHeld, "Marks are of an offering that was opened and is not cancelled.");
  }
  const auto& instructors = opened.offering.instructors();
  if (std::find(instructors.begin(), instructors.end(), call.caller().actor) == instructors.end()) {
    return Refuse(rules::kNotAnInstructor, "An instructor of this offering marks.");
  }
  return opened;
}

OfferingService::Result OfferingService::RecordAttendance(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordEnrolmentAttendanceRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, OpenForMark(call, tx, request.name()));
  if (request.percent() < 0 || request.percent() > 100) return RefuseFields({{"percent", "is 0 to 100"}});
  if (opened.offering.from() > FormatDay(OntarioDay(call.now()))) {
    return Refuse(rules::kOfferingNotBegun, "The offering has not begun.");
  }
  ACCORD_RETURN_IF_ERROR(MoveEnrolment("attend", &opened.enrolment));
  opened.enrolment.set_attendance(request.percent());
  return Keep(tx, write, request.etag(), std::move(opened.enrolment));
}

OfferingService::Result OfferingService::RecordAssessment(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordEnrolmentAssessmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, OpenForMark(call, tx, request.name()));
  if (request.score() < 0 || request.score() > 100) return RefuseFields({{"score", "is 0 to 100"}});
  if (!opened.offering.course().has_pass_mark()) {
    return Refuse(rules::kNotAssessed, "This version of the course has no assessment.");
  }
  ACCORD_RETURN_IF_ERROR(MoveEnrolment("assess", &opened.enrolment));
  auto* assessment = opened.enrolment.add_assessments();
  assessment->set_score(request.score());
  assessment->set_attempt(opened.enrolment.assessments_size());
  assessment->set_on(FormatDay(OntarioDay(call.now())));
  return Keep(tx, write, request.etag(), std::move(opened.enrolment));
}

OfferingService::Result OfferingService::Complete(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::CompleteEnrolmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, OpenForMark(call, tx, request.name()));
  Enrolment& enrolment = opened.enrolment;
  const v1::Course& course = opened.offering.course();
  if (enrolment.state() == v1::ENROLMENT_STATE_ENROLLED) {
    return Refuse(rules::kCompletionWithoutAttendance,
                  "Record the attendance first; nobody completes without.");
  }
  int best = -1;
  for (const auto& assessment : enrolment.assessments()) best = std::max(best, assessment.score());
  if (enrolment.attendance() < course.min_attendance()) {
    enrolment.set_reason("attendance below the course's least");
  } else if (course.has_pass_mark() && best < 0) {
    return Refuse(rules::kAssessmentMissing, "Record the assessment first.");
  } else if (course.has_pass_mark() && best < course.pass_mark()) {
    enrolment.set_reason("assessment below the pass mark");
  }
  ACCORD_RETURN_IF_ERROR(MoveEnrolment(enrolment.reason().empty() ? "pass" : "fail", &enrolment));
  if (enrolment.state() == v1::ENROLMENT_STATE_COMPLETED) {
    enrolment.set_completed_on(FormatDay(OntarioDay(call.now())));
    ACCORD_RETURN_IF_ERROR(AddCompletion(
        tx, MarkedCompletion(CourseNameOf(enrolment.name()), enrolment, enrolment.completed_on())));
  }
  return Keep(tx, write, request.etag(), std::move(enrolment));
}

}  // namespace accord::training
