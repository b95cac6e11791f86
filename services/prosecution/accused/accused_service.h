// These are the handlers of AccusedService: each accused has a course of his or her own, and the board lists
// them all.
#ifndef ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_SERVICE_H_
#define ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_SERVICE_H_

#include <optional>
#include <string>

#include "accord/prosecution/v1/accused_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/prosecution/cases/case_readers.h"

namespace accord::prosecution {

// This gives the case to which an accused belongs by his or her name.
std::string CaseOf(const std::string& accused_name);

class AccusedService {
 public:
  AccusedService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("case", tokens),
        accused_("accused", tokens),
        alerts_("ceiling_alert", tokens),
        tokens_(tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This tells the coordinator which accused have come near their ceilings.
  absl::Status PassTime(storage::Transaction& tx, const std::string& name, absl::Time now);
  // This puts the accused on the boards of those who read it.
  absl::Status Place(storage::Transaction& tx, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Accused>;
  // This is an accused that a handler is about to change.
  struct Opened {
    v1::Case of;
    v1::Accused accused;
    // This is the ceiling at the last alert. Alerts are told again when the ceiling moves.
    std::string ceiling;
  };

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateAccusedRequest&);
  Result Get(host::Call&, Tx&, const v1::GetAccusedRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceAccusedRequest&);
  Result ChangeForum(host::Call&, Tx&, const storage::Write&, const v1::ChangeAccusedForumRequest&);
  Result BookTrial(host::Call&, Tx&, const storage::Write&, const v1::BookAccusedTrialRequest&);
  Result RecordDelay(host::Call&, Tx&, const storage::Write&, const v1::RecordAccusedDelayRequest&);
  Result RecordDelayArgument(host::Call&, Tx&, const storage::Write&,
                             const v1::RecordAccusedDelayArgumentRequest&);
  Result RecordAppearance(host::Call&, Tx&, const storage::Write&, const v1::RecordAccusedAppearanceRequest&);
  Result RecordDisposition(host::Call&, Tx&, const storage::Write&,
                           const v1::RecordAccusedDispositionRequest&);
  Result RecordSentence(host::Call&, Tx&, const storage::Write&, const v1::RecordAccusedSentenceRequest&);
  Result RecordBail(host::Call&, Tx&, const storage::Write&, const v1::RecordAccusedBailRequest&);
  Result RecordDisclosure(host::Call&, Tx&, const storage::Write&, const v1::RecordAccusedDisclosureRequest&);
  Result RecordRecognizance(host::Call&, Tx&, const storage::Write&,
                            const v1::RecordAccusedRecognizanceRequest&);
  Result Correct(host::Call&, Tx&, const storage::Write&, const v1::CorrectAccusedRequest&);
  Result CorrectAppearance(host::Call&, Tx&, const storage::Write&,
                           const v1::CorrectAccusedAppearanceRequest&);
  Result UndoStage(host::Call&, Tx&, const storage::Write&, const v1::UndoAccusedStageRequest&);
  absl::StatusOr<v1::ListAccusedResponse> List(host::Call&, Tx&, const v1::ListAccusedRequest&);
  absl::StatusOr<v1::ListBoardResponse> ListBoard(host::Call&, Tx&, const v1::ListBoardRequest&);
  // This gives the instant by which an accused has to be tried, as known at the call; it is nullopt if the
  // clock no longer runs.
  absl::StatusOr<std::optional<absl::Time>> CeilingOf(const host::Call&, Tx&, const std::string& name);
  absl::StatusOr<v1::CeilingAlert> GetAlert(host::Call&, Tx&, const v1::GetCeilingAlertRequest&);
  absl::StatusOr<v1::ListCeilingAlertsResponse> ListAlerts(host::Call&, Tx&,
                                                           const v1::ListCeilingAlertsRequest&);
  absl::StatusOr<v1::CeilingAlert> AcknowledgeAlert(host::Call&, Tx&, const storage::Write&,
                                                    const v1::AcknowledgeCeilingAlertRequest&);
  absl::StatusOr<v1::ListOffencesResponse> ListOffences(host::Call&, Tx&, const v1::ListOffencesRequest&);

  // This finds the offence of every count by the first day of the offence. A refusal names fields
  // under `path`.
  absl::Status CheckCounts(const v1::Case& of, const std::string& path, v1::Accused* accused) const;
  // This refuses PRELIMINARY_NOT_AVAILABLE unless some count is open to a preliminary inquiry. A count is
  // open, for the court to decide, also where the law leaves a question, or where the present rule set no
  // longer knows its section.
  absl::Status CheckPreliminary(const v1::Accused& accused) const;
  // This checks what an event asks for first, and applies what it brings with it. The stage is still the one
  // before the event.
  absl::Status ApplyEvent(const v1::Case& of, const std::string& event, const std::string& on,
                          v1::Accused* accused);
  absl::Status AddForum(v1::Forum forum, const std::string& on, v1::Accused* accused);

  // This adds what is not stored: the clock of today, lead and information, and the accused's case.
  absl::Status AddComputed(Tx&, absl::Time now, v1::Accused*, v1::Case* of);
  absl::StatusOr<Opened> Open(host::Call&, Tx&, const std::string& name);
  // This stores the accused, its row on the board, and when time next changes it.
  Result Keep(host::Call&, Tx&, const storage::Write&, const std::string& etag, Opened);
  absl::Status UpdateBoardAndSchedule(Tx&, const v1::Accused&, absl::Time now);
  // This says whether the ceiling differs from the one on the board, as it does when other law applies.
  absl::StatusOr<bool> CeilingMoved(Tx&, const v1::Accused&, const v1::JordanClock&);
  storage::Placement PlacementOf(const v1::Accused&) const;

  storage::Resources cases_;
  storage::Resources accused_;
  storage::Resources alerts_;
  const storage::PageTokens* tokens_;
  RulesNow rules_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_SERVICE_H_
