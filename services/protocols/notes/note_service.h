// These are the handlers of NoteService: what the sides of a referral write down beside it, each for itself
// or for both.
#ifndef ACCORD_SERVICES_PROTOCOLS_NOTES_NOTE_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_NOTES_NOTE_SERVICE_H_

#include <string>

#include "accord/protocols/v1/note_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/notes/noted_referral.h"

namespace accord::protocols {

class NoteService {
 public:
  explicit NoteService(const storage::PageTokens* tokens) : notes_("note", tokens), referrals_(tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Note>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateNoteRequest&);
  Result Get(host::Call&, Tx&, const v1::GetNoteRequest&);
  absl::StatusOr<v1::ListNotesResponse> List(host::Call&, Tx&, const v1::ListNotesRequest&);

  storage::Resources notes_;
  NotedReferral referrals_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_NOTES_NOTE_SERVICE_H_
