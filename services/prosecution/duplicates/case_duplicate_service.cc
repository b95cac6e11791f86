#include "services/prosecution/duplicates/case_duplicate_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/list_shown.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/lifecycles.h"

namespace accord::prosecution {
namespace {

using v1::CaseDuplicate;

bool IsDuplicateAccused(const std::string& name) { return absl::StrContains(name, "/accused/"); }

// This gives the index field by which the links of a record are found, whichever end it is.
std::string DuplicateEndField(const std::string& record) { return absl::StrCat("of ", record); }

// This gives the same text for both orders of the ends.
std::string DuplicateEndsOf(const CaseDuplicate& link) {
  const auto& [first, second] = std::minmax(link.record(), link.same_as());
  return absl::StrCat(first, " ", second);
}

std::string DuplicateStateName(v1::CaseDuplicateState state) {
  return ShortName(v1::CaseDuplicateState_descriptor(), state);
}

}  // namespace

void CaseDuplicateService::Register(host::Handlers* handlers) {
  using S = CaseDuplicateService;
  handlers->Bind("accord.prosecution.v1.CaseDuplicateService", this, &S::Link, &S::Get, &S::List, &S::Unlink);
}

// The link is placed with the offices in which somebody may read both ends; the handlers check each caller.
storage::Placement CaseDuplicateService::PlacementOf(const Opened& opened) const {
  const CaseDuplicate& link = opened.link;
  storage::Placement placement;
  placement.owner = OwnerOf(link.name());
  placement.state = DuplicateStateName(link.state());
  placement.parties = {placement.owner};
  const auto others = CrownOfficesOf(*rules_, opened.other.name(), opened.other.team_flag());
  for (const std::string& crown : CrownOfficesOf(*rules_, opened.one.name(), opened.one.team_flag())) {
    if (crown == placement.owner || std::find(others.begin(), others.end(), crown) == others.end()) continue;
    placement.parties.push_back(crown);
  }
  placement.fields["state"] = placement.state;
  placement.fields["pair"] = DuplicateEndsOf(link);
  for (const std::string& record : {link.record(), link.same_as()})
    placement.fields[DuplicateEndField(record)] = "yes";
  return placement;
}

absl::Status CaseDuplicateService::ReadRecord(const Caller& caller, Tx& tx, const std::string& name,
                                              v1::Case* of) {
  if (IsDuplicateAccused(name)) {
    v1::Accused accused;
    ACCORD_RETURN_IF_ERROR(accused_.GetAny(tx, name, &accused));
  }
  return ReadCase(*rules_, caller, tx, &cases_, CaseOf(name), of);
}

absl::Status CaseDuplicateService::ReadEnds(const Caller& caller, Tx& tx, Opened* opened) {
  ACCORD_RETURN_IF_ERROR(ReadRecord(caller, tx, opened->link.record(), &opened->one));
  return ReadRecord(caller, tx, opened->link.same_as(), &opened->other);
}

absl::StatusOr<CaseDuplicateService::Opened> CaseDuplicateService::Open(const Caller& caller,
                                                                        storage::Transaction& tx,
                                                                        const std::string& name) {
  Opened opened;
  ACCORD_RETURN_IF_ERROR(duplicates_.Get(tx, name, caller.agency, &opened.link));
  ACCORD_RETURN_IF_ERROR(ReadEnds(caller, tx, &opened));
  return opened;
}

CaseDuplicate CaseDuplicateService::Shown(host::Call& call, Opened opened) const {
  WithholdUnreadable(*rules_, opened.one, &call);
  WithholdUnreadable(*rules_, opened.other, &call);
  return std::move(opened.link);
}

absl::Status CaseDuplicateService::CheckNotLinked(Tx& tx, const std::string& agency,
                                                  const CaseDuplicate& link) {
  const storage::ListQuery query{
      agency,
      {{"pair", DuplicateEndsOf(link)}, {"state", DuplicateStateName(v1::CASE_DUPLICATE_STATE_LINKED)}},
      1,
      "",
      ""};
  ACCORD_ASSIGN_OR_RETURN(const auto linked, duplicates_.List<CaseDuplicate>(tx, query));
  if (linked.items.empty()) return absl::OkStatus();
  return Refuse(rules::kAlreadyRecorded, "These two are linked.");
}

CaseDuplicateService::Result CaseDuplicateService::Link(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::LinkCaseDuplicateRequest& request) {
  const Caller& caller = call.caller();
  if (request.parent() != "agencies/" + caller.agency) return NotFound();
  Opened opened;
  opened.link = request.case_duplicate();
  CaseDuplicate& link = opened.link;
  ACCORD_RETURN_IF_ERROR(ReadEnds(caller, tx, &opened));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(caller, opened.one));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(caller, opened.other));
  if (link.record() == link.same_as() ||
      IsDuplicateAccused(link.record()) != IsDuplicateAccused(link.same_as())) {
    return RefuseFields({{"case_duplicate.same_as", "must be another record of the same kind as record"}});
  }
  // The method's rule has asked this of the first record already.
  if (OwnerOf(opened.other.name()) != caller.agency) {
    ACCORD_RETURN_IF_ERROR(CheckActing(*rules_, caller, opened.other));
  }
  ACCORD_RETURN_IF_ERROR(CheckNotLinked(tx, caller.agency, link));
  link.set_name(absl::StrCat(request.parent(), "/caseDuplicates/", NewId(call.now())));
  link.set_state(v1::CASE_DUPLICATE_STATE_LINKED);
  link.set_linked_by(caller.actor);
  ACCORD_RETURN_IF_ERROR(duplicates_.Insert(tx, &link, write, PlacementOf(opened)));
  return Shown(call, std::move(opened));
}

CaseDuplicateService::Result CaseDuplicateService::Get(host::Call& call, Tx& tx,
                                                       const v1::GetCaseDuplicateRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call.caller(), tx, request.name()));
  return Shown(call, std::move(opened));
}

absl::StatusOr<v1::ListCaseDuplicatesResponse> CaseDuplicateService::List(
    host::Call& call, Tx& tx, const v1::ListCaseDuplicatesRequest& request) {
  const Caller& caller = call.caller();
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(ReadRecord(caller, tx, request.record(), &of));
  // A whole page does not look up who acts in both ends.
  call.Withhold(annotations::v1::SENSITIVE_CLASS_VICTIM_IDENTITY);
  const storage::ListQuery query{caller.agency,
                                 {{DuplicateEndField(request.record()), "yes"}},
                                 request.page_size(),
                                 request.page_token(),
                                 ""};
  return storage::ListShown<v1::ListCaseDuplicatesResponse>(
      duplicates_, tx, query, &v1::ListCaseDuplicatesResponse::mutable_case_duplicates,
      [&](CaseDuplicate* link) -> absl::StatusOr<bool> {
        Opened opened;
        opened.link = *link;
        const absl::Status read = ReadEnds(caller, tx, &opened);
        if (!read.ok() && !absl::IsNotFound(read)) return read;
        return read.ok();
      });
}

CaseDuplicateService::Result CaseDuplicateService::Unlink(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::UnlinkCaseDuplicateRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call.caller(), tx, request.name()));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), opened.one));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), opened.other));
  CaseDuplicate& link = opened.link;
  ACCORD_ASSIGN_OR_RETURN(const int next, DuplicateLifecycle().Next(link.state(), "unlink"));
  link.set_state(static_cast<v1::CaseDuplicateState>(next));
  link.set_unlinked_by(call.caller().actor);
  link.set_unlink_reason(request.reason());
  ACCORD_RETURN_IF_ERROR(duplicates_.Update(tx, &link, request.etag(), write, PlacementOf(opened)));
  return Shown(call, std::move(opened));
}

}  // namespace accord::prosecution
