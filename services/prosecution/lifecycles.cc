#include "services/prosecution/lifecycles.h"

#include "accord/prosecution/v1/case_duplicate_service.pb.h"

namespace accord::prosecution {

const Lifecycle& StageLifecycle() {
  using namespace v1;
  static const Lifecycle table(Stage_descriptor(), [] {
    std::vector<Transition> rows = {
        {STAGE_CHARGED, "hear_bail", STAGE_BAIL},
        {STAGE_BAIL, "take_in", STAGE_INTAKE},
        {STAGE_INTAKE, "hold_pretrial", STAGE_PRETRIAL},
        {STAGE_PRETRIAL, "elect", STAGE_ELECTION},
        {STAGE_ELECTION, "order_preliminary", STAGE_PRELIMINARY},
        {STAGE_ELECTION, "schedule_trial", STAGE_TRIAL_SCHEDULED},
        {STAGE_PRELIMINARY, "commit", STAGE_COMMITTED},
        {STAGE_COMMITTED, "schedule_trial", STAGE_TRIAL_SCHEDULED},
        {STAGE_TRIAL_SCHEDULED, "begin_trial", STAGE_TRIAL},
        {STAGE_TRIAL, "reserve", STAGE_UNDER_RESERVE},
        {STAGE_TRIAL, "give_verdict", STAGE_VERDICT},
        {STAGE_UNDER_RESERVE, "give_verdict", STAGE_VERDICT},
        {STAGE_VERDICT, "begin_sentencing", STAGE_SENTENCING},
        {STAGE_CONCLUDED, "appeal", STAGE_APPEAL},
        {STAGE_APPEAL, "decide_appeal", STAGE_CONCLUDED},
        {STAGE_APPEAL, "order_retrial", STAGE_RETRIAL},
        {STAGE_RETRIAL, "schedule_trial", STAGE_TRIAL_SCHEDULED},
    };
    // Under s. 577 the Attorney General sends the accused to trial without an inquiry, or in spite of
    // its end.
    for (Stage from :
         {STAGE_CHARGED, STAGE_BAIL, STAGE_INTAKE, STAGE_PRETRIAL, STAGE_ELECTION, STAGE_PRELIMINARY})
      rows.push_back({from, "indict_directly", STAGE_COMMITTED});
    // A plea may come at any time before the trial's end.
    for (int from = STAGE_BAIL; from <= STAGE_TRIAL; ++from)
      rows.push_back({from, "plead_guilty", STAGE_VERDICT});
    // An accused may conclude at any of these stages, if every count has its disposition.
    for (int from = STAGE_CHARGED; from <= STAGE_SENTENCING; ++from)
      rows.push_back({from, "conclude", STAGE_CONCLUDED});
    rows.push_back({STAGE_RETRIAL, "conclude", STAGE_CONCLUDED});
    // A stage says what a court did. Where the court did not, the record is wrong, whatever the stage.
    for (Transition& row : rows) row.undoable = true;
    return rows;
  }());
  return table;
}

const Lifecycle& SentenceLifecycle() {
  using namespace v1;
  static const Lifecycle table(Stage_descriptor(),
                               {
                                   {STAGE_SENTENCING, "record_sentence", STAGE_SENTENCING},
                               });
  return table;
}

const Lifecycle& AidLifecycle() {
  using namespace v1;
  static const Lifecycle table(AidState_descriptor(),
                               {
                                   {AID_STATE_UNSPECIFIED, "considered", AID_STATE_CONSIDERED},
                                   {AID_STATE_CONSIDERED, "applied", AID_STATE_APPLIED},
                                   {AID_STATE_APPLIED, "ordered", AID_STATE_ORDERED},
                                   {AID_STATE_APPLIED, "refused", AID_STATE_REFUSED},
                                   {AID_STATE_ORDERED, "used", AID_STATE_USED},
                               });
  return table;
}

const Lifecycle& DuplicateLifecycle() {
  using namespace v1;
  static const Lifecycle table(CaseDuplicateState_descriptor(),
                               {
                                   {CASE_DUPLICATE_STATE_LINKED, "unlink", CASE_DUPLICATE_STATE_UNLINKED},
                               });
  return table;
}

}  // namespace accord::prosecution
