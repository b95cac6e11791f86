// This keeps the rule sets that the coordination office puts into force at a service without a release. It
// has LawService, the work that the service's own processes do for it, and what their status reports. A
// service declares its law (governed_law.h) and which of its records are judged by it (law_trial.h).
#ifndef ACCORD_COMMON_HOST_LAW_LAW_KEEPER_H_
#define ACCORD_COMMON_HOST_LAW_LAW_KEEPER_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/host/v1/law.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "common/host/law/governed_law.h"
#include "common/host/law/law_trial.h"
#include "common/host/upkeep/periodic.h"
#include "common/storage/records/law_in_force.h"
#include "common/storage/records/resources.h"

namespace accord::host {

struct LawOptions {
  // The package is, for example, `accord.protocols.v1`.
  std::string package;
  storage::Database* database = nullptr;
  const storage::PageTokens* tokens = nullptr;
  std::vector<JudgedKind> judged = {};
};

class LawKeeper {
 public:
  LawKeeper(LawOptions options, std::unique_ptr<GovernedLaw> law);

  // This serves `<package>.LawService`, makes each call apply one law, and adds to the service's status.
  void Register(Handlers* handlers);

  // This takes up the rule set that is in force. It fails with UNAVAILABLE and rule LAW_NOT_TAKEN,
  // and nothing changes, if this build cannot apply it. It is called before the first call is served,
  // and periodically.
  absl::Status Look();
  // This does what Look does, and pins that law for this thread. It is called before a pass over due records.
  absl::StatusOr<std::unique_ptr<PinnedLaw>> TakeForPass();
  // Schedules the next batch of the records that the new law may have made due, and gives their
  // number. It is a chore of the sweeper.
  absl::StatusOr<int> LookAnew(storage::Transaction& tx, absl::Time now, int batch);
  // This tries each proposal that was not yet compared with the law in force, unless another process does so.
  absl::Status TryProposals(absl::Time now);
  // Records for the other replicas that this process is running, and which rule set it applies.
  absl::Status ReportReplica(absl::Time now);
  // This does all of that periodically until the process ends.
  void Start(const Clock* clock);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::LawChange>;
  using Message = google::protobuf::Message;

  Result Propose(Call&, Tx&, const storage::Write&, const v1::ProposeLawChangeRequest&);
  Result Get(Call&, Tx&, const v1::GetLawChangeRequest&);
  absl::StatusOr<v1::ListLawChangesResponse> List(Call&, Tx&, const v1::ListLawChangesRequest&);
  Result Approve(Call&, Tx&, const storage::Write&, const v1::ApproveLawChangeRequest&);
  Result Withdraw(Call&, Tx&, const storage::Write&, const v1::WithdrawLawChangeRequest&);
  absl::StatusOr<v1::CompareLawResponse> Compare(Call&, const v1::CompareLawRequest&);

  // This parses a rule set. It fails with INVALID_ARGUMENT and rule LAW_NOT_SOUND if the service cannot
  // apply it.
  absl::StatusOr<std::unique_ptr<Message>> CheckedRuleSet(const std::string& text) const;
  // This fails with FAILED_PRECONDITION and rule LAW_SETTING_FIXED if a setting differs from the one that the
  // process was delivered with.
  absl::Status CheckSettings(const Message& set) const;
  // This gives the digest of the rule set in force: the one that the office put into force, or else the one
  // that this process was delivered with.
  absl::StatusOr<std::string> DigestInForce(Tx& tx) const;
  // This gives the proposed change after an event of its lifecycle.
  Result Moved(const Call& call, Tx& tx, const std::string& name, const std::string& event);
  Result Keep(Tx& tx, const storage::Write& write, const std::string& etag, v1::LawChange change);
  // This marks the change that was in force until now as replaced.
  absl::Status EndPresent(Tx& tx, const storage::Write& write);
  absl::Status TellStatus(Tx& tx, v1::ServiceStatus* status) const;
  TrialTerms TermsAt(absl::Time now) const;
  // This tries one proposal, unless it was already compared with the law in force, and stores the result.
  absl::Status TryProposal(const std::string& name, absl::Time now);
  absl::StatusOr<std::vector<std::string>> UntriedProposals();
  absl::StatusOr<bool> Pass(absl::Time now);

  const LawOptions options_;
  const std::unique_ptr<GovernedLaw> law_;
  storage::Resources changes_;
  // These are the digest of the rule set that the process was delivered with, the day up to which it was
  // compared with the law, and its settings.
  const std::string delivered_, delivered_checked_to_, delivered_settings_;
  const std::string replica_;
  std::mutex looking_;
  // This is the digest of the rule set that this process has taken up; it is empty before the first.
  // `looking_` guards it.
  std::string taken_;
  // These say when this process last reported itself, and with which rule set. Only the thread of `passes_`
  // uses these.
  absl::Time signed_at_ = absl::InfinitePast();
  std::string signed_digest_;
  Periodic passes_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_LAW_LAW_KEEPER_H_
