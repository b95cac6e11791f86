#include "services/training/courses/course_service.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/training/learner_access.h"
#include "services/training/lifecycles.h"
#include "services/training/ownership.h"
#include "services/training/placements.h"

namespace accord::training {
namespace {

std::string CourseStateName(const v1::Course& course) {
  return ShortName(v1::CourseState_descriptor(), course.state());
}
std::string TrainingModelStateName(const v1::TrainingModel& model) {
  return ShortName(v1::TrainingModelState_descriptor(), model.state());
}

// This gives the viewer for which the caller reads attestations. The office reads all of them.
std::string CourseAttestationViewer(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE ? kOffice : caller.agency;
}

}  // namespace

void CourseService::Register(host::Handlers* handlers) {
  using S = CourseService;
  handlers->Bind("accord.training.v1.CourseService", this, &S::Create, &S::Get, &S::List, &S::Advance,
                 &S::Revise, &S::CreateIndicators, &S::GetIndicators, &S::ListIndicators, &S::CreateModel,
                 &S::AdvanceModel, &S::GetModel, &S::ListModels, &S::Attest, &S::GetAttestation,
                 &S::ListAttestations);
}

absl::Status CourseService::CheckCourse(Tx& tx, const v1::Course& course) {
  for (const auto& name : course.prerequisites()) {
    v1::Course prerequisite;
    if (name == course.name() || !courses_.GetAny(tx, name, &prerequisite).ok()) {
      return Refuse(rules::kPrerequisiteUnknown, "A prerequisite is another course's name.");
    }
  }
  for (const auto& name : course.indicator_lists()) {
    v1::IndicatorList list;
    if (!lists_.GetAny(tx, name, &list).ok()) {
      return Refuse(rules::kIndicatorListUnknown, "indicator_lists names lists that exist.");
    }
  }
  if (course.has_hours() && course.hours() < 1) {
    return RefuseFields({{"course.hours", "is at least 1, and left out if it is not known"}});
  }
  if (course.min_attendance() < 0 || course.min_attendance() > 100 || course.pass_mark() < 0 ||
      course.pass_mark() > 100 || (course.has_recert_months() && course.recert_months() < 1)) {
    return RefuseFields({{"course", "min_attendance and pass_mark are percent, recert_months at least 1"}});
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Course> CourseService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::CreateCourseRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckParentIsCallers(call.caller(), request.parent()));
  v1::Course course = request.course();
  course.set_name(absl::StrCat(request.parent(), "/courses/", course.course_id()));
  course.set_version(1);
  course.set_state(v1::COURSE_STATE_DESIGN);
  ACCORD_RETURN_IF_ERROR(CheckCourse(tx, course));
  ACCORD_RETURN_IF_ERROR(
      courses_.Insert(tx, &course, write, PublicPlacement(course.name(), CourseStateName(course))));
  return course;
}

absl::StatusOr<v1::Course> CourseService::Get(host::Call& call, Tx& tx, const v1::GetCourseRequest& request) {
  v1::Course course;
  ACCORD_RETURN_IF_ERROR(courses_.Get(tx, request.name(), call.caller().agency, &course));
  return course;
}

absl::StatusOr<v1::ListCoursesResponse> CourseService::List(host::Call& call, Tx& tx,
                                                            const v1::ListCoursesRequest& request) {
  return courses_.ListInto(tx, storage::QueryOf(call.caller().agency, request),
                           &v1::ListCoursesResponse::mutable_courses);
}

absl::StatusOr<v1::Course> CourseService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                const std::string& event) {
  v1::Course course;
  ACCORD_RETURN_IF_ERROR(courses_.Get(tx, name, call.caller().agency, &course));
  ACCORD_ASSIGN_OR_RETURN(const int next, CourseLifecycle().Next(course.state(), event));
  course.set_state(static_cast<v1::CourseState>(next));
  return course;
}

absl::StatusOr<v1::Course> CourseService::Advance(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::AdvanceCourseRequest& request) {
  // A revision needs a text, and an offering triggers the first delivery.
  const bool ours = request.event() != kRevise && request.event() != kFirstDelivered;
  ACCORD_ASSIGN_OR_RETURN(v1::Course course, Moved(call, tx, request.name(), ours ? request.event() : ""));
  ACCORD_RETURN_IF_ERROR(courses_.Update(tx, &course, request.etag(), write,
                                         PublicPlacement(course.name(), CourseStateName(course))));
  return course;
}

absl::StatusOr<v1::Course> CourseService::Revise(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::ReviseCourseRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const v1::Course before, Moved(call, tx, request.course().name(), kRevise));
  v1::Course course = request.course();
  course.set_course_id(before.course_id());
  *course.mutable_create_time() = before.create_time();
  course.set_version(before.version() + 1);
  course.set_state(before.state());
  ACCORD_RETURN_IF_ERROR(CheckCourse(tx, course));
  ACCORD_RETURN_IF_ERROR(courses_.Update(tx, &course, request.course().etag(), write,
                                         PublicPlacement(course.name(), CourseStateName(course))));
  return course;
}

absl::StatusOr<v1::IndicatorList> CourseService::CreateIndicators(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::CreateIndicatorListRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckParentIsCallers(call.caller(), request.parent()));
  v1::IndicatorList list = request.indicator_list();
  // The name consists of sector and version, so that each version exists once.
  list.set_name(absl::StrCat(request.parent(), "/indicatorLists/", list.sector(), "-", list.version()));
  ACCORD_RETURN_IF_ERROR(lists_.Insert(tx, &list, write, PublicPlacement(list.name(), "")));
  return list;
}

absl::StatusOr<v1::IndicatorList> CourseService::GetIndicators(host::Call& call, Tx& tx,
                                                               const v1::GetIndicatorListRequest& request) {
  v1::IndicatorList list;
  ACCORD_RETURN_IF_ERROR(lists_.Get(tx, request.name(), call.caller().agency, &list));
  return list;
}

absl::StatusOr<v1::ListIndicatorListsResponse> CourseService::ListIndicators(
    host::Call& call, Tx& tx, const v1::ListIndicatorListsRequest& request) {
  return lists_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                         &v1::ListIndicatorListsResponse::mutable_indicator_lists);
}

absl::StatusOr<v1::TrainingModel> CourseService::CreateModel(host::Call& call, Tx& tx,
                                                             const storage::Write& write,
                                                             const v1::CreateTrainingModelRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckParentIsCallers(call.caller(), request.parent()));
  v1::TrainingModel model = request.training_model();
  model.set_name(absl::StrCat(request.parent(), "/trainingModels/", NewId(call.now())));
  model.set_version(1);
  model.set_state(v1::TRAINING_MODEL_STATE_IDENTIFIED);
  ACCORD_RETURN_IF_ERROR(
      models_.Insert(tx, &model, write, PublicPlacement(model.name(), TrainingModelStateName(model))));
  return model;
}

absl::StatusOr<v1::TrainingModel> CourseService::AdvanceModel(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::AdvanceTrainingModelRequest& request) {
  v1::TrainingModel model;
  ACCORD_RETURN_IF_ERROR(models_.Get(tx, request.name(), call.caller().agency, &model));
  ACCORD_ASSIGN_OR_RETURN(const int next, ModelLifecycle().Next(model.state(), request.event()));
  model.set_state(static_cast<v1::TrainingModelState>(next));
  model.set_version(model.version() + 1);
  ACCORD_RETURN_IF_ERROR(models_.Update(tx, &model, request.etag(), write,
                                        PublicPlacement(model.name(), TrainingModelStateName(model))));
  return model;
}

absl::StatusOr<v1::TrainingModel> CourseService::GetModel(host::Call& call, Tx& tx,
                                                          const v1::GetTrainingModelRequest& request) {
  v1::TrainingModel model;
  ACCORD_RETURN_IF_ERROR(models_.Get(tx, request.name(), call.caller().agency, &model));
  return model;
}

absl::StatusOr<v1::ListTrainingModelsResponse> CourseService::ListModels(
    host::Call& call, Tx& tx, const v1::ListTrainingModelsRequest& request) {
  return models_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                          &v1::ListTrainingModelsResponse::mutable_training_models);
}

absl::StatusOr<v1::Attestation> CourseService::Attest(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CreateAttestationRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckParentIsCallers(call.caller(), request.parent()));
  v1::Attestation attestation = request.attestation();
  v1::Course course;
  ACCORD_RETURN_IF_ERROR(courses_.Get(tx, attestation.course(), call.caller().agency, &course));
  ACCORD_RETURN_IF_ERROR(CheckOwnedByCaller(call.caller(), course.name()));
  int64_t split = 0;
  for (const auto& group : attestation.role_groups()) {
    // A negative count in one group would allow a larger count in another one.
    if (group.count() < 0) {
      return RefuseFields({{"attestation.role_groups.count", "must not be negative"}});
    }
    split += group.count();
  }
  if (attestation.count() < 1 || split > attestation.count()) {
    return Refuse(rules::kCountsDisagree,
                  "The groups cannot add up to more than the whole; leave a count that is not known unset.");
  }
  attestation.set_name(absl::StrCat(request.parent(), "/attestations/", NewId(call.now())));
  attestation.set_statement(absl::StrCat(attestation.approx() ? "approximately " : "", attestation.count()));
  const storage::Placement placement = {
      OwnerOf(attestation.name()), "", {OwnerOf(attestation.name()), kOffice}, {}};
  ACCORD_RETURN_IF_ERROR(attestations_.Insert(tx, &attestation, write, placement));
  return attestation;
}

absl::StatusOr<v1::Attestation> CourseService::GetAttestation(host::Call& call, Tx& tx,
                                                              const v1::GetAttestationRequest& request) {
  v1::Attestation attestation;
  ACCORD_RETURN_IF_ERROR(
      attestations_.Get(tx, request.name(), CourseAttestationViewer(call.caller()), &attestation));
  return attestation;
}

absl::StatusOr<v1::ListAttestationsResponse> CourseService::ListAttestations(
    host::Call& call, Tx& tx, const v1::ListAttestationsRequest& request) {
  return attestations_.ListInto(
      tx, {CourseAttestationViewer(call.caller()), {}, request.page_size(), request.page_token(), ""},
      &v1::ListAttestationsResponse::mutable_attestations);
}

}  // namespace accord::training
