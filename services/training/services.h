// This holds every gRPC service of the process, and the sweeper that does what falls due with time.
#ifndef ACCORD_SERVICES_TRAINING_SERVICES_H_
#define ACCORD_SERVICES_TRAINING_SERVICES_H_

#include <memory>

#include "accord/host/v1/config.pb.h"
#include "common/host/run.h"
#include "common/host/upkeep/sweeper.h"
#include "services/training/certificates/completion_certificate_service.h"
#include "services/training/completions/completion_correction_service.h"
#include "services/training/completions/completion_service.h"
#include "services/training/courses/course_service.h"
#include "services/training/courses/offering_service.h"
#include "services/training/observations/observation_service.h"

namespace accord::training {

class TrainingServices {
 public:
  TrainingServices(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                   v1::RuleSet rules);
  void Register(host::Handlers* handlers);
  // This passes the register to CompletionService. It must be called before any call is served.
  void HoldRostersAgainst(AgencyRegister* agencies) { completions_.HoldRostersAgainst(agencies); }
  host::Sweeper& sweeper() { return sweeper_; }

 private:
  const storage::PageTokens* const tokens_;
  const v1::RuleSet rules_;
  CourseService courses_;
  OfferingService offerings_;
  CompletionCertificateService certificates_;
  CompletionService completions_;
  CompletionCorrectionService corrections_;
  ObservationService observations_;
  host::Sweeper sweeper_;
};

// This loads what the configuration names, registers every handler, and starts the work that falls due
// with time.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::TrainingConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_SERVICES_H_
