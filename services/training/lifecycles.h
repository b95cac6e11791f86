// These tables have the states of courses, offerings, enrolments, models, imports and certificates
// (docs/domain.md 5).
#ifndef ACCORD_SERVICES_TRAINING_LIFECYCLES_H_
#define ACCORD_SERVICES_TRAINING_LIFECYCLES_H_

#include "accord/training/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::training {

const Lifecycle& CourseLifecycle();
const Lifecycle& OfferingLifecycle();
const Lifecycle& EnrolmentLifecycle();
const Lifecycle& ModelLifecycle();
const Lifecycle& ImportLifecycle();
// This table has only what a person does to a certificate. The calendar moves it between the other statuses.
const Lifecycle& CompletionCertificateLifecycle();

// Only the service itself triggers this event, never a caller.
inline constexpr char kFirstDelivered[] = "first_delivered";
// A caller triggers this event only together with a new text.
inline constexpr char kRevise[] = "revise";

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_LIFECYCLES_H_
