// These are the handlers of WorkerPositionService, which keeps where the programs have specialised workers,
// and since when.
#ifndef ACCORD_SERVICES_SUPPORTS_POSITIONS_WORKER_POSITION_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_POSITIONS_WORKER_POSITION_SERVICE_H_

#include <string>

#include "accord/supports/v1/worker_position_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::supports {

class WorkerPositionService {
 public:
  explicit WorkerPositionService(const storage::PageTokens* tokens) : positions_("worker_position", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::WorkerPosition>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateWorkerPositionRequest&);
  Result Get(host::Call&, Tx&, const v1::GetWorkerPositionRequest&);
  absl::StatusOr<v1::ListWorkerPositionsResponse> List(host::Call&, Tx&,
                                                       const v1::ListWorkerPositionsRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceWorkerPositionRequest&);

  // This takes the position's site. It fails with SITE_TAKEN if another position has it on this day or later.
  absl::Status TakePositionSite(const Caller& caller, Tx&, const v1::WorkerPosition& position,
                                const std::string& on);

  storage::Resources positions_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_POSITIONS_WORKER_POSITION_SERVICE_H_
