#include "services/strategy/funding/call_decision_service.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/storage/records/contributions.h"
#include "services/strategy/funding/call_lock_store.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/funding/conflict_rules.h"
#include "services/strategy/funding/funding_call_service.h"
#include "services/strategy/funding/panel_rules.h"
#include "services/strategy/lifecycles.h"

namespace accord::strategy {
namespace {

constexpr int kMaxTieBreaks = 256;
// The platform remembers under these names, which common/access/separation.cc defines, who
// recommended something.
constexpr char kCreatePanelDecision[] = "accord.strategy.v1.FundingAssessmentService.CreatePanelDecision";
constexpr char kRevisePanelDecision[] = "accord.strategy.v1.FundingAssessmentService.RevisePanelDecision";

// This fails with SAME_PERSON for a caller who recommended something about one of the applications. Only
// members of the panel can have done so.
absl::Status CheckDeciderRecommendedNothing(storage::Transaction& tx, const v1::FundingCall& funding_call,
                                            const Caller& caller, const std::vector<Evaluated>& all) {
  if (PanelMemberOf(funding_call, caller) == nullptr) return absl::OkStatus();
  for (const Evaluated& each : all) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto acts, storage::ContributionsOf(tx, each.application.name(), caller.agency, caller.actor));
    for (const char* act : {kCreatePanelDecision, kRevisePanelDecision}) {
      if (std::find(acts.begin(), acts.end(), act) == acts.end()) continue;
      return Refuse(rules::kSamePerson, "A director decides who recommended nothing for the panel.");
    }
  }
  return absl::OkStatus();
}

// This adds to the call what everybody may read of the applications that were admitted late. It names no
// application and no person.
void PublishLateAdmissions(std::vector<v1::FundingApplication> applications, v1::FundingCall* funding_call) {
  std::erase_if(applications,
                [](const v1::FundingApplication& application) { return !application.admitted_late(); });
  std::sort(applications.begin(), applications.end(),
            [](const v1::FundingApplication& a, const v1::FundingApplication& b) {
              return FromProto(a.submitted_at()) < FromProto(b.submitted_at());
            });
  funding_call->clear_late_admissions();
  for (const v1::FundingApplication& application : applications) {
    v1::CallLateAdmission* told = funding_call->add_late_admissions();
    told->set_reason(application.late_reason());
    told->set_proposed_by_agency(application.late_proposed_by_agency());
    told->set_admitted_by_agency(application.late_admitted_by_agency());
    *told->mutable_admitted_at() = application.submitted_at();
  }
}

}  // namespace

void CallDecisionService::Register(host::Handlers* handlers) {
  using S = CallDecisionService;
  handlers->Bind("accord.strategy.v1.FundingCallService", this, &S::Begin, &S::BreakTie, &S::Conclude,
                 &S::Concur, &S::Decide, &S::Contract);
}

CallDecisionService::Result CallDecisionService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                       const std::string& event) {
  ACCORD_RETURN_IF_ERROR(LockCall(tx, name));
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.Get(tx, name, call.caller().agency, &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingCallLifecycle().Next(funding_call.state(), event));
  funding_call.set_state(static_cast<v1::FundingCallState>(next));
  return funding_call;
}

CallDecisionService::Result CallDecisionService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const std::string& etag, v1::FundingCall funding_call) {
  ACCORD_RETURN_IF_ERROR(
      calls_.Update(tx, &funding_call, etag, write, FundingCallPlacement(*rules_, funding_call)));
  return FundingCallShownTo(call.caller(), *rules_, std::move(funding_call));
}

CallDecisionService::Result CallDecisionService::Begin(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::BeginFundingCallEvaluationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kBeginEvaluation));
  ACCORD_ASSIGN_OR_RETURN(const auto applications, evaluation_.Applications(tx, funding_call));
  for (const v1::FundingApplication& application : applications) {
    if (application.state() == v1::FUNDING_APPLICATION_STATE_SUBMITTED) {
      return Refuse(rules::kNotScreened, "Screen each application of the call first.");
    }
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Evaluated> all, evaluation_.All(tx, funding_call));
  ACCORD_RETURN_IF_ERROR(applicants_.CheckScorers(tx, funding_call.name(), all));
  for (const Evaluated& each : all) {
    if (!EvaluatedByEnoughScorers(funding_call, each)) {
      return Refuse(rules::kScorersMissing, "Assign scorers without a conflict to each application.");
    }
  }
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

CallDecisionService::Result CallDecisionService::BreakTie(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::BreakFundingCallTieRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kBreakTie));
  const std::vector<std::string> both = {request.ahead(), request.behind()};
  ACCORD_RETURN_IF_ERROR(CheckActsAsPanelChair(tx, funding_call, call.caller(), both));
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Evaluated> all, evaluation_.All(tx, funding_call));
  if (!AreTiedInEvaluation(funding_call, all, EvaluatedOf(all, request.ahead()),
                           EvaluatedOf(all, request.behind()))) {
    return Refuse(rules::kNotTied, "Read the record of the call again.");
  }
  ACCORD_RETURN_IF_ERROR(applicants_.CheckNoApplicant(tx, funding_call.name(), call.caller().agency));
  ACCORD_RETURN_IF_ERROR(CheckConflictsDeclared(tx, call.caller(), both));
  if (funding_call.tie_breaks_size() >= kMaxTieBreaks) {
    return RefuseFields({{"ahead", "must not be said: the call has as many tie-breaks as it can have"}});
  }
  v1::TieBreak* broken = funding_call.add_tie_breaks();
  broken->set_ahead(request.ahead());
  broken->set_behind(request.behind());
  broken->set_reason(request.reason());
  broken->set_person(call.caller().actor);
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

CallDecisionService::Result CallDecisionService::Conclude(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::ConcludeFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kConclude));
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Evaluated> all, evaluation_.All(tx, funding_call));
  const std::vector<std::string> names = NamesOfEvaluated(all);
  ACCORD_RETURN_IF_ERROR(CheckActsAsPanelChair(tx, funding_call, call.caller(), names));
  ACCORD_RETURN_IF_ERROR(CheckEvaluationComplete(all));
  ACCORD_RETURN_IF_ERROR(applicants_.CheckNoApplicant(tx, funding_call.name(), call.caller().agency));
  ACCORD_RETURN_IF_ERROR(applicants_.CheckScorers(tx, funding_call.name(), all));
  // The order covers all applications, so the person who concludes it must have no conflict in any of them.
  ACCORD_RETURN_IF_ERROR(CheckConflictsDeclared(tx, call.caller(), names));
  const std::string digest = EvaluationOrderDigest(funding_call, all);
  // A concurrence agrees to one order and does not hold for another one.
  if (digest != funding_call.concluded_digest()) funding_call.clear_concurrences();
  funding_call.set_concluded_digest(digest);
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

CallDecisionService::Result CallDecisionService::Concur(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::ConcurFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kConcur));
  const v1::PanelMember* member = PanelMemberOf(funding_call, call.caller());
  if (member == nullptr || !IsPanelMemberOfPartner(funding_call, *member)) {
    return Refuse(rules::kNotAsked, "A member of the panel who is of a design partner concurs.");
  }
  ACCORD_RETURN_IF_ERROR(applicants_.CheckNoApplicant(tx, funding_call.name(), member->agency()));
  if (request.concluded_digest() != funding_call.concluded_digest()) {
    return Refuse(rules::kRanksChanged, "Read the record of the call again, and concur in that.");
  }
  v1::CallCoApproval* given = funding_call.add_concurrences();
  given->set_agency(member->agency());
  given->set_person(member->person());
  given->set_criteria_digest(request.concluded_digest());
  *given->mutable_approved_at() = ToProto(call.now());
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

CallDecisionService::Result CallDecisionService::Decide(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::DecideFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kDecide));
  if (funding_call.concluded_digest().empty()) {
    return Refuse(rules::kNothingProposed, "The chair of the panel concludes first.");
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Evaluated> all, evaluation_.All(tx, funding_call));
  ACCORD_RETURN_IF_ERROR(CheckDeciderRecommendedNothing(tx, funding_call, call.caller(), all));
  ACCORD_RETURN_IF_ERROR(applicants_.CheckNoApplicant(tx, funding_call.name(), call.caller().agency));
  ACCORD_RETURN_IF_ERROR(applicants_.CheckScorers(tx, funding_call.name(), all));
  if (EvaluationOrderDigest(funding_call, all) != funding_call.concluded_digest()) {
    return Refuse(rules::kRanksChanged, "Something has changed since: the chair concludes anew.");
  }
  if (!HasPanelConcurred(funding_call)) {
    return Refuse(rules::kConcurrenceMissing, "Each member of the panel from a partner concurs first.");
  }
  // The sum has at most one amount for each application, and each amount is at most 10^12, so 64
  // bits suffice.
  int64_t recommended = 0;
  for (const Evaluated& each : all) recommended += each.decision ? each.decision->amount_cents() : 0;
  if (recommended > funding_call.available_cents()) {
    return Refuse(rules::kEnvelopeExceeded, "More is recommended than the call has to give.");
  }
  ACCORD_ASSIGN_OR_RETURN(auto applications, evaluation_.Applications(tx, funding_call));
  PublishLateAdmissions(std::move(applications), &funding_call);
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

CallDecisionService::Result CallDecisionService::Contract(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::ContractFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kContract));
  ACCORD_ASSIGN_OR_RETURN(const auto applications, evaluation_.Applications(tx, funding_call));
  for (const v1::FundingApplication& application : applications) {
    if (application.state() == v1::FUNDING_APPLICATION_STATE_ELIGIBLE ||
        application.state() == v1::FUNDING_APPLICATION_STATE_APPROVED) {
      return Refuse(rules::kAwardsOpen, "Decide each application, and have each agreement signed.");
    }
  }
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

}  // namespace accord::strategy
