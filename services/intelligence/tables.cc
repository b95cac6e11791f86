#include "services/intelligence/tables.h"

namespace accord::intelligence {

using namespace v1;

const Lifecycle& PositionLifecycle() {
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

const Lifecycle& ReportLifecycle() {
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
    };
    // The originator may recall at any time.
    for (int from = REPORT_STATE_DRAFT; from <= REPORT_STATE_RETAINED; ++from) {
      rows.push_back({from, "recall", REPORT_STATE_RECALLED});
    }
    return rows;
  }());
  return table;
}

const Lifecycle& ReleaseLifecycle() {
  static const Lifecycle table(ReleaseState_descriptor(),
                               {
                                   {RELEASE_STATE_PENDING, "grant", RELEASE_STATE_GRANTED},
                                   {RELEASE_STATE_PENDING, "refuse", RELEASE_STATE_REFUSED},
                                   {RELEASE_STATE_PENDING, "lapse", RELEASE_STATE_LAPSED},
                                   {RELEASE_STATE_GRANTED, "revoke", RELEASE_STATE_REVOKED},
                               });
  return table;
}

}  // namespace accord::intelligence
