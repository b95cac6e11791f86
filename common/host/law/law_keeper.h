// The rule sets that the coordination office puts in force at a service without a release: LawService, what
// the service's own processes do about it, and what its status says of it. A service declares its law
// (governed_law.h) and which of its records are judged by it (law_trial.h).
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
#include "common/storage/records/law.h"
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

  // Answers `<package>.LawService`, has each call go by one law, and adds to the service's status.
  void Register(Handlers* handlers);

  // Goes by what is in force. UNAVAILABLE with rule LAW_NOT_TAKEN if this build cannot: nothing has changed
  // then. Before the first call, and again and again.
  absl::Status Look();
  // Looks, and has this thread go on by what the process goes by: before a pass over what is due.
  absl::StatusOr<std::unique_ptr<PinnedLaw>> TakeForPass();
  // Schedules the next of what other law may have made due, a batch of it; how much. A chore of the sweeper.
  absl::StatusOr<int> LookAnew(storage::Transaction& tx, absl::Time now, int batch);
  // Tries each proposal that was not tried beside what is in force, if no other process does.
  absl::Status TryProposals(absl::Time now);
  // Tells the others that this process lives, and what it goes by.
  absl::Status GiveSign(absl::Time now);
  // This does all of that again and again until the process ends.
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

  // Gives the rule set that a text says; INVALID_ARGUMENT with rule LAW_NOT_SOUND if the service cannot
  // go by it.
  absl::StatusOr<std::unique_ptr<Message>> Sound(const std::string& text) const;
  // FAILED_PRECONDITION with rule LAW_SETTING_FIXED if a setting is not as the process was delivered with.
  absl::Status CheckSettings(const Message& set) const;
  // Gives what every decision goes by: what the office put in force, or else what this process was
  // delivered with.
  absl::StatusOr<std::string> DigestInForce(Tx& tx) const;
  // Gives the change after an event of its lifecycle.
  Result Moved(const Call& call, Tx& tx, const std::string& name, const std::string& event);
  Result Keep(Tx& tx, const storage::Write& write, const std::string& etag, v1::LawChange change);
  // Says of the change that was in force that another one is.
  absl::Status EndPresent(Tx& tx, const storage::Write& write);
  absl::Status TellStatus(Tx& tx, v1::ServiceStatus* status) const;
  TrialTerms TermsAt(absl::Time now) const;
  // Tries one proposal, unless it was tried beside what is in force; stores what came out.
  absl::Status TryProposal(const std::string& name, absl::Time now);
  absl::StatusOr<std::vector<std::string>> Untried();
  absl::StatusOr<bool> Pass(absl::Time now);

  const LawOptions options_;
  const std::unique_ptr<GovernedLaw> law_;
  storage::Resources changes_;
  // These are the digest of the rule set that the process was delivered with, the day to which it was
  // compared with the law, and its settings.
  const std::string delivered_, delivered_checked_to_, delivered_settings_;
  const std::string replica_;
  std::mutex looking_;
  // This is the digest of the rule set that this process has taken up; empty before it took up any.
  // `looking_` guards it.
  std::string taken_;
  // This says when the last sign was given, and of which rule set; only the thread of `passes_` uses them.
  absl::Time signed_at_ = absl::InfinitePast();
  std::string signed_digest_;
  Periodic passes_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_LAW_LAW_KEEPER_H_
