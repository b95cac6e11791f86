// This computes the evaluation of a call's applications: which scores count, which are missing, and the
// resulting order. It is computed from the rows each time, so that it never disagrees with them.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_EVALUATION_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_EVALUATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/funding_assessment_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/storage/records/resources.h"
#include "services/strategy/funding/ranking.h"

namespace accord::strategy {

// These are the assessments of one application.
struct Scores {
  // The scores of recused people do not count.
  std::vector<v1::FundingAssessment> live, recused;
  // This many assessments have to be submitted: as many as the call requires, and one more where
  // they diverge.
  int needed = 0;
  bool all_in = false;
};
Scores EvaluatedScores(const v1::FundingCall& funding_call, std::vector<v1::FundingAssessment> assessments);

struct Evaluated {
  v1::FundingApplication application;
  Scores scores;
  std::optional<v1::PanelDecision> decision;
  // The rank is unset until all scores are in.
  std::optional<Ranked> ranked;
};

class Evaluation {
 public:
  Evaluation(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        applications_("funding_application", tokens),
        assessments_("funding_assessment", tokens),
        decisions_("panel_decision", tokens) {}

  absl::StatusOr<Scores> ScoresOfApplication(storage::Transaction& tx, const v1::FundingCall& funding_call,
                                             const std::string& application);
  // This gives each application of the call, whatever its state.
  absl::StatusOr<std::vector<v1::FundingApplication>> Applications(storage::Transaction& tx,
                                                                   const v1::FundingCall& funding_call);
  // This gives the applications that have been scored: first those with a rank, the best before the others,
  // then those without a rank by name.
  absl::StatusOr<std::vector<Evaluated>> All(storage::Transaction& tx, const v1::FundingCall& funding_call);

 private:
  const v1::RuleSet* const rules_;
  storage::Resources applications_;
  storage::Resources assessments_;
  storage::Resources decisions_;
};

// This gives a digest of 64 hex digits over the order, with each score, tie-break and recommended amount.
std::string EvaluationOrderDigest(const v1::FundingCall& funding_call, const std::vector<Evaluated>& all);

// This gives the evaluation of this application. The result is null if it is not among them.
const Evaluated* EvaluatedOf(const std::vector<Evaluated>& all, const std::string& application);

// This tells whether two evaluated applications share a rank and the panel has put neither ahead of the
// other, directly or by way of others. Tie-breaks are recorded for no other applications, so they never form
// a circle.
bool AreTiedInEvaluation(const v1::FundingCall& funding_call, const std::vector<Evaluated>& all,
                         const Evaluated* one, const Evaluated* other);

// This tells whether the application has as many scorers without a conflict as the call requires.
bool EvaluatedByEnoughScorers(const v1::FundingCall& funding_call, const Evaluated& each);

// This gives the names of the evaluated applications, in the same order.
std::vector<std::string> NamesOfEvaluated(const std::vector<Evaluated>& all);

// This fails with SCORES_MISSING, TIE_UNRESOLVED or DECISION_MISSING unless every application has all its
// scores, a rank of its own and a decision of the panel.
absl::Status CheckEvaluationComplete(const std::vector<Evaluated>& all);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_EVALUATION_H_
