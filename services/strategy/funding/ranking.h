// This ranks a call's applications by exact fractions. Nothing is rounded, and the order of submission or
// storage plays no part.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_RANKING_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_RANKING_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_assessment_resources.pb.h"

namespace accord::strategy {

// This gives the least common multiple of all `max_points`, by which the points of all criteria are added
// exactly. It is 0 if the multiple is above a million, or if a criterion has no points.
int64_t CommonMultipleForRanking(const v1::FundingCall& funding_call);

// These are the points of an application, summed over its scorers, for each criterion in the order of
// the call.
struct Scored {
  std::string application;
  std::vector<int64_t> points;
  int64_t scorers = 0;
};

struct Ranked {
  std::string application;
  // Rank 1 is best. Applications that nothing distinguishes share a rank.
  int rank = 0;
  bool tied = false;
  // This is the code of the criterion that distinguished the application from another one with the same
  // score. It is `panel` if the panel decided, and empty if no other application has the same score.
  std::string told_apart_by;
  // The score out of 10000 is this fraction, in its lowest terms.
  int64_t numerator = 0;
  int64_t denominator = 1;
};

// This adds one scorer's points.
void AddScoresToRank(const v1::FundingCall& funding_call, const v1::FundingAssessment& assessment,
                     Scored* scored);

// Orders by score, then by the call's tie-breaks, then by what the panel recorded, best first. Each
// application needs at least one scorer, and the criteria must pass CheckFundingCall, so that
// nothing overflows.
std::vector<Ranked> RankAll(const v1::FundingCall& funding_call, std::vector<Scored> scored);

// This tells whether the panel has put `one` ahead of `other`, directly or by way of others that are tied
// with them.
bool IsPutAhead(const v1::FundingCall& funding_call, const std::set<std::string>& tied,
                const std::string& one, const std::string& other);

// This tells whether two of these scorers are further apart than the call allows.
bool DoScoresDiverge(const v1::FundingCall& funding_call,
                     const std::vector<v1::FundingAssessment>& submitted);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_RANKING_H_
