#include "services/prosecution/links/link_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/cases/case_victims.h"
#include "services/prosecution/cases/event_days.h"
#include "services/prosecution/cases/next_court_day.h"
#include "services/prosecution/cases/seats.h"
#include "services/prosecution/link_store.h"
#include "services/prosecution/links/link_placement.h"

namespace accord::prosecution {
namespace {

using v1::LinkToken;

// This gives what the support agency is told of the link that it has just given up, and no longer reads.
LinkToken LinkWithoutCase(const LinkToken& link) {
  LinkToken told;
  told.set_name(link.name());
  told.set_support_agency(link.support_agency());
  told.set_revoked(true);
  return told;
}

// One page holds every accused of a case, since no case has more than this.
constexpr int kCoAccused = 1000;

// This says whether a co-accused is shown for this victim: one without a count against the victim is not.
bool IsAccusedShownByLink(const v1::Accused& accused, const std::string& victim) {
  return std::any_of(accused.counts().begin(), accused.counts().end(),
                     [&](const auto& count) { return count.victim() == victim; });
}

v1::LinkedOutcome LinkedOutcomeFor(const v1::Accused& accused, const std::string& victim) {
  v1::LinkedOutcome outcome;
  outcome.set_stage(accused.stage());
  outcome.set_next_on(NextCourtDay(accused));
  for (const auto& count : accused.counts()) {
    if (count.victim() == victim && count.disposition() != v1::DISPOSITION_UNSPECIFIED) {
      outcome.add_dispositions(count.disposition());
    }
  }
  // The latest bail says whether the accused must keep away from this victim.
  if (!accused.bails().empty()) {
    const v1::Bail& bail = *accused.bails().rbegin();
    outcome.set_bail(bail.status());
    for (const auto& each : bail.no_contact()) outcome.set_no_contact(outcome.no_contact() || each == victim);
  }
  return outcome;
}

}  // namespace

void LinkService::Register(host::Handlers* handlers) {
  using S = LinkService;
  handlers->Bind("accord.prosecution.v1.LinkService", this, &S::Create, &S::Revoke, &S::Withdraw, &S::Get,
                 &S::List, &S::GetCase);
}

LinkService::Result LinkService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::CreateLinkTokenRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  LinkToken link = request.link_token();
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, link.case_(), &of));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), of));
  ACCORD_RETURN_IF_ERROR(CheckVictim(of, link.victim()));
  ACCORD_RETURN_IF_ERROR(CheckPastDay("link_token.consent_on", link.consent_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckDayOrder(
      {{"today", FormatDay(OntarioDay(call.now()))}, {"link_token.expires_on", link.expires_on()}}));
  link.set_name(absl::StrCat(request.parent(), "/linkTokens/", NewId(call.now())));
  ACCORD_RETURN_IF_ERROR(links_.Insert(tx, &link, write, LinkPlacementOf(link)));
  ACCORD_RETURN_IF_ERROR(PutLink(tx, {of.name(), link.name(), LinkSeats(*rules_, of, link.name())}));
  return link;
}

LinkService::Result LinkService::Revoke(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::RevokeLinkTokenRequest& request) {
  LinkToken link;
  ACCORD_RETURN_IF_ERROR(links_.Get(tx, request.name(), LinkViewerOf(call.caller()), &link));
  if (link.revoked()) return Refuse(rules::kAlreadyRecorded, "This link is revoked already.");
  // A victim's word to a support agency is enough, and no Crown has to be found first.
  const bool support = IsLinkedSupport(call.caller());
  if (!support) {
    v1::Case of;
    ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, link.case_(), &of));
    ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), of));
  }
  link.set_revoked(true);
  ACCORD_RETURN_IF_ERROR(links_.Update(tx, &link, request.etag(), write, LinkPlacementOf(link)));
  return support ? LinkWithoutCase(link) : link;
}

LinkService::Result LinkService::Withdraw(host::Call&, Tx& tx, const storage::Write& write,
                                          const v1::WithdrawLinkTokenRequest& request) {
  LinkToken link;
  ACCORD_RETURN_IF_ERROR(links_.GetAny(tx, request.name(), &link));
  // A service ends links of the agency whose consents it speaks for, and hears of no others.
  if (link.support_agency() != request.on_behalf_of()) return NotFound();
  if (link.revoked()) return LinkWithoutCase(link);
  link.set_revoked(true);
  const std::string etag = link.etag();
  ACCORD_RETURN_IF_ERROR(links_.Update(tx, &link, etag, write, LinkPlacementOf(link)));
  return LinkWithoutCase(link);
}

absl::Status LinkService::Place(Tx& tx, const std::string& name) {
  LinkToken link;
  const absl::Status found = links_.GetAny(tx, name, &link);
  if (absl::IsNotFound(found)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(found);
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, link.case_(), &of));
  return PutLink(tx, {of.name(), name, LinkSeats(*rules_, of, name)});
}

absl::StatusOr<v1::ListLinkTokensResponse> LinkService::List(host::Call& call, Tx& tx,
                                                             const v1::ListLinkTokensRequest& request) {
  if (call.caller().kind == annotations::v1::AGENCY_KIND_CROWN) {
    return ListOfCases(call.caller(), tx, request);
  }
  const storage::ListQuery query{
      LinkViewerOf(call.caller()), {}, request.page_size(), request.page_token(), ""};
  return links_.ListInto(tx, query, &v1::ListLinkTokensResponse::mutable_link_tokens);
}

absl::StatusOr<v1::ListLinkTokensResponse> LinkService::ListOfCases(
    const Caller& caller, Tx& tx, const v1::ListLinkTokensRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const int size, storage::PageSize(request.page_size()));
  const std::string scope = absl::StrCat("links/", caller.agency, "/", caller.actor);
  LinkQuery query{SeatsOf(*rules_, caller)};
  query.limit = size + 1;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(query.after, tokens_->Open(scope, request.page_token()));
  }
  v1::ListLinkTokensResponse response;
  storage::PageBytes bytes;
  while (true) {
    ACCORD_ASSIGN_OR_RETURN(const auto names, ReadLinks(tx, query));
    for (const std::string& name : names) {
      LinkToken link;
      ACCORD_RETURN_IF_ERROR(links_.GetAny(tx, name, &link));
      // A caller who has lost a role or an assignment reads no more, even if the list still has the row.
      v1::Case of;
      const absl::Status read = ReadCase(*rules_, caller, tx, &cases_, link.case_(), &of);
      if (absl::IsNotFound(read)) continue;
      ACCORD_RETURN_IF_ERROR(read);
      if (response.link_tokens_size() == size || !bytes.Take(link.ByteSizeLong())) {
        response.set_next_page_token(tokens_->Seal(scope, response.link_tokens().rbegin()->name()));
        return response;
      }
      *response.add_link_tokens() = std::move(link);
    }
    if (static_cast<int>(names.size()) < query.limit) return response;
    query.after = names.back();
  }
}

LinkService::Result LinkService::Get(host::Call& call, Tx& tx, const v1::GetLinkTokenRequest& request) {
  const Caller& caller = call.caller();
  LinkToken link;
  if (caller.kind != annotations::v1::AGENCY_KIND_CROWN) {
    ACCORD_RETURN_IF_ERROR(links_.Get(tx, request.name(), LinkViewerOf(caller), &link));
    return link;
  }
  ACCORD_RETURN_IF_ERROR(links_.GetAny(tx, request.name(), &link));
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, caller, tx, &cases_, link.case_(), &of));
  const auto listed = LinkSeats(*rules_, of, request.name()), mine = SeatsOf(*rules_, caller);
  if (std::find_first_of(listed.begin(), listed.end(), mine.begin(), mine.end()) == listed.end()) {
    return NotFound();
  }
  return link;
}

absl::StatusOr<v1::GetLinkedCaseResponse> LinkService::GetCase(host::Call& call, Tx& tx,
                                                               const v1::GetLinkedCaseRequest& request) {
  v1::GetLinkedCaseResponse response;
  LinkToken& link = *response.mutable_link_token();
  ACCORD_RETURN_IF_ERROR(links_.Get(tx, request.name(), LinkViewerOf(call.caller()), &link));
  if (link.revoked() || link.expires_on() < FormatDay(OntarioDay(call.now()))) {
    return Refuse(rules::kLinkNotOpen,
                  "The link has expired or was revoked; with the victim's consent the Crown makes another.");
  }
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, link.case_(), &of));
  // The provincial team may have made the link, but the case belongs to its office.
  call.Disclose(of.name());
  const storage::ListQuery query{OwnerOf(of.name()), {}, kCoAccused, "", of.name() + "/accused/"};
  ACCORD_ASSIGN_OR_RETURN(const auto all, accused_.ListEvery<v1::Accused>(tx, query));
  for (const auto& accused : all) {
    if (IsAccusedShownByLink(accused, link.victim()))
      *response.add_outcomes() = LinkedOutcomeFor(accused, link.victim());
  }
  for (const auto& ban : of.bans()) {
    if (ban.victim() == link.victim()) *response.add_bans() = ban;
  }
  for (const auto& aid : of.aids()) {
    if (aid.victim() == link.victim()) *response.add_aids() = aid;
  }
  return response;
}

}  // namespace accord::prosecution
