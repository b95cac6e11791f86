// These are the handlers of CourseService.
#ifndef ACCORD_SERVICES_TRAINING_COURSES_COURSE_SERVICE_H_
#define ACCORD_SERVICES_TRAINING_COURSES_COURSE_SERVICE_H_

#include <string>

#include "accord/training/v1/course_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::training {

class CourseService {
 public:
  explicit CourseService(const storage::PageTokens* tokens)
      : courses_("course", tokens),
        lists_("indicator_list", tokens),
        models_("training_model", tokens),
        attestations_("attestation", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::Course> Create(host::Call&, Tx&, const storage::Write&, const v1::CreateCourseRequest&);
  absl::StatusOr<v1::Course> Get(host::Call&, Tx&, const v1::GetCourseRequest&);
  absl::StatusOr<v1::ListCoursesResponse> List(host::Call&, Tx&, const v1::ListCoursesRequest&);
  absl::StatusOr<v1::Course> Advance(host::Call&, Tx&, const storage::Write&,
                                     const v1::AdvanceCourseRequest&);
  absl::StatusOr<v1::Course> Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseCourseRequest&);
  absl::StatusOr<v1::IndicatorList> CreateIndicators(host::Call&, Tx&, const storage::Write&,
                                                     const v1::CreateIndicatorListRequest&);
  absl::StatusOr<v1::IndicatorList> GetIndicators(host::Call&, Tx&, const v1::GetIndicatorListRequest&);
  absl::StatusOr<v1::ListIndicatorListsResponse> ListIndicators(host::Call&, Tx&,
                                                                const v1::ListIndicatorListsRequest&);
  absl::StatusOr<v1::TrainingModel> CreateModel(host::Call&, Tx&, const storage::Write&,
                                                const v1::CreateTrainingModelRequest&);
  absl::StatusOr<v1::TrainingModel> AdvanceModel(host::Call&, Tx&, const storage::Write&,
                                                 const v1::AdvanceTrainingModelRequest&);
  absl::StatusOr<v1::TrainingModel> GetModel(host::Call&, Tx&, const v1::GetTrainingModelRequest&);
  absl::StatusOr<v1::ListTrainingModelsResponse> ListModels(host::Call&, Tx&,
                                                            const v1::ListTrainingModelsRequest&);
  absl::StatusOr<v1::Attestation> Attest(host::Call&, Tx&, const storage::Write&,
                                         const v1::CreateAttestationRequest&);
  absl::StatusOr<v1::Attestation> GetAttestation(host::Call&, Tx&, const v1::GetAttestationRequest&);
  absl::StatusOr<v1::ListAttestationsResponse> ListAttestations(host::Call&, Tx&,
                                                                const v1::ListAttestationsRequest&);

  // This gives the caller's own course with the transition of the event applied.
  absl::StatusOr<v1::Course> Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  // Checks that prerequisites and lists exist and that figures make sense.
  absl::Status CheckCourse(Tx&, const v1::Course&);

  storage::Resources courses_;
  storage::Resources lists_;
  storage::Resources models_;
  storage::Resources attestations_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COURSES_COURSE_SERVICE_H_
