#include "services/strategy/funding/application_rules.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/fiscal_year.h"
#include "common/base/name_key.h"
#include "services/strategy/engagement/contacts.h"
#include "services/strategy/money/amounts.h"

namespace accord::strategy {
namespace {

// Files of these types run no code when they are opened.
constexpr std::array<std::string_view, 4> kMediaTypes = {"application/pdf", "image/png", "image/jpeg",
                                                         "text/plain"};
constexpr std::size_t kSha256Digits = 64;
const char kContent[] = "funding_application.content.";

absl::Status RefuseApplicationContent(const rules::Rule& rule, const std::string& field,
                                      const std::string& what) {
  return RefuseField(rule, kContent + field, what);
}

absl::Status CheckApplicationDocuments(const v1::ApplicationContent& content) {
  for (const v1::ApplicationDocument& document : content.documents()) {
    const std::string& sha256 = document.sha256();
    const bool hex = std::all_of(sha256.begin(), sha256.end(),
                                 [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); });
    if (!hex || sha256.size() != kSha256Digits) {
      return RefuseApplicationContent(rules::kDocumentRefused, "documents.sha256", "must be 64 hex digits");
    }
    if (document.size_bytes() <= 0) {
      return RefuseApplicationContent(rules::kDocumentRefused, "documents.size_bytes", "must be above 0");
    }
    if (std::find(kMediaTypes.begin(), kMediaTypes.end(), document.media_type()) == kMediaTypes.end()) {
      return RefuseApplicationContent(rules::kDocumentRefused, "documents.media_type", "must run nothing");
    }
  }
  return absl::OkStatus();
}

// This refuses a fiscal year that was over when the call opened.
absl::Status CheckApplicationYears(const v1::FundingCall& funding_call,
                                   const v1::ApplicationContent& content) {
  const int first = FirstYearOf(FiscalYearOf(OntarioDay(FromProto(funding_call.opens_at())))).value_or(0);
  for (const v1::YearAmount& year : content.years()) {
    if (FirstYearOf(year.fiscal_year()).value_or(0) >= first) continue;
    return RefuseApplicationContent(rules::kFiscalYearOutside, "years.fiscal_year",
                                    "must not end before the call opens");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckApplicationContent(const v1::RuleSet& policy, const v1::FundingCall& funding_call,
                                     const v1::ApplicationContent& content) {
  ACCORD_RETURN_IF_ERROR(CheckAmount(policy, std::string(kContent) + "amount_cents", content.amount_cents()));
  if (funding_call.has_max_award_cents() && content.amount_cents() > funding_call.max_award_cents()) {
    return RefuseApplicationContent(rules::kAmountInvalid, "amount_cents",
                                    "must be at most what the call allows");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckYearAmounts(policy, std::string(kContent) + "years", content.years(), content.amount_cents()));
  ACCORD_RETURN_IF_ERROR(CheckApplicationYears(funding_call, content));
  std::set<std::string> criteria, answered;
  for (const v1::FundingCriterion& criterion : funding_call.criteria()) criteria.insert(criterion.code());
  for (const v1::FundingAnswer& answer : content.answers()) {
    if (!criteria.contains(answer.criterion()) || !answered.insert(answer.criterion()).second) {
      return RefuseFields({{std::string(kContent) + "answers", "must be one at most for each criterion"}});
    }
  }
  return CheckApplicationDocuments(content);
}

absl::Status CheckApplicationAnswers(const v1::FundingCall& funding_call,
                                     const v1::ApplicationContent& content) {
  std::set<std::string> answered;
  for (const v1::FundingAnswer& answer : content.answers()) answered.insert(answer.criterion());
  for (const v1::FundingCriterion& criterion : funding_call.criteria()) {
    if (answered.contains(criterion.code())) continue;
    return Refuse(rules::kAnswerMissing, "Answer each criterion of the call, and submit then.");
  }
  return absl::OkStatus();
}

absl::Status CheckApplicationOfEligibleKind(const v1::FundingCall& funding_call, int kind) {
  const auto& kinds = funding_call.eligible_kinds();
  if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return absl::OkStatus();
  return Refuse(rules::kApplicantNotEligible, "The call says which kinds of organisations may apply.");
}

absl::Status CheckApplicationFindings(const v1::FundingCall& funding_call,
                                      const v1::ScreenFundingApplicationRequest& request) {
  std::set<std::string> lines, found;
  for (const v1::EligibilityLine& line : funding_call.eligibility()) lines.insert(line.code());
  for (const v1::EligibilityFinding& finding : request.findings()) {
    if (!finding.met() && finding.reason().empty()) {
      return RefuseFields({{"findings.reason", "must say why the line is not met"}});
    }
    found.insert(finding.code());
  }
  if (found == lines && request.findings_size() == funding_call.eligibility_size()) return absl::OkStatus();
  return RefuseFields({{"findings", "must be exactly one for each line of the call"}});
}

absl::Status CheckLateApplicationReason(const v1::FundingApplication& application,
                                        const std::string& reason) {
  if (HoldsContact(reason)) return RefuseFields({{"reason", "must not say how to reach anybody"}});
  const std::string title = NameKey(application.applicant_title());
  const std::string words = absl::StrCat(" ", NameKey(reason), " ");
  if (title.empty() || words.find(absl::StrCat(" ", title, " ")) == std::string::npos) {
    return absl::OkStatus();
  }
  return RefuseFields(
      {{"reason", "must not name the organisation: once the call is decided, everybody reads it"}});
}

void SettleApplication(const v1::FundingCall& funding_call, v1::FundingApplication* application) {
  const bool open = funding_call.state() == v1::FUNDING_CALL_STATE_OPEN;
  const bool started = application->state() == v1::FUNDING_APPLICATION_STATE_STARTED;
  if (open || !started || !application->has_submitted()) return;
  application->set_state(v1::FUNDING_APPLICATION_STATE_SUBMITTED);
  *application->mutable_content() = application->submitted();
}

}  // namespace accord::strategy
