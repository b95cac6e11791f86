// Every gRPC service of this process, and what moves them on with time.
#ifndef ACCORD_SERVICES_TRAINING_SERVICES_H_
#define ACCORD_SERVICES_TRAINING_SERVICES_H_

#include "common/host/sweeper.h"
#include "services/training/certificate_service.h"
#include "services/training/completion_service.h"
#include "services/training/course_service.h"
#include "services/training/observation_service.h"
#include "services/training/offering_service.h"

namespace accord::training {

class Services {
 public:
  Services(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
           v1::RuleSet rules);
  void Register(host::Handlers* handlers);
  host::Sweeper& sweeper() { return sweeper_; }

 private:
  const storage::PageTokens* const tokens_;
  const v1::RuleSet rules_;
  CourseService courses_;
  OfferingService offerings_;
  CertificateService certificates_;
  CompletionService completions_;
  ObservationService observations_;
  host::Sweeper sweeper_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_SERVICES_H_
