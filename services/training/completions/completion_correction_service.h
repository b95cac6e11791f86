// These are the handlers of CompletionCorrectionService, which corrects imported completions that were wrong.
#ifndef ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_CORRECTION_SERVICE_H_
#define ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_CORRECTION_SERVICE_H_

#include "accord/training/v1/completion_correction_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::training {

class CompletionCorrectionService {
 public:
  explicit CompletionCorrectionService(const storage::PageTokens* tokens)
      : corrections_("completion_correction", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::CompletionCorrection> Correct(host::Call&, Tx&, const storage::Write&,
                                                   const v1::CorrectCompletionRequest&);
  absl::StatusOr<v1::CompletionCorrection> Get(host::Call&, Tx&, const v1::GetCompletionCorrectionRequest&);
  absl::StatusOr<v1::ListCompletionCorrectionsResponse> List(host::Call&, Tx&,
                                                             const v1::ListCompletionCorrectionsRequest&);

  storage::Resources corrections_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_CORRECTION_SERVICE_H_
