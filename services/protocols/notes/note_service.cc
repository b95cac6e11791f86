#include "services/protocols/notes/note_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {
namespace {

using v1::Note;

// An agency writes at most so many notes on one record. No source gives a number; this one is our choice.
constexpr int kMostNotes = 1000;

storage::Placement PlacementOf(const Note& note, const v1::Referral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(note.name());
  placement.parties = ReadersOf(note.readers(), placement.owner, referral);
  // A note is found by this viewer when the referral ends.
  placement.parties.emplace_back(kFamily);
  placement.fields["about"] = note.about();
  return placement;
}

absl::Status CheckPhoneContactOf(const Note& note, absl::Time now) {
  if (!note.has_phone_contact()) return absl::OkStatus();
  if (note.readers() != v1::READERS_BOTH) {
    return RefuseFields({{"note.readers", "must be both for a telephone call between the two sides"}});
  }
  return CheckMomentHasCome("note.phone_contact.called_at", FromProto(note.phone_contact().called_at()), now,
                            rules::kPhoneContactInFuture);
}

}  // namespace

void NoteService::Register(host::Handlers* handlers) {
  using S = NoteService;
  handlers->Bind("accord.protocols.v1.NoteService", this, &S::Create, &S::Get, &S::List);
}

NoteService::Result NoteService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::CreateNoteRequest& request) {
  const std::string& agency = call.caller().agency;
  if (request.parent() != "agencies/" + agency) return NotFound();
  Note note = request.note();
  ACCORD_ASSIGN_OR_RETURN(const v1::Referral referral, referrals_.Of(tx, note.about(), agency));
  ACCORD_RETURN_IF_ERROR(CheckPhoneContactOf(note, call.now()));
  const storage::ListQuery own{agency, {{"about", note.about()}}, 0, "", request.parent() + "/notes/"};
  ACCORD_ASSIGN_OR_RETURN(const int64_t written, notes_.CountListed(tx, own, kMostNotes));
  if (written >= kMostNotes) {
    return Refuse(rules::kRecordFull, "Your agency has written as many notes on this record as it may.");
  }
  note.set_name(absl::StrCat(request.parent(), "/notes/", NotedPrefixOf(note.readers()), NewId(call.now())));
  note.set_written_by(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(notes_.Insert(tx, &note, write, PlacementOf(note, referral)));
  return note;
}

NoteService::Result NoteService::Get(host::Call& call, Tx& tx, const v1::GetNoteRequest& request) {
  Note note;
  ACCORD_RETURN_IF_ERROR(notes_.Get(tx, request.name(), call.caller().agency, &note));
  return note;
}

absl::StatusOr<v1::ListNotesResponse> NoteService::List(host::Call& call, Tx& tx,
                                                        const v1::ListNotesRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.about().empty()) query.filters.emplace_back("about", request.about());
  return notes_.ListInto(tx, query, &v1::ListNotesResponse::mutable_notes);
}

}  // namespace accord::protocols
