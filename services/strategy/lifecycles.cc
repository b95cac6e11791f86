#include "services/strategy/lifecycles.h"

namespace accord::strategy {

using namespace v1;

const Lifecycle& InitiativeLifecycle() {
  static const Lifecycle table(InitiativeState_descriptor(),
                               {
                                   {INITIATIVE_STATE_PLANNED, "start", INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_DELAYED, "start", INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_UNDERWAY, "delay", INITIATIVE_STATE_DELAYED},
                                   {INITIATIVE_STATE_DELIVERED, "continue", INITIATIVE_STATE_ONGOING},
                                   {INITIATIVE_STATE_UNDERWAY, kMeetMilestone, INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_DELAYED, kMeetMilestone, INITIATIVE_STATE_DELAYED},
                                   {INITIATIVE_STATE_DELIVERED, kMeetMilestone, INITIATIVE_STATE_DELIVERED},
                                   {INITIATIVE_STATE_ONGOING, kMeetMilestone, INITIATIVE_STATE_ONGOING},
                                   {INITIATIVE_STATE_UNDERWAY, kReportDelivery, INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_UNDERWAY, kDeliver, INITIATIVE_STATE_DELIVERED},
                                   {INITIATIVE_STATE_PLANNED, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_UNDERWAY, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_DELIVERED, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_ONGOING, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_DELAYED, kEnd, INITIATIVE_STATE_ENDED},
                               });
  return table;
}

const Lifecycle& LegislativeLifecycle() {
  static const Lifecycle table(
      LegislativeState_descriptor(),
      {
          {LEGISLATIVE_STATE_INTRODUCED, "pass", LEGISLATIVE_STATE_PASSED},
          {LEGISLATIVE_STATE_INTRODUCED, "lapse", LEGISLATIVE_STATE_LAPSED},
          {LEGISLATIVE_STATE_PASSED, kAssent, LEGISLATIVE_STATE_ASSENTED},
          {LEGISLATIVE_STATE_ASSENTED, kCommence, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_ASSENTED, kCommenceLast, LEGISLATIVE_STATE_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kCommence, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kCommenceLast, LEGISLATIVE_STATE_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kRepeal, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kRepealLast, LEGISLATIVE_STATE_REPEALED},
          {LEGISLATIVE_STATE_IN_FORCE, kRepeal, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_IN_FORCE, kRepealLast, LEGISLATIVE_STATE_REPEALED},
      });
  return table;
}

const Lifecycle& IndicatorLifecycle() {
  static const Lifecycle table(IndicatorState_descriptor(),
                               {
                                   {INDICATOR_STATE_CURRENT, kRevise, INDICATOR_STATE_CURRENT},
                                   {INDICATOR_STATE_CURRENT, kRetire, INDICATOR_STATE_RETIRED},
                               });
  return table;
}

// An agreement expires by its last day. Readers compute that, and no event records it.
const Lifecycle& DataAuthorisationLifecycle() {
  static const Lifecycle table(
      DataAuthorisationState_descriptor(),
      {
          {DATA_AUTHORISATION_STATE_IN_FORCE, kWithdraw, DATA_AUTHORISATION_STATE_WITHDRAWN},
      });
  return table;
}

// A verified observation never becomes a draft again: an error is corrected where everybody sees it.
const Lifecycle& ObservationLifecycle() {
  static const Lifecycle table(ObservationState_descriptor(),
                               {
                                   {OBSERVATION_STATE_DRAFT, kRevise, OBSERVATION_STATE_DRAFT},
                                   {OBSERVATION_STATE_DRAFT, kSubmit, OBSERVATION_STATE_SUBMITTED},
                                   {OBSERVATION_STATE_SUBMITTED, kVerify, OBSERVATION_STATE_VERIFIED},
                                   {OBSERVATION_STATE_SUBMITTED, kReturn, OBSERVATION_STATE_DRAFT},
                                   {OBSERVATION_STATE_VERIFIED, kCorrect, OBSERVATION_STATE_CORRECTED},
                               });
  return table;
}

const Lifecycle& AllocationLifecycle() {
  static const Lifecycle table(AllocationState_descriptor(),
                               {
                                   {ALLOCATION_STATE_PLANNED, kCommit, ALLOCATION_STATE_COMMITTED},
                                   {ALLOCATION_STATE_COMMITTED, kReduce, ALLOCATION_STATE_COMMITTED},
                                   {ALLOCATION_STATE_COMMITTED, kClose, ALLOCATION_STATE_CLOSED},
                               });
  return table;
}

const Lifecycle& ContributionLifecycle() {
  static const Lifecycle table(ContributionState_descriptor(),
                               {
                                   {CONTRIBUTION_STATE_PLANNED, kCommit, CONTRIBUTION_STATE_COMMITTED},
                                   {CONTRIBUTION_STATE_COMMITTED, "receive", CONTRIBUTION_STATE_RECEIVED},
                               });
  return table;
}

// A published report never becomes a draft again: an error is restated by a further edition.
const Lifecycle& ProgressReportLifecycle() {
  static const Lifecycle table(
      ProgressReportState_descriptor(),
      {
          {PROGRESS_REPORT_STATE_DRAFT, kRevise, PROGRESS_REPORT_STATE_DRAFT},
          {PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED, kRevise, PROGRESS_REPORT_STATE_DRAFT},
          {PROGRESS_REPORT_STATE_DIRECTOR_APPROVED, kRevise, PROGRESS_REPORT_STATE_DRAFT},
          {PROGRESS_REPORT_STATE_DRAFT, kConfirm, PROGRESS_REPORT_STATE_DRAFT},
          {PROGRESS_REPORT_STATE_DRAFT, kConfirmLast, PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED},
          {PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED, kApprove, PROGRESS_REPORT_STATE_DIRECTOR_APPROVED},
          {PROGRESS_REPORT_STATE_DIRECTOR_APPROVED, kPublish, PROGRESS_REPORT_STATE_PUBLISHED},
          {PROGRESS_REPORT_STATE_PUBLISHED, kRestate, PROGRESS_REPORT_STATE_PUBLISHED},
      });
  return table;
}

// A reversal is a row of its own: one person requests it, and another one confirms it.
const Lifecycle& PaymentLifecycle() {
  static const Lifecycle table(
      PaymentState_descriptor(),
      {
          {PAYMENT_STATE_REQUESTED, kApprove, PAYMENT_STATE_APPROVED},
          {PAYMENT_STATE_APPROVED, kPay, PAYMENT_STATE_PAID},
          {PAYMENT_STATE_FAILED, kPay, PAYMENT_STATE_PAID},
          {PAYMENT_STATE_PAID, kFail, PAYMENT_STATE_FAILED},
          {PAYMENT_STATE_PAID, kReverse, PAYMENT_STATE_PAID},
          {PAYMENT_STATE_REQUESTED, kCancel, PAYMENT_STATE_CANCELLED},
          {PAYMENT_STATE_APPROVED, kCancel, PAYMENT_STATE_CANCELLED},
          {PAYMENT_STATE_FAILED, kCancel, PAYMENT_STATE_CANCELLED},
          {PAYMENT_STATE_REVERSAL_REQUESTED, kCancel, PAYMENT_STATE_CANCELLED},
          {PAYMENT_STATE_REVERSAL_REQUESTED, kConfirmReversal, PAYMENT_STATE_REVERSAL},
      });
  return table;
}

// Only time opens and closes a call, and an open call never becomes a draft again.
const Lifecycle& FundingCallLifecycle() {
  static const Lifecycle table(
      FundingCallState_descriptor(),
      {
          {FUNDING_CALL_STATE_DRAFT, kRevise, FUNDING_CALL_STATE_DRAFT},
          {FUNDING_CALL_STATE_SCHEDULED, kRevise, FUNDING_CALL_STATE_DRAFT},
          {FUNDING_CALL_STATE_DRAFT, kCoApprove, FUNDING_CALL_STATE_DRAFT},
          {FUNDING_CALL_STATE_DRAFT, kWithdrawCoApproval, FUNDING_CALL_STATE_DRAFT},
          {FUNDING_CALL_STATE_SCHEDULED, kWithdrawCoApproval, FUNDING_CALL_STATE_DRAFT},
          {FUNDING_CALL_STATE_DRAFT, kPublish, FUNDING_CALL_STATE_SCHEDULED},
          {FUNDING_CALL_STATE_SCHEDULED, kOpenByTime, FUNDING_CALL_STATE_OPEN},
          {FUNDING_CALL_STATE_SCHEDULED, kVoid, FUNDING_CALL_STATE_DRAFT},
          {FUNDING_CALL_STATE_OPEN, kExtend, FUNDING_CALL_STATE_OPEN},
          {FUNDING_CALL_STATE_OPEN, kCancel, FUNDING_CALL_STATE_CANCELLED},
          {FUNDING_CALL_STATE_OPEN, kClose, FUNDING_CALL_STATE_CLOSED},
          {FUNDING_CALL_STATE_CLOSED, kBeginEvaluation, FUNDING_CALL_STATE_EVALUATION},
          {FUNDING_CALL_STATE_EVALUATION, kBreakTie, FUNDING_CALL_STATE_EVALUATION},
          {FUNDING_CALL_STATE_EVALUATION, kConclude, FUNDING_CALL_STATE_EVALUATION},
          {FUNDING_CALL_STATE_EVALUATION, kConcur, FUNDING_CALL_STATE_EVALUATION},
          {FUNDING_CALL_STATE_EVALUATION, kDecide, FUNDING_CALL_STATE_DECIDED},
          {FUNDING_CALL_STATE_DECIDED, kContract, FUNDING_CALL_STATE_CONTRACTED},
      });
  return table;
}

const Lifecycle& FundingApplicationLifecycle() {
  static const Lifecycle table(
      FundingApplicationState_descriptor(),
      {
          {FUNDING_APPLICATION_STATE_STARTED, kRevise, FUNDING_APPLICATION_STATE_STARTED},
          {FUNDING_APPLICATION_STATE_STARTED, kSubmit, FUNDING_APPLICATION_STATE_SUBMITTED},
          {FUNDING_APPLICATION_STATE_SUBMITTED, kReopen, FUNDING_APPLICATION_STATE_STARTED},
          {FUNDING_APPLICATION_STATE_STARTED, kWithdraw, FUNDING_APPLICATION_STATE_WITHDRAWN},
          {FUNDING_APPLICATION_STATE_SUBMITTED, kWithdraw, FUNDING_APPLICATION_STATE_WITHDRAWN},
          {FUNDING_APPLICATION_STATE_ELIGIBLE, kWithdraw, FUNDING_APPLICATION_STATE_WITHDRAWN},
          {FUNDING_APPLICATION_STATE_SUBMITTED, kFindEligible, FUNDING_APPLICATION_STATE_ELIGIBLE},
          {FUNDING_APPLICATION_STATE_SUBMITTED, kConfirmIneligible, FUNDING_APPLICATION_STATE_INELIGIBLE},
          {FUNDING_APPLICATION_STATE_INELIGIBLE, kReview, FUNDING_APPLICATION_STATE_ELIGIBLE},
          {FUNDING_APPLICATION_STATE_STARTED, kProposeLate, FUNDING_APPLICATION_STATE_STARTED},
          {FUNDING_APPLICATION_STATE_STARTED, kAdmitLate, FUNDING_APPLICATION_STATE_SUBMITTED},
          {FUNDING_APPLICATION_STATE_ELIGIBLE, kApprove, FUNDING_APPLICATION_STATE_APPROVED},
          {FUNDING_APPLICATION_STATE_ELIGIBLE, kDecline, FUNDING_APPLICATION_STATE_DECLINED},
          {FUNDING_APPLICATION_STATE_APPROVED, kAgree, FUNDING_APPLICATION_STATE_AGREEMENT},
          {FUNDING_APPLICATION_STATE_APPROVED, kRefuseAward, FUNDING_APPLICATION_STATE_WITHDRAWN},
      });
  return table;
}

// Nobody can undo the own declaration of a conflict.
const Lifecycle& ConflictDeclarationLifecycle() {
  static const Lifecycle table(
      ConflictDeclarationState_descriptor(),
      {
          {CONFLICT_DECLARATION_STATE_WAITING, kClear, CONFLICT_DECLARATION_STATE_CLEARED},
          {CONFLICT_DECLARATION_STATE_WAITING, kRecuse, CONFLICT_DECLARATION_STATE_RECUSED},
          {CONFLICT_DECLARATION_STATE_NONE, kRecuse, CONFLICT_DECLARATION_STATE_RECUSED},
          {CONFLICT_DECLARATION_STATE_CLEARED, kRecuse, CONFLICT_DECLARATION_STATE_RECUSED},
      });
  return table;
}

// Nobody scores before declaring, and a recusal is final.
const Lifecycle& FundingAssessmentLifecycle() {
  static const Lifecycle table(
      FundingAssessmentState_descriptor(),
      {
          {FUNDING_ASSESSMENT_STATE_ASSIGNED, kDeclare, FUNDING_ASSESSMENT_STATE_DECLARED},
          {FUNDING_ASSESSMENT_STATE_ASSIGNED, kDeclareConflict, FUNDING_ASSESSMENT_STATE_CONFLICTED},
          {FUNDING_ASSESSMENT_STATE_CONFLICTED, kClear, FUNDING_ASSESSMENT_STATE_DECLARED},
          {FUNDING_ASSESSMENT_STATE_DECLARED, kSave, FUNDING_ASSESSMENT_STATE_DRAFTED},
          {FUNDING_ASSESSMENT_STATE_DRAFTED, kSave, FUNDING_ASSESSMENT_STATE_DRAFTED},
          {FUNDING_ASSESSMENT_STATE_DRAFTED, kSubmit, FUNDING_ASSESSMENT_STATE_SUBMITTED},
          {FUNDING_ASSESSMENT_STATE_SUBMITTED, kReopen, FUNDING_ASSESSMENT_STATE_DRAFTED},
          {FUNDING_ASSESSMENT_STATE_ASSIGNED, kRecuse, FUNDING_ASSESSMENT_STATE_RECUSED},
          {FUNDING_ASSESSMENT_STATE_DECLARED, kRecuse, FUNDING_ASSESSMENT_STATE_RECUSED},
          {FUNDING_ASSESSMENT_STATE_CONFLICTED, kRecuse, FUNDING_ASSESSMENT_STATE_RECUSED},
          {FUNDING_ASSESSMENT_STATE_DRAFTED, kRecuse, FUNDING_ASSESSMENT_STATE_RECUSED},
          {FUNDING_ASSESSMENT_STATE_SUBMITTED, kRecuse, FUNDING_ASSESSMENT_STATE_RECUSED},
      });
  return table;
}

const Lifecycle& FundingAgreementLifecycle() {
  static const Lifecycle table(
      FundingAgreementState_descriptor(),
      {
          {FUNDING_AGREEMENT_STATE_OFFERED, kSign, FUNDING_AGREEMENT_STATE_OFFERED},
          {FUNDING_AGREEMENT_STATE_OFFERED, kSignLast, FUNDING_AGREEMENT_STATE_IN_FORCE},
          {FUNDING_AGREEMENT_STATE_OFFERED, kRefuseAward, FUNDING_AGREEMENT_STATE_REFUSED},
          {FUNDING_AGREEMENT_STATE_OFFERED, kTakeBack, FUNDING_AGREEMENT_STATE_TAKEN_BACK},
          {FUNDING_AGREEMENT_STATE_IN_FORCE, kReceiveReport, FUNDING_AGREEMENT_STATE_IN_FORCE},
      });
  return table;
}

}  // namespace accord::strategy
