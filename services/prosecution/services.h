// This class has every gRPC service of this process, and the sweeper that moves their records on with time.
#ifndef ACCORD_SERVICES_PROSECUTION_SERVICES_H_
#define ACCORD_SERVICES_PROSECUTION_SERVICES_H_

#include <memory>

#include "accord/host/v1/config.pb.h"
#include "common/host/law/law_keeper.h"
#include "common/host/run.h"
#include "common/host/upkeep/sweeper.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/advice/advice_service.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/cases/case_service.h"
#include "services/prosecution/duplicates/case_duplicate_service.h"
#include "services/prosecution/links/link_service.h"
#include "services/prosecution/notes/case_note_service.h"
#include "services/prosecution/unplaced_store.h"
#include "services/prosecution/vocabulary/vocabulary_service.h"

namespace accord::prosecution {

class ProsecutionServices {
 public:
  ProsecutionServices(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                      Rules rules);
  void Register(host::Handlers* handlers);
  host::Sweeper& sweeper() { return sweeper_; }
  host::LawKeeper& law() { return law_; }

 private:
  // This stores the counts that the office is shown, at the end of each period that the rules define.
  absl::Status Count(storage::Transaction& tx, const std::string& name, absl::Time now);
  // This places a batch of the records that were stored before seats existed.
  absl::StatusOr<int> Place(storage::Transaction& tx, absl::Time now, int batch);

  const storage::PageTokens* const tokens_;
  LawInForce<Rules> rules_;
  host::LawKeeper law_;
  CaseService cases_;
  AccusedService accused_;
  AdviceService advice_;
  LinkService links_;
  CaseNoteService notes_;
  VocabularyService vocabulary_;
  CaseDuplicateService duplicates_;
  // Records that Place could not read stay unplaced until the next process tries them again.
  Unreadable unreadable_;
  host::Sweeper sweeper_;
};

// This loads what the configuration names, registers every handler, and starts the work that falls due
// with time.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ProsecutionConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_SERVICES_H_
