#include "services/intelligence/lifecycles.h"

namespace accord::intelligence {

const Lifecycle& PositionLifecycle() {
  using namespace v1;
  static const Lifecycle table(PositionState_descriptor(),
                               {
                                   {POSITION_STATE_APPROVED, "post", POSITION_STATE_POSTED},
                                   {POSITION_STATE_POSTED, "fill", POSITION_STATE_FILLED},
                                   {POSITION_STATE_FILLED, "vacate", POSITION_STATE_VACANT},
                                   {POSITION_STATE_VACANT, "post", POSITION_STATE_POSTED},
                                   {POSITION_STATE_APPROVED, "abolish", POSITION_STATE_ABOLISHED},
                                   {POSITION_STATE_POSTED, "abolish", POSITION_STATE_ABOLISHED},
                                   {POSITION_STATE_VACANT, "abolish", POSITION_STATE_ABOLISHED},
                               });
  return table;
}

const Lifecycle& PortfolioLifecycle() {
  using namespace v1;
  static const Lifecycle table(PositionState_descriptor(),
                               {
                                   {POSITION_STATE_APPROVED, "cover", POSITION_STATE_APPROVED},
                                   {POSITION_STATE_POSTED, "cover", POSITION_STATE_POSTED},
                                   {POSITION_STATE_FILLED, "cover", POSITION_STATE_FILLED},
                                   {POSITION_STATE_VACANT, "cover", POSITION_STATE_VACANT},
                               });
  return table;
}

const Lifecycle& ReportLifecycle() {
  using namespace v1;
  static const Lifecycle table(ReportState_descriptor(), [] {
    std::vector<Transition> rows = {
        {REPORT_STATE_DRAFT, "submit", REPORT_STATE_SUBMITTED},
        {REPORT_STATE_DRAFT, "edit", REPORT_STATE_DRAFT},
        {REPORT_STATE_RETURNED, "edit", REPORT_STATE_DRAFT},
        {REPORT_STATE_SUBMITTED, "grade", REPORT_STATE_EVALUATED},
        {REPORT_STATE_EVALUATED, "grade", REPORT_STATE_EVALUATED},
        {REPORT_STATE_ACTIVE, "grade", REPORT_STATE_ACTIVE},
        {REPORT_STATE_REVIEW_DUE, "grade", REPORT_STATE_REVIEW_DUE},
        {REPORT_STATE_RETAINED, "grade", REPORT_STATE_RETAINED},
        {REPORT_STATE_EVALUATED, "activate", REPORT_STATE_ACTIVE},
        {REPORT_STATE_EVALUATED, "return", REPORT_STATE_RETURNED},
        {REPORT_STATE_EVALUATED, "reject", REPORT_STATE_REJECTED},
        {REPORT_STATE_ACTIVE, "fall_due", REPORT_STATE_REVIEW_DUE},
        {REPORT_STATE_RETAINED, "fall_due", REPORT_STATE_REVIEW_DUE},
        {REPORT_STATE_REVIEW_DUE, "validate", REPORT_STATE_RETAINED},
        // Two people may purge a report, including a rejected one, since nothing requires that it is kept.
        {REPORT_STATE_REVIEW_DUE, "purge", REPORT_STATE_PURGED},
        {REPORT_STATE_REJECTED, "purge", REPORT_STATE_PURGED},
        // A wrong report is recalled first, and then two people of its originator purge it.
        {REPORT_STATE_RECALLED, "purge", REPORT_STATE_PURGED},
    };
    // The originator may recall at any time.
    for (int from = REPORT_STATE_DRAFT; from <= REPORT_STATE_RETAINED; ++from) {
      rows.push_back({from, "recall", REPORT_STATE_RECALLED});
    }
    // Time ends these, because a report that nobody admitted, or that was recalled, is not kept either.
    for (int from : {REPORT_STATE_DRAFT, REPORT_STATE_SUBMITTED, REPORT_STATE_EVALUATED,
                     REPORT_STATE_RETURNED, REPORT_STATE_REJECTED, REPORT_STATE_RECALLED}) {
      rows.push_back({from, "lapse", REPORT_STATE_PURGED});
    }
    // This happens in every state, whatever else is going on with the report.
    for (int from = REPORT_STATE_DRAFT; from <= REPORT_STATE_RECALLED; ++from) {
      rows.push_back({from, "end_youth_access", REPORT_STATE_SEALED});
    }
    return rows;
  }());
  return table;
}

const Lifecycle& ReleaseLifecycle() {
  using namespace v1;
  static const Lifecycle table(ReleaseState_descriptor(),
                               {
                                   {RELEASE_STATE_PENDING, "grant", RELEASE_STATE_GRANTED},
                                   {RELEASE_STATE_PENDING, "refuse", RELEASE_STATE_REFUSED},
                                   {RELEASE_STATE_PENDING, "lapse", RELEASE_STATE_LAPSED},
                                   {RELEASE_STATE_GRANTED, "revoke", RELEASE_STATE_REVOKED},
                                   {RELEASE_STATE_PROPOSED, "confirm", RELEASE_STATE_GRANTED},
                                   {RELEASE_STATE_PROPOSED, "revoke", RELEASE_STATE_REVOKED},
                                   {RELEASE_STATE_PROPOSED, "lapse", RELEASE_STATE_LAPSED},
                               });
  return table;
}

const Lifecycle& RequestLifecycle() {
  using namespace v1;
  static const Lifecycle table(InformationRequestState_descriptor(), [] {
    std::vector<Transition> rows = {
        {INFORMATION_REQUEST_STATE_ISSUED, "acknowledge", INFORMATION_REQUEST_STATE_ACKNOWLEDGED},
        {INFORMATION_REQUEST_STATE_ISSUED, "decline", INFORMATION_REQUEST_STATE_DECLINED},
        {INFORMATION_REQUEST_STATE_ACKNOWLEDGED, "decline", INFORMATION_REQUEST_STATE_DECLINED},
    };
    // The asker may close the request as soon as an answer is of no use any more, even if nobody
    // has answered.
    for (int from = INFORMATION_REQUEST_STATE_ISSUED; from <= INFORMATION_REQUEST_STATE_ANSWERED; ++from) {
      rows.push_back({from, "close", INFORMATION_REQUEST_STATE_CLOSED});
    }
    for (int from = INFORMATION_REQUEST_STATE_ISSUED; from <= INFORMATION_REQUEST_STATE_PARTIAL; ++from) {
      rows.push_back({from, "answer_part", INFORMATION_REQUEST_STATE_PARTIAL});
      rows.push_back({from, "answer_all", INFORMATION_REQUEST_STATE_ANSWERED});
    }
    return rows;
  }());
  return table;
}

const Lifecycle& PurgeNoticeLifecycle() {
  using namespace v1;
  static const Lifecycle table(PurgeNoticeState_descriptor(),
                               {
                                   {PURGE_NOTICE_STATE_OPEN, "confirm", PURGE_NOTICE_STATE_CONFIRMED},
                                   {PURGE_NOTICE_STATE_OVERDUE, "confirm", PURGE_NOTICE_STATE_CONFIRMED},
                                   {PURGE_NOTICE_STATE_OPEN, "fall_due", PURGE_NOTICE_STATE_OVERDUE},
                               });
  return table;
}

const Lifecycle& ProductLifecycle() {
  using namespace v1;
  static const Lifecycle table(ProductState_descriptor(), [] {
    std::vector<Transition> rows = {
        {PRODUCT_STATE_DRAFT, "review", PRODUCT_STATE_REVIEW},
        {PRODUCT_STATE_REVIEW, "sanitise", PRODUCT_STATE_SANITISED},
        {PRODUCT_STATE_SANITISED, "sanitise", PRODUCT_STATE_SANITISED},
        {PRODUCT_STATE_REVIEW, "approve", PRODUCT_STATE_APPROVED},
        {PRODUCT_STATE_SANITISED, "approve", PRODUCT_STATE_APPROVED},
        {PRODUCT_STATE_APPROVED, "issue", PRODUCT_STATE_ISSUED},
        {PRODUCT_STATE_ISSUED, "issue", PRODUCT_STATE_ISSUED},
    };
    // An originator's agreement to the sanitised text stays valid in these states, and may be given again.
    for (int from = PRODUCT_STATE_SANITISED; from <= PRODUCT_STATE_ISSUED; ++from) {
      rows.push_back({from, "agree", from});
      rows.push_back({from, "withdraw_agreement", from});
    }
    for (int from = PRODUCT_STATE_DRAFT; from <= PRODUCT_STATE_ISSUED; ++from) {
      rows.push_back({from, "withdraw", PRODUCT_STATE_WITHDRAWN});
    }
    return rows;
  }());
  return table;
}

}  // namespace accord::intelligence
