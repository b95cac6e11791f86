// This cancels the enrolments of an offering that is not held.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/training/courses/offering_service.h"
#include "services/training/courses/seats_store.h"
#include "services/training/lifecycles.h"

namespace accord::training {

absl::Status OfferingService::CancelEnrolments(Tx& tx, const storage::Write& write,
                                               const std::string& offering) {
  const storage::ListQuery query{OwnerOf(offering), {}, 1000, "", absl::StrCat(offering, "/enrolments/")};
  ACCORD_ASSIGN_OR_RETURN(std::vector<v1::Enrolment> enrolments,
                          enrolments_.ListEvery<v1::Enrolment>(tx, query));
  for (v1::Enrolment& enrolment : enrolments) {
    // Learners who have completed, failed or withdrawn before keep their results.
    if (!EnrolmentLifecycle().Next(enrolment.state(), "cancel").ok()) continue;
    ACCORD_RETURN_IF_ERROR(MoveEnrolment("cancel", &enrolment));
    const std::string etag = enrolment.etag();
    ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, std::move(enrolment)).status());
  }
  return EmptySeats(tx, offering);
}

}  // namespace accord::training
