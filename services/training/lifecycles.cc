#include "services/training/lifecycles.h"

namespace accord::training {

using namespace v1;

const Lifecycle& CourseLifecycle() {
  static const Lifecycle table(CourseState_descriptor(),
                               {
                                   {COURSE_STATE_DESIGN, "approve", COURSE_STATE_APPROVED},
                                   {COURSE_STATE_DESIGN, kRevise, COURSE_STATE_DESIGN},
                                   {COURSE_STATE_APPROVED, kRevise, COURSE_STATE_DESIGN},
                                   {COURSE_STATE_DELIVERED, kRevise, COURSE_STATE_DESIGN},
                                   {COURSE_STATE_APPROVED, kFirstDelivered, COURSE_STATE_DELIVERED},
                                   {COURSE_STATE_DESIGN, "retire", COURSE_STATE_RETIRED},
                                   {COURSE_STATE_APPROVED, "retire", COURSE_STATE_RETIRED},
                                   {COURSE_STATE_DELIVERED, "retire", COURSE_STATE_RETIRED},
                               });
  return table;
}

const Lifecycle& OfferingLifecycle() {
  static const Lifecycle table(OfferingState_descriptor(),
                               {
                                   {OFFERING_STATE_PLANNED, "open", OFFERING_STATE_OPEN},
                                   {OFFERING_STATE_OPEN, "close", OFFERING_STATE_CLOSED},
                                   {OFFERING_STATE_CLOSED, "open", OFFERING_STATE_OPEN},
                                   {OFFERING_STATE_CLOSED, "deliver", OFFERING_STATE_DELIVERED},
                                   {OFFERING_STATE_PLANNED, "cancel", OFFERING_STATE_CANCELLED},
                                   {OFFERING_STATE_OPEN, "cancel", OFFERING_STATE_CANCELLED},
                                   {OFFERING_STATE_CLOSED, "cancel", OFFERING_STATE_CANCELLED},
                               });
  return table;
}

const Lifecycle& EnrolmentLifecycle() {
  static const Lifecycle table(EnrolmentState_descriptor(),
                               {
                                   {ENROLMENT_STATE_WAITLISTED, "admit", ENROLMENT_STATE_ENROLLED},
                                   {ENROLMENT_STATE_WAITLISTED, "withdraw", ENROLMENT_STATE_WITHDRAWN},
                                   {ENROLMENT_STATE_ENROLLED, "withdraw", ENROLMENT_STATE_WITHDRAWN},
                                   {ENROLMENT_STATE_ENROLLED, "attend", ENROLMENT_STATE_ATTENDED},
                                   {ENROLMENT_STATE_ATTENDED, "attend", ENROLMENT_STATE_ATTENDED},
                                   {ENROLMENT_STATE_ATTENDED, "assess", ENROLMENT_STATE_ATTENDED},
                                   {ENROLMENT_STATE_ATTENDED, "pass", ENROLMENT_STATE_COMPLETED},
                                   {ENROLMENT_STATE_ATTENDED, "fail", ENROLMENT_STATE_INCOMPLETE},
                                   // These events happen when the offering is cancelled, and no method of an
                                   // enrolment triggers them.
                                   {ENROLMENT_STATE_WAITLISTED, "cancel", ENROLMENT_STATE_CANCELLED},
                                   {ENROLMENT_STATE_ENROLLED, "cancel", ENROLMENT_STATE_CANCELLED},
                                   {ENROLMENT_STATE_ATTENDED, "cancel", ENROLMENT_STATE_CANCELLED},
                               });
  return table;
}

const Lifecycle& ModelLifecycle() {
  static const Lifecycle table(
      TrainingModelState_descriptor(),
      {
          {TRAINING_MODEL_STATE_IDENTIFIED, "update", TRAINING_MODEL_STATE_UPDATED},
          {TRAINING_MODEL_STATE_IDENTIFIED, "develop", TRAINING_MODEL_STATE_DEVELOPED},
          {TRAINING_MODEL_STATE_UPDATED, "update", TRAINING_MODEL_STATE_UPDATED},
          {TRAINING_MODEL_STATE_UPDATED, "develop", TRAINING_MODEL_STATE_DEVELOPED},
          {TRAINING_MODEL_STATE_DEVELOPED, "update", TRAINING_MODEL_STATE_UPDATED},
      });
  return table;
}

const Lifecycle& ImportLifecycle() {
  static const Lifecycle table(ImportState_descriptor(),
                               {
                                   {IMPORT_STATE_OPEN, "append", IMPORT_STATE_OPEN},
                                   {IMPORT_STATE_OPEN, "commit", IMPORT_STATE_COMMITTED},
                                   {IMPORT_STATE_OPEN, "abandon", IMPORT_STATE_ABANDONED},
                               });
  return table;
}

const Lifecycle& CompletionCertificateLifecycle() {
  static const Lifecycle table(CertificateStatus_descriptor(),
                               {
                                   {CERTIFICATE_STATUS_VALID, "revoke", CERTIFICATE_STATUS_REVOKED},
                                   {CERTIFICATE_STATUS_EXPIRING, "revoke", CERTIFICATE_STATUS_REVOKED},
                                   {CERTIFICATE_STATUS_EXPIRED, "revoke", CERTIFICATE_STATUS_REVOKED},
                               });
  return table;
}

}  // namespace accord::training
