// The parts of LawKeeper that run without a call: each process applies the law in force, reports
// itself, tries proposals, and has records examined again that the new law may have made due.
#include <cstddef>
#include <utility>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/law.h"
#include "common/base/log.h"
#include "common/base/version.h"
#include "common/host/law/law_keeper.h"
#include "common/storage/database/lease.h"
#include "common/storage/records/schedule.h"

namespace accord::host {
namespace {

using storage::Transaction;

// This is how often a process checks whether another one has put a law into force. The check reads one row.
constexpr absl::Duration kLawLook = absl::Seconds(1);
// This is the time between two reports of a process while nothing changes.
constexpr absl::Duration kSign = absl::Seconds(10);
// One process tries a proposal. Another takes over if it stops.
constexpr absl::Duration kTrialLease = absl::Minutes(5);
// This is the state under which proposals are indexed.
constexpr char kProposed[] = "proposed";

}  // namespace

absl::Status LawKeeper::Look() {
  const std::lock_guard lock(looking_);
  ACCORD_ASSIGN_OR_RETURN(const auto entry,
                          options_.database->Read([](Transaction& tx) { return storage::LawInForceOf(tx); }));
  if (!entry || entry->digest == taken_) return absl::OkStatus();
  v1::LawChange change;
  ACCORD_RETURN_IF_ERROR(
      options_.database->Read([&](Transaction& tx) { return changes_.GetAny(tx, entry->name, &change); }));
  const auto set = CheckedRuleSet(change.rule_set());
  // Decisions are made only under the rule set whose digest two people approved.
  if (!set.ok() || RuleSetDigest(**set) != entry->digest || !law_->Take(**set).ok()) {
    LogError("law_not_taken", {{"digest", entry->digest}, {"rule", RuleOf(set.status())}});
    return Refuse(rules::kLawNotTaken, "This process cannot go by the rule set that is in force.");
  }
  taken_ = entry->digest;
  LogInfo("law_taken", {{"digest", taken_}});
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<PinnedLaw>> LawKeeper::TakeForPass() {
  ACCORD_RETURN_IF_ERROR(Look());
  return law_->Pin();
}

absl::StatusOr<int> LawKeeper::LookAnew(Transaction& tx, absl::Time now, int batch) {
  ACCORD_ASSIGN_OR_RETURN(const auto entry, storage::LawInForceOf(tx));
  // Another process may have put another law into force since this pass began; the next pass applies that.
  if (!entry || entry->looked_all || entry->digest != RuleSetDigest(law_->Set())) return 0;
  std::vector<std::string> kinds;
  for (const JudgedKind& each : options_.judged) {
    if (each.swept) kinds.push_back(each.kind);
  }
  std::size_t at = 0;
  while (at < kinds.size() && !entry->looked_kind.empty() && kinds[at] != entry->looked_kind) ++at;
  if (at == kinds.size()) {
    ACCORD_RETURN_IF_ERROR(storage::NoteLawLooked(tx, "", "", true));
    return 0;
  }
  const std::string after = entry->looked_kind.empty() ? std::string() : entry->looked_name;
  ACCORD_ASSIGN_OR_RETURN(const auto names, storage::NamesAfter(tx, kinds[at], after, batch));
  for (const std::string& name : names) {
    ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kinds[at], name, now));
  }
  if (static_cast<int>(names.size()) == batch) {
    ACCORD_RETURN_IF_ERROR(storage::NoteLawLooked(tx, kinds[at], names.back(), false));
    return batch;
  }
  const bool last = at + 1 == kinds.size();
  ACCORD_RETURN_IF_ERROR(storage::NoteLawLooked(tx, last ? "" : kinds[at + 1], "", last));
  // A full batch means that there are more.
  return last ? static_cast<int>(names.size()) : batch;
}

absl::StatusOr<std::vector<std::string>> LawKeeper::UntriedProposals() {
  return options_.database->Read([&](Transaction& tx) -> absl::StatusOr<std::vector<std::string>> {
    ACCORD_ASSIGN_OR_RETURN(const std::string in_force, DigestInForce(tx));
    std::vector<std::string> untried;
    // A process that applies another law than the one in force cannot compare a proposal with it.
    if (in_force != RuleSetDigest(law_->Set())) return untried;
    ACCORD_ASSIGN_OR_RETURN(const auto names, storage::ProposedLaw(tx, kProposed));
    for (const std::string& name : names) {
      v1::LawChange change;
      ACCORD_RETURN_IF_ERROR(changes_.GetAny(tx, name, &change));
      if (!change.has_trial() || change.trial().against() != in_force) untried.push_back(name);
    }
    return untried;
  });
}

absl::Status LawKeeper::TryProposals(absl::Time now) {
  const auto pinned = law_->Pin();
  ACCORD_ASSIGN_OR_RETURN(const auto untried, UntriedProposals());
  if (untried.empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const bool mine, options_.database->Transact([&](Transaction& tx) {
    return storage::TakeLease(tx, "law_trial", replica_, now, kTrialLease);
  }));
  if (!mine) return absl::OkStatus();
  for (const std::string& name : untried) ACCORD_RETURN_IF_ERROR(TryProposal(name, now));
  return absl::OkStatus();
}

absl::Status LawKeeper::TryProposal(const std::string& name, absl::Time now) {
  v1::LawChange proposed;
  ACCORD_RETURN_IF_ERROR(
      options_.database->Read([&](Transaction& tx) { return changes_.GetAny(tx, name, &proposed); }));
  const auto set = CheckedRuleSet(proposed.rule_set());
  if (!set.ok()) {
    // A newer build accepted the proposal, and will try it.
    LogWarning("law_not_tried", {{"digest", proposed.digest()}, {"rule", RuleOf(set.status())}});
    return absl::OkStatus();
  }
  const auto as_now = [](const GovernedLaw::Work& work) { return work(); };
  const auto as_proposed = [&](const GovernedLaw::Work& work) { return law_->Under(**set, work); };
  ACCORD_ASSIGN_OR_RETURN(v1::LawTrial trial,
                          TryLaw(options_.database, options_.judged, as_now, as_proposed, TermsAt(now)));
  trial.set_against(RuleSetDigest(law_->Set()));
  return options_.database->Transact([&](Transaction& tx) -> absl::Status {
    v1::LawChange change;
    ACCORD_RETURN_IF_ERROR(changes_.GetAny(tx, name, &change));
    // Somebody has decided on the change meanwhile.
    if (change.etag() != proposed.etag()) return absl::OkStatus();
    *change.mutable_trial() = trial;
    const std::string etag = change.etag();
    return Keep(tx, {"platform", "law", NewId(now), now}, etag, std::move(change)).status();
  });
}

absl::Status LawKeeper::ReportReplica(absl::Time now) {
  const std::string digest = RuleSetDigest(law_->Set());
  ACCORD_RETURN_IF_ERROR(options_.database->Transact([&](Transaction& tx) {
    return storage::NoteLawReplica(tx, {replica_, digest, Version(), now});
  }));
  signed_at_ = now;
  signed_digest_ = digest;
  return absl::OkStatus();
}

absl::StatusOr<bool> LawKeeper::Pass(absl::Time now) {
  const absl::Status looked = Look();
  const bool due = now >= signed_at_ + kSign || now < signed_at_;
  if (due || signed_digest_ != RuleSetDigest(law_->Set())) ACCORD_RETURN_IF_ERROR(ReportReplica(now));
  ACCORD_RETURN_IF_ERROR(looked);
  ACCORD_RETURN_IF_ERROR(TryProposals(now));
  return false;
}

void LawKeeper::Start(const Clock* clock) {
  passes_.Start("law_pass_failed", kLawLook, [this, clock] { return Pass(clock->Now()); });
}

}  // namespace accord::host
