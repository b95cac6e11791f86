// These are the handlers of OfferingService.
#ifndef ACCORD_SERVICES_TRAINING_COURSES_OFFERING_SERVICE_H_
#define ACCORD_SERVICES_TRAINING_COURSES_OFFERING_SERVICE_H_

#include <string>

#include "accord/training/v1/offering_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::training {

class OfferingService {
 public:
  explicit OfferingService(const storage::PageTokens* tokens)
      : courses_("course", tokens), offerings_("offering", tokens), enrolments_("enrolment", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Enrolment>;
  struct Opened {
    v1::Offering offering;
    v1::Enrolment enrolment;
  };

  absl::StatusOr<v1::Offering> Create(host::Call&, Tx&, const storage::Write&,
                                      const v1::CreateOfferingRequest&);
  absl::StatusOr<v1::Offering> Get(host::Call&, Tx&, const v1::GetOfferingRequest&);
  absl::StatusOr<v1::Offering> Advance(host::Call&, Tx&, const storage::Write&,
                                       const v1::AdvanceOfferingRequest&);
  absl::StatusOr<v1::Offering> ReplaceInstructor(host::Call&, Tx&, const storage::Write&,
                                                 const v1::ReplaceOfferingInstructorRequest&);
  absl::StatusOr<v1::ListOfferingsResponse> List(host::Call&, Tx&, const v1::ListOfferingsRequest&);
  Result Enrol(host::Call&, Tx&, const storage::Write&, const v1::CreateEnrolmentRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawEnrolmentRequest&);
  Result RecordAttendance(host::Call&, Tx&, const storage::Write&,
                          const v1::RecordEnrolmentAttendanceRequest&);
  Result RecordAssessment(host::Call&, Tx&, const storage::Write&,
                          const v1::RecordEnrolmentAssessmentRequest&);
  Result Complete(host::Call&, Tx&, const storage::Write&, const v1::CompleteEnrolmentRequest&);
  Result GetEnrolment(host::Call&, Tx&, const v1::GetEnrolmentRequest&);
  absl::StatusOr<v1::ListEnrolmentsResponse> ListEnrolments(host::Call&, Tx&,
                                                            const v1::ListEnrolmentsRequest&);

  // Checks that the learner holds every prerequisite today. It fails with PREREQUISITE_MISSING or
  // PREREQUISITE_EXPIRED. About another owner's course, only the learner and the lead of the learner's
  // agency are told that. Everybody else gets PREREQUISITE_OF_ANOTHER, whether or not the learner holds
  // the prerequisite.
  absl::Status CheckPrerequisites(Tx&, const Caller&, const v1::Course&, const v1::Enrolment&,
                                  absl::Time now);
  // This gives an enrolment that the caller may read.
  Result ReadReachedEnrolment(host::Call&, Tx&, const std::string& name);
  // This cancels the enrolments of everybody who waits, has a seat or attended, because the offering is
  // not held.
  absl::Status CancelEnrolments(Tx&, const storage::Write&, const std::string& offering);
  // This gives an enrolment for marking. The caller must be an instructor of the offering.
  absl::StatusOr<Opened> OpenForMark(host::Call&, Tx&, const std::string& name);
  absl::Status MoveEnrolment(const std::string& event, v1::Enrolment* enrolment);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Enrolment);

  storage::Resources courses_;
  storage::Resources offerings_;
  storage::Resources enrolments_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COURSES_OFFERING_SERVICE_H_
