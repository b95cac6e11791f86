#include "services/protocols/referrals/referral_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/host/calls/earlier_step.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/schedule.h"
#include "common/storage/sealing/keyring.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/assignment.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/next_due.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/oversight/emergency_store.h"
#include "services/protocols/referral_viewers.h"
#include "services/protocols/referrals/referral_end.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_queries.h"

namespace accord::protocols {
namespace {

using v1::Referral;

}  // namespace

std::string ReferralSubjectIndex(const storage::Transaction& tx, const std::string& subject_ref) {
  return tx.keyring()->Index("referral.subject_ref", subject_ref);
}

storage::Placement PlacementOf(const storage::Transaction& tx, const Referral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(referral.name());
  placement.state = ShortName(v1::ReferralState_descriptor(), referral.state());
  placement.parties = ViewersOf(referral);
  placement.fields["state"] = placement.state;
  const std::string at_receiver = "@" + referral.to_agency();
  placement.fields["received" + at_receiver] = "yes";
  if (!referral.assignee().empty()) placement.fields["assignee" + at_receiver] = referral.assignee();
  if (!referral.escalations().empty() && !ReferralEnded(referral))
    placement.fields["escalated" + at_receiver] = "yes";
  placement.fields["subject"] = ReferralSubjectIndex(tx, referral.subject_ref());
  const std::string tally =
      absl::StrCat(ShortName(v1::ReferralKind_descriptor(), referral.kind()), "/", placement.state, "/",
                   ShortName(v1::InvestigationOutcome_descriptor(), referral.outcome()));
  placement.fields["tally"] = tally;
  placement.fields[absl::StrCat("tally@", kOffice)] = tally;
  placement.counted_by = {kOffice};
  return placement;
}

void ReferralService::Register(host::Handlers* handlers) {
  handlers_ = handlers;
  feed_ = &handlers->feed();
  using S = ReferralService;
  const char service[] = "accord.protocols.v1.ReferralService";
  host::Derived<Referral> derived(handlers, service, [](host::Call& call, Tx&, Referral* referral) {
    SetNextDue(DueOf(*referral, call.caller().agency, call.now()), referral);
    return absl::OkStatus();
  });
  derived.Bind(this, &S::Create, &S::Acknowledge, &S::Screen, &S::Close, &S::Reject, &S::Revoke, &S::Redirect,
               &S::Correct, &S::UndoStep, &S::Reopen, &S::Assign, &S::Flag, &S::ClearFlag,
               &S::RecordRiskScreening, &S::RecordCommunityNotice, &S::RecordAssessment, &S::RecordResponse,
               &S::RecordPlaceOfSafety, &S::RecordVoluntaryAgreement, &S::RecordYouthRecord, &S::Get,
               &S::List);
  handlers->Bind(service, this, &S::Revisions, &S::Watch);
}

ReferralService::Result ReferralService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                              Referral referral) {
  if (ReferralEnded(referral) && !referral.has_ended_at()) *referral.mutable_ended_at() = ToProto(write.now);
  ACCORD_RETURN_IF_ERROR(referrals_.Update(tx, &referral, etag, write, PlacementOf(tx, referral)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, "referral", referral.name(), NextInstant(*rules_, referral)));
  return referral;
}

ReferralService::Result ReferralService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                               const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, name));
  if (const absl::Status moved = AdvanceReferral(&referral, event); !moved.ok()) {
    return host::ExplainRefusedStep(moved, ReferralLifecycle(), event, call.caller(), tx, &referrals_,
                                    referral);
  }
  return referral;
}

ReferralService::Result ReferralService::Visible(host::Call& call, Tx& tx, const std::string& name) {
  Referral referral;
  const Caller& caller = call.caller();
  absl::Status found = referrals_.Get(tx, name, caller.agency, &referral);
  const bool director =
      caller.Has(annotations::v1::ROLE_CAS_DIRECTOR) || caller.Has(annotations::v1::ROLE_POLICE_CHIEF);
  if (absl::IsNotFound(found) && director)
    found = referrals_.Get(tx, name, DirectorViewerOf(caller.agency), &referral);
  ACCORD_RETURN_IF_ERROR(found);
  return referral;
}

ReferralService::Result ReferralService::Get(host::Call& call, Tx& tx,
                                             const v1::GetReferralRequest& request) {
  auto referral = Visible(call, tx, request.name());
  if (!absl::IsNotFound(referral.status())) return referral;
  // In an emergency the referral opens only to people who have a grade.
  if (rules_->GradeOf(call.caller().roles) == 0) return referral;
  ACCORD_ASSIGN_OR_RETURN(const bool open,
                          IsOpenInEmergency(tx, call.caller().agency, request.name(), call.now()));
  if (!open) return referral.status();
  Referral opened;
  ACCORD_RETURN_IF_ERROR(ReadInEmergency(tx, &referrals_, request.name(), call.caller().agency, &opened));
  call.Withhold(annotations::v1::SENSITIVE_CLASS_SOURCE);
  return opened;
}

absl::StatusOr<v1::ListReferralsResponse> ReferralService::List(host::Call& call, Tx& tx,
                                                                const v1::ListReferralsRequest& request) {
  storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  v1::ReferralFilter kept;
  if (NamesKeptFilter(request.filter())) {
    query.where.clear();
    ACCORD_RETURN_IF_ERROR(filters_.Get(tx, request.filter(), FilterViewer(call.caller()), &kept));
  }
  const auto narrow = [&](const auto& from) {
    if (from.state() != v1::REFERRAL_STATE_UNSPECIFIED) {
      query.filters.emplace_back("state", ShortName(v1::ReferralState_descriptor(), from.state()));
    }
    if (!from.assignee().empty()) query.filters.emplace_back("assignee", from.assignee());
    if (from.escalated()) query.filters.emplace_back("escalated", "yes");
    if (from.sent_to_us()) query.filters.emplace_back("received", "yes");
  };
  // The most selective filter stands first, because it drives the scan.
  if (!request.subject_ref().empty()) {
    query.filters.emplace_back("subject", ReferralSubjectIndex(tx, request.subject_ref()));
  }
  narrow(request);
  narrow(kept);
  ACCORD_ASSIGN_OR_RETURN(const storage::Place place, storage::LastPlace(tx));
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          referrals_.ListInto(tx, query, &v1::ListReferralsResponse::mutable_referrals));
  response.set_watch_token(positions_.Seal(call.caller().agency, place));
  return response;
}

ReferralService::Result ReferralService::Assign(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::AssignReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  ACCORD_RETURN_IF_ERROR(CheckMayAssign(call.caller(), referral.assignee(), request.assignee()));
  referral.set_assignee(request.assignee());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Flag(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::FlagReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, request.name()));
  auto* flag = referral.add_flags();
  *flag = request.flag();
  flag->set_id(NewId(call.now()));
  flag->set_agency(call.caller().agency);
  flag->set_raised_by(call.caller().actor);
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::ClearFlag(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::ClearReferralFlagRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, request.name()));
  for (auto& flag : *referral.mutable_flags()) {
    if (flag.id() != request.flag_id() || flag.agency() != call.caller().agency) continue;
    flag.set_cleared(true);
    return Keep(tx, write, request.etag(), std::move(referral));
  }
  return Refuse(rules::kFlagAbsent, "The referral has no such flag of this agency.");
}

}  // namespace accord::protocols
