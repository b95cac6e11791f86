// These are the handlers of AccessReviewService: once a quarter each agency decides which people stay, and
// another person signs.
#ifndef ACCORD_SERVICES_REGISTRY_REVIEWS_ACCESS_REVIEW_SERVICE_H_
#define ACCORD_SERVICES_REGISTRY_REVIEWS_ACCESS_REVIEW_SERVICE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "accord/registry/v1/access_review_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/host/calls/handlers.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

// Gives, for example, `2026-Q4` for a day in November 2026.
std::string ReviewQuarterOf(absl::CivilDay day);

class AccessReviewService {
 public:
  explicit AccessReviewService(RegistryStore* store) : store_(store) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Write = storage::Write;
  using Result = absl::StatusOr<v1::AccessReview>;

  Result Create(host::Call&, Tx&, const Write&, const v1::CreateAccessReviewRequest&);
  Result Get(host::Call&, Tx&, const v1::GetAccessReviewRequest&);
  absl::StatusOr<v1::ListAccessReviewsResponse> List(host::Call&, Tx&, const v1::ListAccessReviewsRequest&);
  Result Decide(host::Call&, Tx&, const Write&, const v1::DecideAccessReviewRequest&);
  Result Sign(host::Call&, Tx&, const Write&, const v1::SignAccessReviewRequest&);

  // This gives the review of this name with the transition of `event` applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  // This gives the people who may act for an agency now, ordered by id.
  absl::StatusOr<std::vector<v1::Actor>> ActivePeople(Tx&, const std::string& agency);
  // This lists the people again. The decision about a person whose roles are unchanged is kept.
  absl::Status RefreshPeople(Tx&, v1::AccessReview* review);
  // This keeps the office's last administrator, who is never disabled, because nobody else is there to decide
  // about him or her.
  absl::Status KeepLastAdministrator(Tx&, const Write&, v1::AccessReview* review);
  // This fails with FAILED_PRECONDITION and rule REVIEW_UNDECIDED or REVIEW_OUTDATED unless the review can
  // be signed.
  absl::Status CheckComplete(Tx&, const v1::AccessReview& review);

  RegistryStore* store_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_REVIEWS_ACCESS_REVIEW_SERVICE_H_
