// These are the handlers of DeconflictionService: two agencies learn that they investigate the same target
// and whom to call, and no third party learns the target.
#ifndef ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_SERVICE_H_

#include <string>
#include <vector>

#include "accord/intelligence/v1/deconfliction_service.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/host/calls/handlers.h"
#include "services/intelligence/deconfliction/deconfliction_store.h"

namespace accord::intelligence {

class DeconflictionService {
 public:
  DeconflictionService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : lodgements_(kLodgement, tokens), conflicts_("conflict", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

  // The sweeper passes time for these kinds: a lodgement whose window ends, and an epoch (by its number)
  // whose lodgements are carried to the current one, a batch at a time.
  static constexpr char kLodgement[] = "lodgement";
  static constexpr char kEpoch[] = "deconfliction_epoch";
  // One agency may have this many open lodgements of one target (docs/budgets.md): a few officers, each with
  // a few windows. The limit bounds the matches that one more lodgement has with each agency, and there are
  // two conflicts for each match. The matches themselves are not cut off, because a match that is left out is
  // a conflict that two officers never hear of.
  static constexpr int kOpenOfTarget = 16;
  absl::Status PassTime(storage::Transaction&, const std::string& name, absl::Time now);
  absl::Status PassEpoch(storage::Transaction&, const std::string& epoch, absl::Time now);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::EvaluateTargetsResponse> Evaluate(host::Call&, Tx&, const storage::Write&,
                                                       const v1::EvaluateTargetsRequest&);
  absl::StatusOr<v1::LodgementResult> Create(host::Call&, Tx&, const storage::Write&,
                                             const v1::CreateLodgementRequest&);
  absl::StatusOr<v1::Lodgement> Close(host::Call&, Tx&, const storage::Write&,
                                      const v1::CloseLodgementRequest&);
  absl::StatusOr<v1::Lodgement> Get(host::Call&, Tx&, const v1::GetLodgementRequest&);
  absl::StatusOr<v1::ListLodgementsResponse> List(host::Call&, Tx&, const v1::ListLodgementsRequest&);
  absl::StatusOr<v1::Conflict> GetConflict(host::Call&, Tx&, const v1::GetConflictRequest&);
  absl::StatusOr<v1::ListConflictsResponse> ListConflicts(host::Call&, Tx&, const v1::ListConflictsRequest&);
  absl::StatusOr<v1::Conflict> AcknowledgeConflict(host::Call&, Tx&, const storage::Write&,
                                                   const v1::AcknowledgeConflictRequest&);
  absl::StatusOr<v1::DeconflictionKey> Rotate(host::Call&, Tx&, const storage::Write&,
                                              const v1::RotateDeconflictionKeyRequest&);

  absl::Status CheckWindow(const v1::Lodgement& lodgement, absl::Time now) const;
  // This says whether `wanted` may stand beside what its agency has lodged for the target already.
  absl::Status CheckStanding(Tx&, const std::vector<Lodged>& standing, const Lodged& wanted);
  // This tells the owner of `mine` to call the owner of `other`. It returns the conflict, with its own id.
  absl::StatusOr<v1::Conflict> RecordConflict(Tx&, const v1::Lodgement& mine, const v1::Lodgement& other,
                                              absl::Time now);
  absl::Status EndLodgement(Tx&, v1::Lodgement*, std::string_view etag, const storage::Write&);

  storage::Resources lodgements_;
  storage::Resources conflicts_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_SERVICE_H_
