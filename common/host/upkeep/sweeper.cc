#include "common/host/upkeep/sweeper.h"

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database/lease.h"
#include "common/storage/records/schedule.h"

namespace accord::host {
namespace {

constexpr absl::Duration kSweepLease = absl::Seconds(30);
constexpr int kDueAtOnce = 200;
// These are the most batches of one chore in one pass.
constexpr int kBatches = 50;
constexpr absl::Duration kRetry = absl::Minutes(1);
// This is the number of the advisory lock for chores. It is any number that no other use of a database has.
constexpr int64_t kChores = 7237244;

}  // namespace

Sweeper::Sweeper(storage::Database* database, const Clock* clock, std::map<std::string, PassTime> kinds,
                 std::vector<Chore> chores)
    : database_(database),
      clock_(clock),
      kinds_(std::move(kinds)),
      chores_(std::move(chores)),
      holder_(NewId(clock->Now())) {}

absl::Status Sweeper::RunChores(absl::Time now) {
  for (const Chore& chore : chores_) {
    absl::StatusOr<int> done = kDueAtOnce;
    for (int batches = 0; done.ok() && *done >= kDueAtOnce && batches < kBatches; ++batches) {
      done = database_->InTurn(kChores, [&](storage::Transaction& tx) { return chore(tx, now, kDueAtOnce); });
    }
    if (absl::IsUnavailable(done.status())) return done.status();
    // A failing chore does not stop the others.
    if (!done.ok()) LogError("chore_failed", {{"rule", RuleOf(done.status())}});
  }
  return absl::OkStatus();
}

absl::StatusOr<int> Sweeper::Sweep() {
  const absl::Time now = clock_->Now();
  using storage::Transaction;
  std::unique_ptr<PinnedLaw> law;
  if (take_law_) {
    ACCORD_ASSIGN_OR_RETURN(law, take_law_());
  }
  ACCORD_ASSIGN_OR_RETURN(const bool mine, database_->Transact([&](Transaction& tx) {
    return storage::TakeLease(tx, "sweeper", holder_, now, kSweepLease);
  }));
  if (!mine) return 0;
  ACCORD_RETURN_IF_ERROR(RunChores(now));
  int swept = 0;
  for (const auto& [kind, pass_time] : kinds_) {
    ACCORD_ASSIGN_OR_RETURN(const auto due, database_->Read([&](Transaction& tx) {
      return storage::DueAt(tx, kind, now, kDueAtOnce);
    }));
    for (const storage::Due& each : due) {
      // Each resource has its own transaction, so that one that fails does not stop the others.
      const absl::Status status =
          database_->Transact([&](Transaction& tx) { return pass_time(tx, each.name, now); });
      if (status.ok()) {
        ++swept;
        continue;
      }
      LogError("sweep_failed", {{"kind", kind}, {"rule", RuleOf(status)}});
      // Another transaction wrote the same rows at the same moment. The resource stays due until
      // the next pass.
      if (RuleOf(status) == rules::kDatabaseBusy.reason) continue;
      // The resource is postponed behind everything else that is due: otherwise a few that always
      // fail might be the only ones that are ever processed.
      ACCORD_RETURN_IF_ERROR(database_->Transact(
          [&](Transaction& tx) { return storage::Postpone(tx, kind, each.name, now + kRetry); }));
    }
  }
  return swept;
}

void Sweeper::Start() {
  passes_.Start("sweep_failed", absl::Seconds(1), [this]() -> absl::StatusOr<bool> {
    ACCORD_ASSIGN_OR_RETURN(const auto done, Sweep());
    // A full batch means that more is due already.
    return done >= kDueAtOnce;
  });
}

}  // namespace accord::host
