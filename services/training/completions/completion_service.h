// These are the handlers of CompletionService, which imports rosters and gives completions and counts.
#ifndef ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_SERVICE_H_
#define ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_SERVICE_H_

#include <string>

#include "accord/training/v1/completion_service.pb.h"
#include "accord/training/v1/rules.pb.h"
#include "common/aggregates/office_counts.h"
#include "common/host/calls/handlers.h"
#include "services/training/completions/agency_register.h"

namespace accord::training {

class CompletionService {
 public:
  CompletionService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : courses_("course", tokens),
        imports_("import", tokens),
        attestations_("attestation", tokens),
        tokens_(tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This makes imports refuse lines of rosters that name an agency outside of this register.
  void HoldRostersAgainst(AgencyRegister* agencies) { agencies_ = agencies; }
  // This gives the counts for the office: all completions by owner, course and the learners' agency.
  absl::StatusOr<Tallies> CountAll(storage::Transaction& tx);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Import>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateImportRequest&);
  Result Append(host::Call&, Tx&, const storage::Write&, const v1::AppendImportRequest&);
  Result Finish(host::Call&, Tx&, const storage::Write&, const v1::FinishImportRequest&);
  Result Get(host::Call&, Tx&, const v1::GetImportRequest&);
  absl::StatusOr<v1::ListImportsResponse> List(host::Call&, Tx&, const v1::ListImportsRequest&);
  absl::StatusOr<v1::ListImportErrorsResponse> ListErrors(host::Call&, Tx&,
                                                          const v1::ListImportErrorsRequest&);
  absl::StatusOr<v1::ListCompletionsResponse> ListCompletions(host::Call&, Tx&,
                                                              const v1::ListCompletionsRequest&);
  absl::StatusOr<v1::CountTrainingResponse> Count(host::Call&, Tx&, const v1::CountTrainingRequest&);

  // This adds the lines of `data` to the import, or to its errors.
  absl::Status ReadImportLines(const host::Call&, Tx&, const std::string& data, v1::Import*);

  storage::Resources courses_;
  storage::Resources imports_;
  storage::Resources attestations_;
  const storage::PageTokens* tokens_;
  const v1::RuleSet* rules_;
  // The pointer is null if agencies are not checked.
  AgencyRegister* agencies_ = nullptr;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_SERVICE_H_
