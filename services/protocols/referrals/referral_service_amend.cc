// These are the handlers of ReferralService by which a mistake in a referral is mended: a correction takes
// effect, a step is undone, and a closed referral is reopened. Each is a new revision, and what stood there
// before stays in the history.
#include <google/protobuf/util/field_mask_util.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <set>

#include "common/base/error.h"
#include "common/host/calls/update_mask.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/referrals/referral_amendments.h"
#include "services/protocols/referrals/referral_checks.h"
#include "services/protocols/referrals/referral_clocks.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_law.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;

// The calendar writes when clocks run out, which is no act of a person. Between two acts of people it does so
// fewer times than this.
constexpr int kLatestRevisions = 40;

void ClearAmendedFields(std::initializer_list<const char*> fields, Referral* referral) {
  for (const char* field : fields) {
    referral->GetReflection()->ClearField(referral, Referral::descriptor()->FindFieldByName(field));
  }
}

}  // namespace

absl::Status ReferralService::Amend(host::Call& call, const std::set<std::string>& fields,
                                    const std::string& reason, const Referral& before, Referral* referral) {
  const bool law = std::any_of(fields.begin(), fields.end(), ChoosesLaw);
  if (law) {
    if (reason.empty()) {
      return Refuse(rules::kReasonRequired, "A correction of what chooses the law or the clocks says why.");
    }
    ACCORD_RETURN_IF_ERROR(ApplyLawOfDay(*rules_, OntarioDay(call.now()), referral));
  }
  if (referral->urgency() != before.urgency()) {
    ACCORD_RETURN_IF_ERROR(
        StartClocks(FromProto(before.create_time()), before.has_assessment_due(), referral));
    ACCORD_RETURN_IF_ERROR(RestartClocks(ReferralClocksStart(before), referral));
  }
  if (!law && reason.empty()) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(CheckMayAmend(*referral, call.caller().agency));
  v1::ReferralAmendment* amendment =
      AddAmendment(v1::AMENDMENT_KIND_CORRECTION, call.caller(), call.now(), reason, referral);
  for (const std::string& field : fields) amendment->add_fields(field);
  NoteAmendedClocks(before, *referral, amendment);
  return absl::OkStatus();
}

ReferralService::Result ReferralService::Correct(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::CorrectReferralRequest& request) {
  const Referral& update = request.referral();
  ACCORD_ASSIGN_OR_RETURN(const Referral before, Visible(call, tx, update.name()));
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, update.name(), "correct"));
  const std::set<std::string> fields(request.update_mask().paths().begin(),
                                     request.update_mask().paths().end());
  for (const auto& path : fields) {
    if (!AmendmentMayCorrect(before, path)) return host::CannotBeChanged(*Referral::descriptor(), path);
    const auto* field = Referral::descriptor()->FindFieldByName(path);
    referral.GetReflection()->ClearField(&referral, field);
    Referral part;
    google::protobuf::util::FieldMaskUtil::MergeOptions options;
    google::protobuf::FieldMask one;
    one.add_paths(path);
    google::protobuf::util::FieldMaskUtil::MergeMessageTo(update, one, options, &part);
    referral.MergeFrom(part);
  }
  if (referral.reporter_belief().empty()) {
    return Refuse(rules::kFieldRequired, "reporter_belief cannot be empty.");
  }
  if (referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_UNSPECIFIED) {
    return Refuse(rules::kFieldRequired, "indigenous_identity cannot be empty.");
  }
  ACCORD_RETURN_IF_ERROR(CheckCorrection(before, referral, call.now()));
  const std::set<std::string> changed = AmendedFields(fields, before, referral);
  if (changed.empty()) return RefuseFields({{"update_mask", "must name a field that gets another value"}});
  ACCORD_RETURN_IF_ERROR(Amend(call, changed, request.reason(), before, &referral));
  const bool owed = before.community_notice_required() || IsIndigenous(before);
  // A notice to the community that was put off before anybody knew that it was owed was put off for
  // another reason.
  if (!owed && IsIndigenous(referral) &&
      referral.community_notice().status() == v1::COMMUNITY_NOTICE_STATUS_DEFERRED) {
    referral.clear_community_notice();
  }
  if (owed || IsIndigenous(referral)) referral.set_community_notice_required(true);
  return Keep(tx, write, update.etag(), std::move(referral));
}

ReferralService::Result ReferralService::UndoStep(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::UndoReferralStepRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, request.name()));
  const v1::ReferralState undone = referral.state();
  ACCORD_RETURN_IF_ERROR(ReferralLifecycle().CheckUndoable(undone));
  ACCORD_ASSIGN_OR_RETURN(const auto history,
                          referrals_.LatestRevisions<Referral>(tx, request.name(), kLatestRevisions));
  std::size_t last = 0;
  while (last < history.size() && history[last].agency == "platform") ++last;
  if (last + 1 >= history.size()) {
    return Refuse(rules::kNothingToUndo, "The referral has no earlier state to go back to.");
  }
  const v1::ReferralState before = history[last + 1].item.state();
  if (history[last].agency != call.caller().agency || !ReferralLifecycle().Undoable(before, undone)) {
    return Refuse(rules::kStepActedOn, "Something was done with the referral after that step.");
  }
  ACCORD_RETURN_IF_ERROR(CheckMayAmend(referral, call.caller().agency));
  referral.set_state(before);
  ClearAmendedFields({"screened_at", "screened_by", "outcome_reason", "service_referral_offer_required",
                      "end_reason", "ended_at"},
                     &referral);
  AddAmendment(v1::AMENDMENT_KIND_UNDO, call.caller(), call.now(), request.reason(), &referral)
      ->set_state_before(undone);
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Reopen(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::ReopenReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Referral before, Visible(call, tx, request.name()));
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "reopen"));
  ACCORD_RETURN_IF_ERROR(CheckMayAmend(referral, call.caller().agency));
  // What was offered stays offered, and the joint investigation belongs to this referral whatever follows.
  ClearAmendedFields({"screened_at", "screened_by", "outcome_reason", "service_referral_offer_required",
                      "outcome", "ended_at"},
                     &referral);
  v1::ReferralAmendment* amendment =
      AddAmendment(v1::AMENDMENT_KIND_REOPENING, call.caller(), call.now(), request.reason(), &referral);
  amendment->set_state_before(before.state());
  ACCORD_RETURN_IF_ERROR(RestartClocks(call.now(), &referral));
  NoteAmendedClocks(before, referral, amendment);
  return Keep(tx, write, request.etag(), std::move(referral));
}

}  // namespace accord::protocols
