// These are the handlers of FundingAssessmentService for scores.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_ASSESSMENT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_ASSESSMENT_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_assessment_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/applicants.h"
#include "services/strategy/funding/evaluation.h"
#include "services/strategy/funding/scored_records.h"

namespace accord::strategy {

// This gives the placement of an assessment, which the office, the scorer's agency and the scorer can list.
storage::Placement FundingAssessmentPlacement(const v1::RuleSet& policy,
                                              const v1::FundingAssessment& assessment);

class FundingAssessmentService {
 public:
  FundingAssessmentService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock),
        rules_(rules),
        records_(tokens),
        evaluation_(tokens, rules),
        applicants_(tokens, rules) {}
  void Register(host::Handlers* handlers);
  // This gives the assessment as the caller may read it. Its scorer reads all of it, a panel member who reads
  // the application does so once all scores are in, and the office reads no score. It fails with NOT_FOUND
  // for everybody else.
  absl::StatusOr<v1::FundingAssessment> Shown(const Caller& caller, storage::Transaction& tx,
                                              const std::string& name);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::FundingAssessment>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateFundingAssessmentRequest&);
  Result Get(host::Call&, Tx&, const v1::GetFundingAssessmentRequest&);
  absl::StatusOr<v1::ListFundingAssessmentsResponse> List(host::Call&, Tx&,
                                                          const v1::ListFundingAssessmentsRequest&);
  Result Save(host::Call&, Tx&, const storage::Write&, const v1::SaveFundingAssessmentRequest&);
  Result Submit(host::Call&, Tx&, const storage::Write&, const v1::SubmitFundingAssessmentRequest&);
  Result Reopen(host::Call&, Tx&, const storage::Write&, const v1::ReopenFundingAssessmentRequest&);
  Result Recuse(host::Call&, Tx&, const storage::Write&, const v1::RecuseFundingAssessmentRequest&);

  absl::StatusOr<v1::FundingCall> CallOf(Tx&, const std::string& name);
  // This tells whether the caller is on the panel of the call, reads the application, and all of its scores
  // are in.
  absl::StatusOr<bool> ReadsAsPanel(const Caller&, Tx&, const v1::FundingCall&,
                                    const std::string& application);
  // This gives the caller's own assessment, in a call that takes scores, with the transition of the
  // event applied.
  Result MovedByScorer(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::FundingAssessment);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  ScoredRecords records_;
  Evaluation evaluation_;
  Applicants applicants_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_ASSESSMENT_SERVICE_H_
