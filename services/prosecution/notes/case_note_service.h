// These are the handlers of CaseNoteService: what Crowns and police write down beside a case, each for itself
// or for both.
#ifndef ACCORD_SERVICES_PROSECUTION_NOTES_CASE_NOTE_SERVICE_H_
#define ACCORD_SERVICES_PROSECUTION_NOTES_CASE_NOTE_SERVICE_H_

#include <string>

#include "accord/prosecution/v1/case_note_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/prosecution/cases/case_readers.h"

namespace accord::prosecution {

class CaseNoteService {
 public:
  CaseNoteService(const storage::PageTokens* tokens, RulesNow rules)
      : notes_("case_note", tokens), cases_("case", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::CaseNote>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateCaseNoteRequest&);
  Result Get(host::Call&, Tx&, const v1::GetCaseNoteRequest&);
  absl::StatusOr<v1::ListCaseNotesResponse> List(host::Call&, Tx&, const v1::ListCaseNotesRequest&);

  // This gives the case to its police service and to the Crowns who act in it, and NOT_FOUND to
  // everybody else.
  absl::StatusOr<v1::Case> NotedCase(Tx&, const Caller& caller, const std::string& name);

  storage::Resources notes_;
  storage::Resources cases_;
  RulesNow rules_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_NOTES_CASE_NOTE_SERVICE_H_
