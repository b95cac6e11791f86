// These are the handlers of CoverageService.
#ifndef ACCORD_SERVICES_PROTOCOLS_COVERAGE_COVERAGE_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_COVERAGE_COVERAGE_SERVICE_H_

#include "accord/protocols/v1/coverage_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/coverage/coverage_store.h"
#include "services/protocols/coverage/territories.h"

namespace accord::protocols {

// This gives the state of one cell from all protocols of its pair. A protocol in force takes precedence over
// one in negotiation, and that over one that has lapsed.
v1::CoverageState CellState(const std::vector<Coverage>& protocols, absl::CivilDay today);

class CoverageService {
 public:
  explicit CoverageService(const Territories* territories) : territories_(territories) {}
  void Register(host::Handlers* handlers);

 private:
  absl::StatusOr<v1::ListCoverageCellsResponse> List(host::Call&, storage::Transaction&,
                                                     const v1::ListCoverageCellsRequest&);
  const Territories* territories_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_COVERAGE_COVERAGE_SERVICE_H_
