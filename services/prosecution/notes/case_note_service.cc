#include "services/prosecution/notes/case_note_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::prosecution {
namespace {

using v1::CaseNote;

// One agency may write this many notes on one case; the number is our choice.
constexpr int kMostCaseNotes = 1000;

bool IsNotingPolice(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_POLICE_SERVICE;
}

// This gives the viewer by which an agency sees notes, in one capacity: a name in the wrong field opens
// nothing to it.
std::string NoteViewerOf(const Caller& caller) {
  return ViewerInCapacity(caller.agency, IsNotingPolice(caller) ? "police" : "crown");
}

}  // namespace

void CaseNoteService::Register(host::Handlers* handlers) {
  using S = CaseNoteService;
  handlers->Bind("accord.prosecution.v1.CaseNoteService", this, &S::Create, &S::Get, &S::List);
}

absl::StatusOr<v1::Case> CaseNoteService::NotedCase(Tx& tx, const Caller& caller, const std::string& name) {
  v1::Case item;
  if (IsNotingPolice(caller)) {
    ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, name, &item));
    if (item.police_service() != caller.agency) return NotFound();
    return item;
  }
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, caller, tx, &cases_, name, &item));
  if (!CheckActing(*rules_, caller, item).ok()) return NotFound();
  return item;
}

CaseNoteService::Result CaseNoteService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateCaseNoteRequest& request) {
  const Caller& caller = call.caller();
  if (request.parent() != "agencies/" + caller.agency) return NotFound();
  CaseNote note = request.case_note();
  v1::Case item;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, note.case_(), &item));
  // A reader of the case has passed the gate, and is told here why he or she may not write in it.
  if (!IsNotingPolice(caller)) ACCORD_RETURN_IF_ERROR(CheckActing(*rules_, caller, item));
  const storage::ListQuery own{
      NoteViewerOf(caller), {{"case", note.case_()}}, 0, "", request.parent() + "/caseNotes/"};
  ACCORD_ASSIGN_OR_RETURN(const int64_t written, notes_.CountListed(tx, own, kMostCaseNotes));
  if (written >= kMostCaseNotes) {
    return Refuse(rules::kRecordFull, "Your agency has written as many notes on this case as it may.");
  }
  const bool both = note.readers() == v1::CASE_NOTE_READERS_BOTH;
  note.set_name(absl::StrCat(request.parent(), "/caseNotes/", both ? "both-" : "own-", NewId(call.now())));
  note.set_written_by(caller.actor);
  storage::Placement placement;
  placement.owner = caller.agency;
  placement.parties = {NoteViewerOf(caller)};
  if (both) {
    placement.parties = {ViewerInCapacity(item.police_service(), "police")};
    for (const std::string& crown : CrownOfficesOf(*rules_, item.name(), item.team_flag())) {
      placement.parties.push_back(ViewerInCapacity(crown, "crown"));
    }
  }
  placement.fields["case"] = note.case_();
  ACCORD_RETURN_IF_ERROR(notes_.Insert(tx, &note, write, placement));
  return note;
}

CaseNoteService::Result CaseNoteService::Get(host::Call& call, Tx& tx,
                                             const v1::GetCaseNoteRequest& request) {
  CaseNote note;
  ACCORD_RETURN_IF_ERROR(notes_.Get(tx, request.name(), NoteViewerOf(call.caller()), &note));
  ACCORD_RETURN_IF_ERROR(NotedCase(tx, call.caller(), note.case_()).status());
  return note;
}

absl::StatusOr<v1::ListCaseNotesResponse> CaseNoteService::List(host::Call& call, Tx& tx,
                                                                const v1::ListCaseNotesRequest& request) {
  ACCORD_RETURN_IF_ERROR(NotedCase(tx, call.caller(), request.case_()).status());
  const storage::ListQuery query{NoteViewerOf(call.caller()),
                                 {{"case", request.case_()}},
                                 request.page_size(),
                                 request.page_token(),
                                 ""};
  return notes_.ListInto(tx, query, &v1::ListCaseNotesResponse::mutable_case_notes);
}

}  // namespace accord::prosecution
