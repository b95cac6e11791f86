#include "services/strategy/funding/evaluation.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "services/strategy/funding/application_rules.h"

namespace accord::strategy {
namespace {

constexpr int kRowsAtATime = 1000;

// This tells whether the application is compared with others. An application that was withdrawn before
// anything was approved is not.
bool IsEvaluated(const v1::FundingApplication& application) {
  switch (application.state()) {
    case v1::FUNDING_APPLICATION_STATE_ELIGIBLE:
    case v1::FUNDING_APPLICATION_STATE_APPROVED:
    case v1::FUNDING_APPLICATION_STATE_DECLINED:
    case v1::FUNDING_APPLICATION_STATE_AGREEMENT:
      return true;
    case v1::FUNDING_APPLICATION_STATE_WITHDRAWN:
      return application.has_awarded_cents();
    default:
      return false;
  }
}

}  // namespace

Scores EvaluatedScores(const v1::FundingCall& funding_call, std::vector<v1::FundingAssessment> assessments) {
  Scores scores;
  std::vector<v1::FundingAssessment> submitted;
  for (v1::FundingAssessment& assessment : assessments) {
    if (assessment.state() == v1::FUNDING_ASSESSMENT_STATE_SUBMITTED) submitted.push_back(assessment);
    const bool recused = assessment.state() == v1::FUNDING_ASSESSMENT_STATE_RECUSED;
    (recused ? scores.recused : scores.live).push_back(std::move(assessment));
  }
  const int count = static_cast<int>(submitted.size());
  scores.needed = funding_call.scorers_required();
  // If the scores diverge, one more scorer is needed.
  if (count >= scores.needed && DoScoresDiverge(funding_call, submitted)) ++scores.needed;
  scores.all_in = count >= scores.needed && submitted.size() == scores.live.size();
  return scores;
}

absl::StatusOr<Scores> Evaluation::ScoresOfApplication(storage::Transaction& tx,
                                                       const v1::FundingCall& funding_call,
                                                       const std::string& application) {
  const storage::ListQuery query{
      rules_->office_agency(), {{"funding_application", application}}, kRowsAtATime, "", ""};
  ACCORD_ASSIGN_OR_RETURN(auto assessments, assessments_.ListEvery<v1::FundingAssessment>(tx, query));
  return EvaluatedScores(funding_call, std::move(assessments));
}

absl::StatusOr<std::vector<v1::FundingApplication>> Evaluation::Applications(
    storage::Transaction& tx, const v1::FundingCall& funding_call) {
  const storage::ListQuery query{
      rules_->office_agency(), {{"funding_call", funding_call.name()}}, kRowsAtATime, "", ""};
  ACCORD_ASSIGN_OR_RETURN(auto applications, applications_.ListEvery<v1::FundingApplication>(tx, query));
  for (v1::FundingApplication& application : applications) SettleApplication(funding_call, &application);
  return applications;
}

absl::StatusOr<std::vector<Evaluated>> Evaluation::All(storage::Transaction& tx,
                                                       const v1::FundingCall& funding_call) {
  ACCORD_ASSIGN_OR_RETURN(auto applications, Applications(tx, funding_call));
  const storage::ListQuery query{
      rules_->office_agency(), {{"funding_call", funding_call.name()}}, kRowsAtATime, "", ""};
  ACCORD_ASSIGN_OR_RETURN(auto assessments, assessments_.ListEvery<v1::FundingAssessment>(tx, query));
  ACCORD_ASSIGN_OR_RETURN(auto decisions, decisions_.ListEvery<v1::PanelDecision>(tx, query));
  std::map<std::string, std::vector<v1::FundingAssessment>> by_application;
  for (auto& each : assessments) by_application[each.funding_application()].push_back(std::move(each));
  std::map<std::string, v1::PanelDecision> decided;
  for (auto& each : decisions) decided[each.funding_application()] = std::move(each);

  std::vector<Evaluated> all;
  std::vector<Scored> scored;
  for (v1::FundingApplication& application : applications) {
    if (!IsEvaluated(application)) continue;
    Evaluated each;
    each.scores = EvaluatedScores(funding_call, std::move(by_application[application.name()]));
    if (const auto found = decided.find(application.name()); found != decided.end()) {
      each.decision = std::move(found->second);
    }
    if (each.scores.all_in) {
      Scored sum{application.name(), {}, 0};
      for (const auto& assessment : each.scores.live) AddScoresToRank(funding_call, assessment, &sum);
      scored.push_back(std::move(sum));
    }
    each.application = std::move(application);
    all.push_back(std::move(each));
  }
  std::map<std::string, Ranked> ranks;
  for (Ranked& each : RankAll(funding_call, std::move(scored))) ranks[each.application] = std::move(each);
  for (Evaluated& each : all) {
    const auto found = ranks.find(each.application.name());
    if (found != ranks.end()) each.ranked = std::move(found->second);
  }
  std::sort(all.begin(), all.end(), [](const Evaluated& a, const Evaluated& b) {
    const auto key = [](const Evaluated& each) {
      return std::make_tuple(!each.ranked.has_value(), each.ranked ? each.ranked->rank : 0,
                             each.application.name());
    };
    return key(a) < key(b);
  });
  return all;
}

std::string EvaluationOrderDigest(const v1::FundingCall& funding_call, const std::vector<Evaluated>& all) {
  std::string text = funding_call.criteria_digest();
  for (const Evaluated& each : all) {
    absl::StrAppend(&text, "\n", each.application.name());
    if (each.ranked) {
      absl::StrAppend(&text, " ", each.ranked->rank, " ", each.ranked->numerator, "/",
                      each.ranked->denominator, " ", each.ranked->told_apart_by);
    }
    if (each.decision) {
      absl::StrAppend(&text, " ", static_cast<int>(each.decision->recommendation()), " ",
                      each.decision->amount_cents());
    }
  }
  return Hex(Sha256(text));
}

const Evaluated* EvaluatedOf(const std::vector<Evaluated>& all, const std::string& application) {
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const Evaluated& each) { return each.application.name() == application; });
  return found == all.end() ? nullptr : &*found;
}

bool AreTiedInEvaluation(const v1::FundingCall& funding_call, const std::vector<Evaluated>& all,
                         const Evaluated* one, const Evaluated* other) {
  if (one == nullptr || other == nullptr || one == other) return false;
  if (!one->ranked || !other->ranked || one->ranked->rank != other->ranked->rank) return false;
  std::set<std::string> tied;
  for (const Evaluated& each : all) {
    if (each.ranked && each.ranked->rank == one->ranked->rank) tied.insert(each.application.name());
  }
  const std::string &a = one->application.name(), &b = other->application.name();
  return !IsPutAhead(funding_call, tied, a, b) && !IsPutAhead(funding_call, tied, b, a);
}

bool EvaluatedByEnoughScorers(const v1::FundingCall& funding_call, const Evaluated& each) {
  const auto& live = each.scores.live;
  const auto ready = std::count_if(live.begin(), live.end(), [](const v1::FundingAssessment& assessment) {
    return assessment.state() != v1::FUNDING_ASSESSMENT_STATE_ASSIGNED &&
           assessment.state() != v1::FUNDING_ASSESSMENT_STATE_CONFLICTED;
  });
  return ready >= funding_call.scorers_required();
}

std::vector<std::string> NamesOfEvaluated(const std::vector<Evaluated>& all) {
  std::vector<std::string> names;
  for (const Evaluated& each : all) names.push_back(each.application.name());
  return names;
}

absl::Status CheckEvaluationComplete(const std::vector<Evaluated>& all) {
  for (const Evaluated& each : all) {
    if (!each.ranked) return Refuse(rules::kScoresMissing, "Wait until all scores are in.");
    if (each.ranked->tied) return Refuse(rules::kTieUnresolved, "Put one of those with equal scores first.");
    if (!each.decision) return Refuse(rules::kDecisionMissing, "Recommend something about each application.");
  }
  return absl::OkStatus();
}

}  // namespace accord::strategy
