#include "services/supports/lifecycles.h"

namespace accord::supports {

const Lifecycle& SupportCaseLifecycle() {
  using namespace v1;
  static const Lifecycle table(SupportCaseState_descriptor(),
                               {
                                   {SUPPORT_CASE_STATE_OPEN, "close", SUPPORT_CASE_STATE_CLOSED},
                                   {SUPPORT_CASE_STATE_CLOSED, "reopen", SUPPORT_CASE_STATE_OPEN},
                               });
  return table;
}

const Lifecycle& SupportReferringLifecycle() {
  using namespace v1;
  static const Lifecycle table(SupportCaseState_descriptor(),
                               {
                                   {SUPPORT_CASE_STATE_OPEN, "refer", SUPPORT_CASE_STATE_OPEN},
                               });
  return table;
}

const Lifecycle& ConsentLifecycle() {
  using namespace v1;
  static const Lifecycle table(ConsentState_descriptor(),
                               {
                                   {CONSENT_STATE_LIVE, "supersede", CONSENT_STATE_SUPERSEDED},
                                   {CONSENT_STATE_LIVE, "withdraw", CONSENT_STATE_WITHDRAWN},
                               });
  return table;
}

const Lifecycle& SupportReferralLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      SupportReferralState_descriptor(),
      {
          {SUPPORT_REFERRAL_STATE_SENT, "acknowledge", SUPPORT_REFERRAL_STATE_ACKNOWLEDGED},
          {SUPPORT_REFERRAL_STATE_ACKNOWLEDGED, "accept", SUPPORT_REFERRAL_STATE_ACCEPTED},
          {SUPPORT_REFERRAL_STATE_ACKNOWLEDGED, "decline", SUPPORT_REFERRAL_STATE_DECLINED},
          {SUPPORT_REFERRAL_STATE_ACCEPTED, "complete", SUPPORT_REFERRAL_STATE_COMPLETED},
      });
  return table;
}

const Lifecycle& SupportWithdrawalLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      SupportReferralState_descriptor(),
      {
          {SUPPORT_REFERRAL_STATE_SENT, "withdraw", SUPPORT_REFERRAL_STATE_WITHDRAWN},
          {SUPPORT_REFERRAL_STATE_ACKNOWLEDGED, "withdraw", SUPPORT_REFERRAL_STATE_WITHDRAWN},
          {SUPPORT_REFERRAL_STATE_ACCEPTED, "withdraw", SUPPORT_REFERRAL_STATE_WITHDRAWN},
          {SUPPORT_REFERRAL_STATE_DECLINED, "withdraw", SUPPORT_REFERRAL_STATE_WITHDRAWN},
      });
  return table;
}

const Lifecycle& SupportOfferLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      SupportReferralState_descriptor(),
      {
          {SUPPORT_REFERRAL_STATE_SENT, "acknowledge", SUPPORT_REFERRAL_STATE_ACKNOWLEDGED},
          {SUPPORT_REFERRAL_STATE_ACKNOWLEDGED, "decline", SUPPORT_REFERRAL_STATE_DECLINED},
      });
  return table;
}

const Lifecycle& SupportTransferLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      SupportReferralState_descriptor(),
      {
          {SUPPORT_REFERRAL_STATE_SENT, "accept", SUPPORT_REFERRAL_STATE_COMPLETED},
          {SUPPORT_REFERRAL_STATE_ACKNOWLEDGED, "accept", SUPPORT_REFERRAL_STATE_COMPLETED},
      });
  return table;
}

const Lifecycle& SupportHandingOverLifecycle() {
  using namespace v1;
  static const Lifecycle table(SupportCaseState_descriptor(),
                               {
                                   {SUPPORT_CASE_STATE_OPEN, "transfer", SUPPORT_CASE_STATE_CLOSED},
                               });
  return table;
}

const Lifecycle& SurvivorNoticeLifecycle() {
  using namespace v1;
  static const Lifecycle table(SurvivorNoticeState_descriptor(),
                               {
                                   {SURVIVOR_NOTICE_STATE_OPEN, "close", SURVIVOR_NOTICE_STATE_CLOSED},
                               });
  return table;
}

const Lifecycle& WorkerPositionLifecycle() {
  using namespace v1;
  static const Lifecycle table(WorkerPositionState_descriptor(),
                               {
                                   {WORKER_POSITION_STATE_TO_BE_HIRED, "hire", WORKER_POSITION_STATE_HIRED},
                                   {WORKER_POSITION_STATE_VACANT, "hire", WORKER_POSITION_STATE_HIRED},
                                   {WORKER_POSITION_STATE_HIRED, "leave", WORKER_POSITION_STATE_VACANT},
                                   {WORKER_POSITION_STATE_TO_BE_HIRED, "end", WORKER_POSITION_STATE_ENDED},
                                   {WORKER_POSITION_STATE_HIRED, "end", WORKER_POSITION_STATE_ENDED},
                                   {WORKER_POSITION_STATE_VACANT, "end", WORKER_POSITION_STATE_ENDED},
                               });
  return table;
}

const Lifecycle& OrderPreparingLifecycle() {
  using namespace v1;
  static const Lifecycle table(SupportCaseState_descriptor(),
                               {
                                   {SUPPORT_CASE_STATE_OPEN, "prepare", SUPPORT_CASE_STATE_OPEN},
                               });
  return table;
}

const Lifecycle& RestrainingOrderLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      RestrainingOrderState_descriptor(),
      {
          {RESTRAINING_ORDER_STATE_PREPARING, "file", RESTRAINING_ORDER_STATE_FILED},
          {RESTRAINING_ORDER_STATE_PREPARING, "withdraw", RESTRAINING_ORDER_STATE_WITHDRAWN},
          {RESTRAINING_ORDER_STATE_FILED, "dismiss", RESTRAINING_ORDER_STATE_DISMISSED},
          {RESTRAINING_ORDER_STATE_FILED, "withdraw", RESTRAINING_ORDER_STATE_WITHDRAWN},
          {RESTRAINING_ORDER_STATE_GRANTED, "set_aside", RESTRAINING_ORDER_STATE_SET_ASIDE},
      });
  return table;
}

const Lifecycle& RestrainingOrderStepLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      RestrainingOrderState_descriptor(),
      {
          {RESTRAINING_ORDER_STATE_PREPARING, "correct", RESTRAINING_ORDER_STATE_PREPARING},
          {RESTRAINING_ORDER_STATE_FILED, "correct", RESTRAINING_ORDER_STATE_FILED},
          {RESTRAINING_ORDER_STATE_FILED, "grant", RESTRAINING_ORDER_STATE_GRANTED},
          {RESTRAINING_ORDER_STATE_FILED, "serve_other", RESTRAINING_ORDER_STATE_FILED},
          {RESTRAINING_ORDER_STATE_GRANTED, "appeal", RESTRAINING_ORDER_STATE_GRANTED},
          {RESTRAINING_ORDER_STATE_GRANTED, "correct", RESTRAINING_ORDER_STATE_GRANTED},
          {RESTRAINING_ORDER_STATE_GRANTED, "entrust", RESTRAINING_ORDER_STATE_GRANTED},
          {RESTRAINING_ORDER_STATE_GRANTED, "extend", RESTRAINING_ORDER_STATE_GRANTED},
          {RESTRAINING_ORDER_STATE_GRANTED, "serve", RESTRAINING_ORDER_STATE_GRANTED},
          {RESTRAINING_ORDER_STATE_GRANTED, "serve_other", RESTRAINING_ORDER_STATE_GRANTED},
          {RESTRAINING_ORDER_STATE_GRANTED, "vary", RESTRAINING_ORDER_STATE_GRANTED},
      });
  return table;
}

}  // namespace accord::supports
