#include "services/strategy/funding/call_rules.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/strategy/funding/ranking.h"
#include "services/strategy/money/amounts.h"

namespace accord::strategy {
namespace {

constexpr int kMaxPoints = 100;
constexpr int kFewestScorers = 2, kMostScorers = 16;
constexpr int kMaxTermMonths = 120;
constexpr int64_t kWholeWeight = 10000;
constexpr std::size_t kDigestDigits = 64;

bool IsGuideDigest(const std::string& text) {
  return text.size() == kDigestDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isxdigit(static_cast<unsigned char>(c));
         });
}

absl::Status RefuseCallCriteria(const std::string& field, const std::string& what) {
  return RefuseField(rules::kCriteriaInvalid, "funding_call." + field, what);
}

absl::Status CheckCallCriteria(const v1::FundingCall& funding_call) {
  std::set<std::string> codes;
  int64_t weights = 0;
  for (const v1::FundingCriterion& criterion : funding_call.criteria()) {
    if (!codes.insert(criterion.code()).second)
      return RefuseCallCriteria("criteria", "must have each code once");
    if (criterion.max_points() < 1 || criterion.max_points() > kMaxPoints) {
      return RefuseCallCriteria("criteria.max_points", "must be 1 to 100");
    }
    if (criterion.weight_bp() < 1) return RefuseCallCriteria("criteria.weight_bp", "must be above 0");
    weights += criterion.weight_bp();
  }
  if (weights != kWholeWeight)
    return RefuseCallCriteria("criteria", "must have weights that add up to 10000");
  if (CommonMultipleForRanking(funding_call) == 0) {
    return RefuseCallCriteria("criteria.max_points", "must have a common multiple of at most a million");
  }
  std::set<std::string> breaks;
  for (const std::string& code : funding_call.tie_break()) {
    if (!codes.contains(code) || !breaks.insert(code).second) {
      return RefuseCallCriteria("tie_break", "must name criteria of the call, each once");
    }
  }
  std::set<std::string> lines;
  for (const v1::EligibilityLine& line : funding_call.eligibility()) {
    if (!lines.insert(line.code()).second)
      return RefuseCallCriteria("eligibility", "must have each code once");
  }
  return absl::OkStatus();
}

absl::Status CheckCallNumbers(const v1::FundingCall& funding_call) {
  if (funding_call.scorers_required() < kFewestScorers || funding_call.scorers_required() > kMostScorers) {
    return RefuseFields({{"funding_call.scorers_required", "must be 2 to 16"}});
  }
  if (funding_call.has_divergence_points() &&
      (funding_call.divergence_points() < 0 || funding_call.divergence_points() > kMaxPoints)) {
    return RefuseFields({{"funding_call.divergence_points", "must be 0 to 100, or left out"}});
  }
  if (funding_call.has_term_max_months() &&
      (funding_call.term_max_months() < 1 || funding_call.term_max_months() > kMaxTermMonths)) {
    return RefuseFields({{"funding_call.term_max_months", "must be 1 to 120, or left out"}});
  }
  return absl::OkStatus();
}

absl::Status CheckCallPanel(const v1::FundingCall& funding_call) {
  std::set<std::pair<std::string, std::string>> people;
  int chairs = 0;
  for (const v1::PanelMember& member : funding_call.panel()) {
    if (!people.emplace(member.agency(), member.person()).second) {
      return RefuseFields({{"funding_call.panel", "must name each person once"}});
    }
    chairs += member.chair() ? 1 : 0;
  }
  if (chairs != 1) return RefuseFields({{"funding_call.panel", "must have one chair"}});
  return absl::OkStatus();
}

// This appends a text so that no two sequences of texts give the same result.
void AddToCriteriaDigest(std::string* all, const std::string& text) {
  absl::StrAppend(all, text.size(), ":", text, "\n");
}

}  // namespace

absl::Status CheckFundingCall(const v1::RuleSet& policy, const v1::FundingCall& funding_call) {
  if (FromProto(funding_call.closes_at()) <= FromProto(funding_call.opens_at())) {
    return RefuseField(rules::kDatesContradict, "funding_call.closes_at", "must come after opens_at");
  }
  if (!IsGuideDigest(funding_call.guide_digest())) {
    return RefuseFields({{"funding_call.guide_digest", "must be a SHA-256 in 64 hex digits"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckAmount(policy, "funding_call.available_cents", funding_call.available_cents()));
  if (funding_call.has_max_award_cents()) {
    ACCORD_RETURN_IF_ERROR(
        CheckAmount(policy, "funding_call.max_award_cents", funding_call.max_award_cents()));
    if (funding_call.max_award_cents() > funding_call.available_cents()) {
      return RefuseField(rules::kAmountInvalid, "funding_call.max_award_cents",
                         "must be at most what the call has");
    }
  }
  ACCORD_RETURN_IF_ERROR(CheckCallCriteria(funding_call));
  ACCORD_RETURN_IF_ERROR(CheckCallNumbers(funding_call));
  return CheckCallPanel(funding_call);
}

std::string CriteriaDigest(const v1::FundingCall& funding_call) {
  std::string all;
  AddToCriteriaDigest(&all, funding_call.guide_digest());
  for (const v1::FundingCriterion& criterion : funding_call.criteria()) {
    AddToCriteriaDigest(&all, "criterion");
    AddToCriteriaDigest(&all, criterion.code());
    AddToCriteriaDigest(&all, criterion.text());
    AddToCriteriaDigest(&all, absl::StrCat(criterion.max_points(), " ", criterion.weight_bp()));
  }
  for (const v1::EligibilityLine& line : funding_call.eligibility()) {
    AddToCriteriaDigest(&all, "eligibility");
    AddToCriteriaDigest(&all, line.code());
    AddToCriteriaDigest(&all, line.text());
  }
  for (const int kind : funding_call.eligible_kinds()) AddToCriteriaDigest(&all, absl::StrCat("kind ", kind));
  for (const std::string& code : funding_call.tie_break()) AddToCriteriaDigest(&all, "tie_break " + code);
  AddToCriteriaDigest(&all, absl::StrCat("scorers ", funding_call.scorers_required()));
  if (funding_call.has_divergence_points()) {
    AddToCriteriaDigest(&all, absl::StrCat("divergence ", funding_call.divergence_points()));
  }
  if (funding_call.has_max_award_cents()) {
    AddToCriteriaDigest(&all, absl::StrCat("most ", funding_call.max_award_cents()));
  }
  for (const v1::PanelMember& member : funding_call.panel()) {
    AddToCriteriaDigest(&all, member.chair() ? "chair" : "member");
    AddToCriteriaDigest(&all, member.agency());
    AddToCriteriaDigest(&all, member.person());
  }
  return Hex(Sha256(all));
}

bool IsCallCoApproved(const v1::FundingCall& funding_call) {
  const auto& given = funding_call.co_approvals();
  return std::all_of(
      funding_call.co_approvers().begin(), funding_call.co_approvers().end(), [&](const std::string& agency) {
        return std::any_of(given.begin(), given.end(), [&](const v1::CallCoApproval& each) {
          return each.agency() == agency && each.criteria_digest() == funding_call.criteria_digest();
        });
      });
}

}  // namespace accord::strategy
