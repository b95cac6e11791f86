#include "services/training/courses/offering_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/training/courses/seats_store.h"
#include "services/training/learner_access.h"
#include "services/training/lifecycles.h"
#include "services/training/placements.h"
#include "services/training/record_names.h"

namespace accord::training {
namespace {

using v1::Enrolment;

storage::Placement OfferingPlacement(const v1::Offering& offering) {
  return PublicPlacement(offering.name(), ShortName(v1::OfferingState_descriptor(), offering.state()));
}
storage::Placement EnrolmentPlacement(const Enrolment& enrolment) {
  return LearnerPlacement(enrolment.name(), ShortName(v1::EnrolmentState_descriptor(), enrolment.state()),
                          enrolment.learner_agency(), enrolment.learner());
}
std::string LearnerOfEnrolment(const Enrolment& enrolment) {
  return LearnerViewer(enrolment.learner_agency(), enrolment.learner());
}

bool TeachesOffering(const google::protobuf::RepeatedPtrField<std::string>& instructors,
                     const std::string& who) {
  return std::find(instructors.begin(), instructors.end(), who) != instructors.end();
}

// Checks that the caller may enrol this learner: a learner enrols himself or herself, a lead enrols the own
// staff, and the owner of the course enrols everybody.
absl::Status CheckMayEnrol(const Caller& caller, const Enrolment& enrolment, const std::string& offering) {
  if (ReachesLearner(caller, Staff::kTrainers, offering, enrolment.learner_agency(), enrolment.learner())) {
    return absl::OkStatus();
  }
  return Refuse(rules::kNotYourOwn, "A learner enrols himself or herself, a lead the own agency's staff.");
}

}  // namespace

void OfferingService::Register(host::Handlers* handlers) {
  using S = OfferingService;
  handlers->Bind("accord.training.v1.OfferingService", this, &S::Create, &S::Get, &S::Advance,
                 &S::ReplaceInstructor, &S::List, &S::Enrol, &S::Withdraw, &S::RecordAttendance,
                 &S::RecordAssessment, &S::Complete, &S::GetEnrolment, &S::ListEnrolments);
}

absl::StatusOr<v1::Offering> OfferingService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                     const v1::CreateOfferingRequest& request) {
  v1::Course course;
  ACCORD_RETURN_IF_ERROR(courses_.Get(tx, request.parent(), call.caller().agency, &course));
  if (course.state() != v1::COURSE_STATE_APPROVED && course.state() != v1::COURSE_STATE_DELIVERED) {
    return Refuse(rules::kCourseNotApproved, "The course is approved first.");
  }
  v1::Offering offering = request.offering();
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("offering.from", offering.from(), "offering.to", offering.to()));
  if (offering.capacity() < 1) return RefuseFields({{"offering.capacity", "is at least 1"}});
  offering.set_name(absl::StrCat(course.name(), "/offerings/", NewId(call.now())));
  offering.set_state(v1::OFFERING_STATE_PLANNED);
  offering.set_course_version(course.version());
  *offering.mutable_course() = course;
  ACCORD_RETURN_IF_ERROR(MakeSeats(tx, offering.name(), offering.capacity()));
  ACCORD_RETURN_IF_ERROR(offerings_.Insert(tx, &offering, write, OfferingPlacement(offering)));
  return offering;
}

absl::StatusOr<v1::Offering> OfferingService::Get(host::Call& call, Tx& tx,
                                                  const v1::GetOfferingRequest& request) {
  v1::Offering offering;
  ACCORD_RETURN_IF_ERROR(offerings_.Get(tx, request.name(), call.caller().agency, &offering));
  ACCORD_ASSIGN_OR_RETURN(const int taken, SeatsTaken(tx, offering.name()));
  offering.set_taken(taken);
  return offering;
}

absl::StatusOr<v1::Offering> OfferingService::Advance(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::AdvanceOfferingRequest& request) {
  v1::Offering offering;
  ACCORD_RETURN_IF_ERROR(offerings_.Get(tx, request.name(), call.caller().agency, &offering));
  ACCORD_ASSIGN_OR_RETURN(const int next, OfferingLifecycle().Next(offering.state(), request.event()));
  offering.set_state(static_cast<v1::OfferingState>(next));
  if (offering.state() == v1::OFFERING_STATE_DELIVERED) {
    v1::Course course;
    ACCORD_RETURN_IF_ERROR(courses_.GetAny(tx, CourseNameOf(offering.name()), &course));
    if (const auto delivered = CourseLifecycle().Next(course.state(), kFirstDelivered); delivered.ok()) {
      course.set_state(static_cast<v1::CourseState>(*delivered));
      const std::string etag = course.etag();
      const std::string state = ShortName(v1::CourseState_descriptor(), course.state());
      ACCORD_RETURN_IF_ERROR(
          courses_.Update(tx, &course, etag, write, PublicPlacement(course.name(), state)));
    }
  }
  if (offering.state() == v1::OFFERING_STATE_CANCELLED) {
    ACCORD_RETURN_IF_ERROR(CancelEnrolments(tx, write, offering.name()));
  }
  ACCORD_RETURN_IF_ERROR(
      offerings_.Update(tx, &offering, request.etag(), write, OfferingPlacement(offering)));
  return offering;
}

absl::StatusOr<v1::Offering> OfferingService::ReplaceInstructor(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReplaceOfferingInstructorRequest& request) {
  v1::Offering offering;
  ACCORD_RETURN_IF_ERROR(offerings_.Get(tx, request.name(), call.caller().agency, &offering));
  if (offering.state() == v1::OFFERING_STATE_CANCELLED) {
    return Refuse(rules::kOfferingNotHeld, "Nobody teaches or marks an offering that is cancelled.");
  }
  if (request.successor() == request.instructor()) {
    return RefuseFields({{"successor", "must be another than instructor"}});
  }
  if (!TeachesOffering(offering.instructors(), request.instructor())) {
    return Refuse(rules::kInstructorAbsent, "The offering has no such instructor.");
  }
  google::protobuf::RepeatedPtrField<std::string> teach;
  for (const std::string& each : offering.instructors()) {
    const std::string& who = each == request.instructor() ? request.successor() : each;
    if (!who.empty() && !TeachesOffering(teach, who)) *teach.Add() = who;
  }
  if (teach.empty()) return RefuseFields({{"successor", "is required, since nobody else teaches it"}});
  *offering.mutable_instructors() = std::move(teach);
  ACCORD_RETURN_IF_ERROR(
      offerings_.Update(tx, &offering, request.etag(), write, OfferingPlacement(offering)));
  return offering;
}

absl::StatusOr<v1::ListOfferingsResponse> OfferingService::List(host::Call& call, Tx& tx,
                                                                const v1::ListOfferingsRequest& request) {
  storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  query.prefix = request.parent() + "/offerings/";
  ACCORD_ASSIGN_OR_RETURN(auto page, offerings_.List<v1::Offering>(tx, query));
  v1::ListOfferingsResponse response;
  for (auto& offering : page.items) {
    ACCORD_ASSIGN_OR_RETURN(const int taken, SeatsTaken(tx, offering.name()));
    offering.set_taken(taken);
    *response.add_offerings() = std::move(offering);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

OfferingService::Result OfferingService::Enrol(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::CreateEnrolmentRequest& request) {
  v1::Offering offering;
  ACCORD_RETURN_IF_ERROR(offerings_.Get(tx, request.parent(), call.caller().agency, &offering));
  Enrolment enrolment = request.enrolment();
  ACCORD_RETURN_IF_ERROR(CheckMayEnrol(call.caller(), enrolment, offering.name()));
  if (offering.state() != v1::OFFERING_STATE_OPEN) {
    return Refuse(rules::kOfferingNotOpen, "Enrolment is not open.");
  }
  ACCORD_RETURN_IF_ERROR(CheckPrerequisites(tx, call.caller(), offering.course(), enrolment, call.now()));
  enrolment.set_name(absl::StrCat(offering.name(), "/enrolments/", NewId(call.now())));
  enrolment.set_course_version(offering.course_version());
  ACCORD_ASSIGN_OR_RETURN(const bool seated,
                          TakeSeat(tx, offering.name(), LearnerOfEnrolment(enrolment), enrolment.name()));
  enrolment.set_state(seated ? v1::ENROLMENT_STATE_ENROLLED : v1::ENROLMENT_STATE_WAITLISTED);
  ACCORD_RETURN_IF_ERROR(enrolments_.Insert(tx, &enrolment, write, EnrolmentPlacement(enrolment)));
  return enrolment;
}

absl::Status OfferingService::MoveEnrolment(const std::string& event, Enrolment* enrolment) {
  ACCORD_ASSIGN_OR_RETURN(const int next, EnrolmentLifecycle().Next(enrolment->state(), event));
  enrolment->set_state(static_cast<v1::EnrolmentState>(next));
  return absl::OkStatus();
}

OfferingService::Result OfferingService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                              Enrolment enrolment) {
  ACCORD_RETURN_IF_ERROR(enrolments_.Update(tx, &enrolment, etag, write, EnrolmentPlacement(enrolment)));
  return enrolment;
}

OfferingService::Result OfferingService::Withdraw(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::WithdrawEnrolmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Enrolment enrolment, ReadReachedEnrolment(call, tx, request.name()));
  const bool had_seat = enrolment.state() == v1::ENROLMENT_STATE_ENROLLED;
  ACCORD_RETURN_IF_ERROR(MoveEnrolment("withdraw", &enrolment));
  ACCORD_ASSIGN_OR_RETURN(const auto next,
                          LeaveSeat(tx, OfferingNameOf(enrolment.name()), LearnerOfEnrolment(enrolment),
                                    enrolment.name(), had_seat));
  if (next) {
    Enrolment admitted;
    ACCORD_RETURN_IF_ERROR(enrolments_.GetAny(tx, *next, &admitted));
    ACCORD_RETURN_IF_ERROR(MoveEnrolment("admit", &admitted));
    const std::string etag = admitted.etag();
    ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, std::move(admitted)).status());
  }
  return Keep(tx, write, request.etag(), std::move(enrolment));
}

OfferingService::Result OfferingService::ReadReachedEnrolment(host::Call& call, Tx& tx,
                                                              const std::string& name) {
  Enrolment enrolment;
  ACCORD_RETURN_IF_ERROR(
      enrolments_.Get(tx, name, LearnerRecordViewerOf(call.caller(), Staff::kTrainers), &enrolment));
  if (IsLearnerHidden(call.caller(), Staff::kTrainers, name, enrolment.learner_agency(),
                      enrolment.learner())) {
    return NotFound();
  }
  return enrolment;
}

OfferingService::Result OfferingService::GetEnrolment(host::Call& call, Tx& tx,
                                                      const v1::GetEnrolmentRequest& request) {
  return ReadReachedEnrolment(call, tx, request.name());
}

absl::StatusOr<v1::ListEnrolmentsResponse> OfferingService::ListEnrolments(
    host::Call& call, Tx& tx, const v1::ListEnrolmentsRequest& request) {
  storage::ListQuery query{LearnerRecordViewerOf(call.caller(), Staff::kTrainers),
                           {},
                           request.page_size(),
                           request.page_token(),
                           ""};
  if (request.state() != v1::ENROLMENT_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::EnrolmentState_descriptor(), request.state()));
  }
  if (!request.offering().empty()) query.prefix = request.offering() + "/enrolments/";
  ACCORD_ASSIGN_OR_RETURN(const bool any,
                          LeaveOutHiddenLearners(tx, call.caller(), Staff::kTrainers, "enrolment",
                                                 request.learner_agency(), request.learner(), &query));
  if (!any) return v1::ListEnrolmentsResponse();
  return enrolments_.ListInto(tx, query, &v1::ListEnrolmentsResponse::mutable_enrolments);
}

}  // namespace accord::training
