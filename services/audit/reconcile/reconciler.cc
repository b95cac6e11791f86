#include "services/audit/reconcile/reconciler.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database/row_set.h"
#include "services/audit/log/record_form.h"
#include "services/audit/log/told_changes.h"
#include "services/audit/reconcile/recovered_records.h"

namespace accord::audit {
namespace {

constexpr int kPage = 1000;
constexpr absl::Duration kUnderWay = absl::Seconds(60);

Position ReconciledPositionOf(const std::string& service, const host::v1::RevisionKey& key) {
  return {key.sequence(), Hex(DigestOf(service, key))};
}

}  // namespace

absl::StatusOr<v1::RecoverRecordsResponse> Reconciler::Recover(const v1::RecoverRecordsRequest& request,
                                                               absl::Time now) {
  std::vector<std::string> services = RevisedServices();
  if (!request.service().empty()) {
    if (std::find(services.begin(), services.end(), request.service()) == services.end()) {
      return Refuse(rules::kServiceNotCompared, "No service of this name tells what it changed.");
    }
    services = {request.service()};
  }
  if (request.older_than_seconds() < 0) {
    return RefuseFields({{"older_than_seconds", "must not be negative"}});
  }
  const absl::Time before =
      now - (request.has_older_than_seconds() ? absl::Seconds(request.older_than_seconds()) : kUnderWay);
  const std::unique_lock running(running_, std::try_to_lock);
  if (!running.owns_lock()) {
    return WithRetryAfter(
        Refuse(rules::kReconciliationRunning, "Another comparison is under way; try again."),
        absl::Seconds(1));
  }
  const absl::Time until = absl::Now() + budget_;
  v1::RecoverRecordsResponse response;
  for (const std::string& service : services) {
    bool more = false;
    auto* outcome = response.add_services();
    ACCORD_RETURN_IF_ERROR(RecoverService(service, request.from_start(), before, until, outcome, &more));
    response.mutable_recovered()->MergeFrom(outcome->recovered());
    response.set_more(response.more() || more);
  }
  return response;
}

absl::Status Reconciler::RecoverService(const std::string& service, bool from_start, absl::Time before,
                                        absl::Time until, v1::Reconciliation* outcome, bool* more) {
  outcome->set_service(service);
  Position position;
  if (!from_start) {
    ACCORD_ASSIGN_OR_RETURN(
        position, database_->Read([&](storage::Transaction& tx) { return ReadPosition(tx, service); }));
  }
  // Each call reads at least one page of every service, so that it makes progress.
  do {
    ACCORD_ASSIGN_OR_RETURN(std::vector<Change> changes, ChangesAfter(service, &position));
    const std::size_t told = changes.size();
    // A call that is still running has no record yet; the changes after it wait with it.
    const auto young = std::find_if(changes.begin(), changes.end(), [&](const Change& change) {
      return FromProto(change.key.time()) > before;
    });
    changes.erase(young, changes.end());
    if (!changes.empty()) {
      ACCORD_RETURN_IF_ERROR(Compare(service, changes, outcome));
      position = ReconciledPositionOf(service, changes.back().key);
      ACCORD_RETURN_IF_ERROR(
          database_->Transact([&](storage::Transaction& tx) { return KeepPosition(tx, service, position); }));
    }
    outcome->set_sequence(position.sequence);
    const bool whole = changes.size() < told || told == 0;
    const absl::Time until_then =
        whole ? std::min(before, absl::Now()) : FromProto(changes.back().key.time());
    *outcome->mutable_settled_until() = ToProto(until_then);
    *more = !changes.empty() && changes.size() == told;
  } while (*more && absl::Now() < until);
  return absl::OkStatus();
}

absl::StatusOr<Position> Reconciler::CatchUp(const std::string& service, absl::Time before) {
  v1::Reconciliation outcome;
  bool more = false;
  ACCORD_RETURN_IF_ERROR(RecoverService(service, false, before, absl::InfiniteFuture(), &outcome, &more));
  return database_->Read([&](storage::Transaction& tx) { return ReadPosition(tx, service); });
}

absl::StatusOr<int64_t> Reconciler::Settle(const std::string& service, const std::vector<Change>& changes) {
  // A broken service may send a page without changes.
  if (changes.empty()) return 0;
  v1::Reconciliation outcome;
  ACCORD_RETURN_IF_ERROR(Compare(service, changes, &outcome));
  const Position position = ReconciledPositionOf(service, changes.back().key);
  ACCORD_RETURN_IF_ERROR(
      database_->Transact([&](storage::Transaction& tx) { return KeepPosition(tx, service, position); }));
  return outcome.recovered_size();
}

absl::StatusOr<std::vector<Change>> Reconciler::ChangesAfter(const std::string& service, Position* position) {
  host::v1::ListRevisionKeysRequest list;
  list.set_page_size(kPage);
  list.set_platform(true);
  // This begins with the change that was compared last, to see that it is still the same.
  list.set_after_sequence(std::max<int64_t>(position->sequence - 1, 0));
  ACCORD_ASSIGN_OR_RETURN(auto page, source_(service, list));
  std::vector<Change> changes = ChangesOf(std::move(page));
  if (position->sequence == 0) return changes;
  bool known = false;
  auto next = changes.begin();
  for (; next != changes.end() && next->key.sequence() == position->sequence; ++next) {
    known = known || ReconciledPositionOf(service, next->key).digest == position->digest;
  }
  if (known) {
    changes.erase(changes.begin(), next);
    return changes;
  }
  LogWarning("reconciliation_from_start", {{"of", service}});
  *position = Position();
  // The position is stored at once. Otherwise, if there is nothing to compare yet, the next watch would
  // resume after the lost position and skip every change until the service reaches it again.
  ACCORD_RETURN_IF_ERROR(
      database_->Transact([&](storage::Transaction& tx) { return KeepPosition(tx, service, *position); }));
  list.set_after_sequence(0);
  ACCORD_ASSIGN_OR_RETURN(page, source_(service, list));
  return ChangesOf(std::move(page));
}

absl::StatusOr<std::vector<MissingChange>> Reconciler::MissingOf(const std::string& service,
                                                                 const std::vector<Change>& changes) {
  return database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<std::vector<MissingChange>> {
    // Nearly all of them are known from their records, so they are looked up at once.
    std::vector<std::pair<std::string, std::string>> asked;
    for (const Change& change : changes) asked.emplace_back(service, DigestOf(service, change.key));
    ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> known, AreTold(tx, asked));
    std::vector<MissingChange> missing;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const Change& change = changes[i];
      if (known[i] && change.key.version() > 0) continue;
      ACCORD_ASSIGN_OR_RETURN(const bool recorded, IsRecorded(tx, service, change.key));
      if (recorded) continue;
      if (IsOfPlatform(change.key)) {
        missing.push_back({change.key, std::nullopt});
        continue;
      }
      auto proof = proofs_.Of(service, change);
      if (proof) {
        // If the record of a call lists its changes and not this one, the call did not make this one.
        ACCORD_ASSIGN_OR_RETURN(const bool others,
                                TellsOfOthers(tx, proof->call_id(), FromProto(proof->issue_time())));
        if (others) proof.reset();
      }
      missing.push_back({change.key, std::move(proof)});
    }
    return missing;
  });
}

absl::Status Reconciler::Compare(const std::string& service, const std::vector<Change>& changes,
                                 v1::Reconciliation* outcome) {
  ACCORD_ASSIGN_OR_RETURN(const auto missing, MissingOf(service, changes));
  outcome->set_compared(outcome->compared() + static_cast<int64_t>(changes.size()));
  if (missing.empty()) return absl::OkStatus();
  std::vector<v1::AuditRecord> records = RecoveredRecordsOf(service, missing);
  for (const auto& record : records) {
    if (record.phase() == v1::PHASE_RECOVERED) outcome->add_recovered(record.request_id());
  }
  ACCORD_RETURN_IF_ERROR(sequencer_->Append(StorableForms(std::move(records))).status());
  const auto unproven = std::count_if(missing.begin(), missing.end(), IsUnproven);
  outcome->set_unproven(outcome->unproven() + unproven);
  if (unproven == 0) return absl::OkStatus();
  unproven_->fetch_add(unproven);
  LogError("changes_unproven", {{"of", service}, {"changes", static_cast<int64_t>(unproven)}});
  return absl::OkStatus();
}

}  // namespace accord::audit
