#include "services/training/completions/completion_correction_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/training/completions/completion_store.h"
#include "services/training/learner_access.h"
#include "services/training/ownership.h"
#include "services/training/record_names.h"

namespace accord::training {
namespace {

using v1::CompletionCorrection;

// This gives the completion as it was imported.
CompletionRow CompletionAsImported(const CompletionCorrection& correction) {
  return {OwnerOf(correction.course()), IdOf(correction.course()), correction.learner_agency(),
          correction.learner(), correction.completed_on()};
}

CompletionRow CompletionAsCorrected(const CompletionCorrection& correction) {
  CompletionRow row = CompletionAsImported(correction);
  if (!correction.correct_learner().empty()) row.learner = correction.correct_learner();
  if (!correction.correct_completed_on().empty()) row.completed_on = correction.correct_completed_on();
  return row;
}

}  // namespace

void CompletionCorrectionService::Register(host::Handlers* handlers) {
  using S = CompletionCorrectionService;
  handlers->Bind("accord.training.v1.CompletionCorrectionService", this, &S::Correct, &S::Get, &S::List);
}

absl::StatusOr<CompletionCorrection> CompletionCorrectionService::Correct(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::CorrectCompletionRequest& request) {
  const Caller& caller = call.caller();
  ACCORD_RETURN_IF_ERROR(CheckParentIsCallers(caller, request.parent()));
  CompletionCorrection correction = request.completion_correction();
  if (OwnerOf(correction.course()) != caller.agency) return NotFound();
  const CompletionRow wrong = CompletionAsImported(correction), right = CompletionAsCorrected(correction);
  if (wrong.learner == right.learner && wrong.completed_on == right.completed_on) {
    return RefuseFields({{"completion_correction.correct_completed_on", "give another day or learner"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckDayHasCome("completion_correction.correct_completed_on", right.completed_on,
                                         OntarioDay(call.now())));
  for (const CompletionRow* row : {&wrong, &right}) {
    ACCORD_RETURN_IF_ERROR(CheckNotOwnRecord(caller, row->learner_agency, row->learner));
  }
  ACCORD_RETURN_IF_ERROR(CorrectCompletion(tx, wrong, right));
  correction.set_name(absl::StrCat(request.parent(), "/completionCorrections/", NewId(call.now())));
  correction.set_corrected_by(caller.actor);
  ACCORD_RETURN_IF_ERROR(
      corrections_.Insert(tx, &correction, write, {caller.agency, "", {caller.agency}, {}}));
  return correction;
}

absl::StatusOr<v1::CompletionCorrection> CompletionCorrectionService::Get(
    host::Call& call, Tx& tx, const v1::GetCompletionCorrectionRequest& request) {
  v1::CompletionCorrection correction;
  ACCORD_RETURN_IF_ERROR(corrections_.Get(tx, request.name(), call.caller().agency, &correction));
  return correction;
}

absl::StatusOr<v1::ListCompletionCorrectionsResponse> CompletionCorrectionService::List(
    host::Call& call, Tx& tx, const v1::ListCompletionCorrectionsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return corrections_.ListInto(tx, query,
                               &v1::ListCompletionCorrectionsResponse::mutable_completion_corrections);
}

}  // namespace accord::training
