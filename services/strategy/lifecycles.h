// These tables have the states of initiatives, bills, indicators, observations, money, funding calls
// and reports.
#ifndef ACCORD_SERVICES_STRATEGY_LIFECYCLES_H_
#define ACCORD_SERVICES_STRATEGY_LIFECYCLES_H_

#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_agreement_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/funding_assessment_resources.pb.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/progress_report_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::strategy {

const Lifecycle& InitiativeLifecycle();
const Lifecycle& LegislativeLifecycle();
const Lifecycle& IndicatorLifecycle();
const Lifecycle& ObservationLifecycle();
const Lifecycle& DataAuthorisationLifecycle();
const Lifecycle& AllocationLifecycle();
const Lifecycle& ContributionLifecycle();
const Lifecycle& ProgressReportLifecycle();
const Lifecycle& PaymentLifecycle();
const Lifecycle& FundingCallLifecycle();
const Lifecycle& FundingApplicationLifecycle();
const Lifecycle& ConflictDeclarationLifecycle();
const Lifecycle& FundingAssessmentLifecycle();
const Lifecycle& FundingAgreementLifecycle();

// Each of these events has a method of its own.
inline constexpr char kMeetMilestone[] = "meet_milestone";
inline constexpr char kReportDelivery[] = "report_delivery";
inline constexpr char kDeliver[] = "deliver";
inline constexpr char kEnd[] = "end";
inline constexpr char kAssent[] = "assent";
// When the last of the listed sections does this, the second event of the pair takes place.
inline constexpr char kCommence[] = "commence";
inline constexpr char kCommenceLast[] = "commence_last";
inline constexpr char kRepeal[] = "repeal";
inline constexpr char kRepealLast[] = "repeal_last";
inline constexpr char kRevise[] = "revise";
inline constexpr char kRetire[] = "retire";
inline constexpr char kSubmit[] = "submit";
inline constexpr char kVerify[] = "verify";
inline constexpr char kReturn[] = "return";
inline constexpr char kCorrect[] = "correct";
inline constexpr char kCommit[] = "commit";
inline constexpr char kReduce[] = "reduce";
inline constexpr char kClose[] = "close";
// When the last ministry confirms, the second event of the pair takes place.
inline constexpr char kConfirm[] = "confirm";
inline constexpr char kConfirmLast[] = "confirm_last";
inline constexpr char kApprove[] = "approve";
inline constexpr char kPublish[] = "publish";
inline constexpr char kRestate[] = "restate";
inline constexpr char kCoApprove[] = "co_approve";
inline constexpr char kWithdrawCoApproval[] = "withdraw_co_approval";
inline constexpr char kExtend[] = "extend";
inline constexpr char kCancel[] = "cancel";
// Only the clock triggers these two events, and `close` of a call.
inline constexpr char kOpenByTime[] = "open";
inline constexpr char kVoid[] = "void";
inline constexpr char kReopen[] = "reopen";
inline constexpr char kWithdraw[] = "withdraw";
inline constexpr char kFindEligible[] = "find_eligible";
inline constexpr char kConfirmIneligible[] = "confirm_ineligible";
inline constexpr char kReview[] = "review";
inline constexpr char kProposeLate[] = "propose_late";
inline constexpr char kAdmitLate[] = "admit_late";
inline constexpr char kBeginEvaluation[] = "begin_evaluation";
inline constexpr char kBreakTie[] = "break_tie";
inline constexpr char kConclude[] = "conclude";
inline constexpr char kConcur[] = "concur";
inline constexpr char kDecide[] = "decide";
inline constexpr char kDeclare[] = "declare";
inline constexpr char kDeclareConflict[] = "declare_conflict";
inline constexpr char kClear[] = "clear";
inline constexpr char kRecuse[] = "recuse";
inline constexpr char kSave[] = "save";
inline constexpr char kContract[] = "contract";
inline constexpr char kDecline[] = "decline";
inline constexpr char kAgree[] = "agree";
inline constexpr char kRefuseAward[] = "refuse_award";
inline constexpr char kSign[] = "sign";
// The second signature brings the agreement into force.
inline constexpr char kTakeBack[] = "take_back";
inline constexpr char kSignLast[] = "sign_last";
inline constexpr char kReceiveReport[] = "receive_report";
inline constexpr char kPay[] = "pay";
inline constexpr char kFail[] = "fail";
inline constexpr char kReverse[] = "reverse";
inline constexpr char kConfirmReversal[] = "confirm_reversal";

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_LIFECYCLES_H_
