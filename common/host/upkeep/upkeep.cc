#include "common/host/upkeep/upkeep.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database/lease.h"
#include "common/storage/records/counts.h"
#include "common/storage/records/list_index.h"

namespace accord::host {
namespace {

using storage::Transaction;

// These are the numbers of advisory locks. They are any numbers that no other use of a database has.
constexpr int64_t kFolding = 7237245, kSweeping = 7237246, kListing = 7237247;
constexpr int kFold = 1000;
// This is the number of resources that one transaction indexes, for which it reads their bodies.
constexpr int kListBatch = 100;
// This is the number of rows that one transaction of a sweep examines.
constexpr int kRowsAtOnce = 500;
// This is the same for a pass that seals, which reads the rows' bodies.
constexpr int kClassBatch = 100;
constexpr absl::Duration kUpkeepLease = absl::Minutes(3);
// This is the time between the end of one pass and the next.
constexpr absl::Duration kRest = absl::Hours(6);
// These are the defaults of stored_event_days and stored_request_days.
constexpr int kEventDays = 400, kRequestDaysByDefault = 90;

absl::Duration UpkeepDays(int days) { return absl::Hours(24) * days; }

std::optional<absl::Duration> EventsKeptFor(const v1::HostConfig& config) {
  if (config.stored_event_days() < 0) return std::nullopt;
  return UpkeepDays(config.stored_event_days() > 0 ? config.stored_event_days() : kEventDays);
}

// A request that is still known may be asked for what it changed, so its revisions are kept as long.
std::optional<absl::Duration> RevisionsKeptFor(const v1::HostConfig& config) {
  if (config.stored_revision_days() <= 0) return std::nullopt;
  const int requests =
      config.stored_request_days() > 0 ? config.stored_request_days() : kRequestDaysByDefault;
  return UpkeepDays(std::max(config.stored_revision_days(), requests));
}

}  // namespace

Upkeep::Upkeep(storage::Database* database, const Clock* clock, const v1::HostConfig& config)
    : database_(database),
      clock_(clock),
      keep_events_(EventsKeptFor(config)),
      keep_revisions_(RevisionsKeptFor(config)),
      holder_(NewId(clock->Now())),
      service_(config.name()),
      classes_(storage::ClassesOf(service_)) {}

absl::StatusOr<bool> Upkeep::FoldCounts() {
  ACCORD_ASSIGN_OR_RETURN(const bool some, database_->Read(storage::CountsToFold));
  if (!some) return false;
  ACCORD_ASSIGN_OR_RETURN(const int64_t folded, database_->InTurn(kFolding, [](Transaction& tx) {
    return storage::FoldCounts(tx, kFold);
  }));
  return folded == kFold;
}

absl::StatusOr<bool> Upkeep::ListOlder() {
  ACCORD_ASSIGN_OR_RETURN(const bool some, database_->Read(storage::SomeUnlisted));
  if (!some) return false;
  ACCORD_ASSIGN_OR_RETURN(const int listed, database_->InTurn(kListing, [&](Transaction& tx) {
    return storage::ListOlder(tx, service_, kListBatch);
  }));
  return listed == kListBatch;
}

absl::StatusOr<bool> Upkeep::SweepStep(Transaction& tx, absl::Time now, Pass* pass) const {
  if (!pass->at_revisions && keep_events_) {
    ACCORD_ASSIGN_OR_RETURN(const auto swept,
                            storage::SweepEvents(tx, now - *keep_events_, kRowsAtOnce, &pass->events));
    if (swept.more) return true;
  }
  pass->at_revisions = true;
  if (!keep_revisions_) return false;
  ACCORD_ASSIGN_OR_RETURN(const auto swept,
                          storage::SweepRevisions(tx, now - *keep_revisions_, kRowsAtOnce, &pass->revisions));
  return swept.more;
}

absl::StatusOr<bool> Upkeep::SweepHistory() {
  const absl::Time now = clock_->Now();
  if (now < rest_until_) return false;
  const auto take = [&](absl::Duration life) {
    return database_->Transact(
        [&](Transaction& tx) { return storage::TakeLease(tx, "history", holder_, now, life, kRest); });
  };
  ACCORD_ASSIGN_OR_RETURN(const bool mine, take(kUpkeepLease));
  if (!mine) return false;
  Pass pass;
  ACCORD_ASSIGN_OR_RETURN(const bool more, database_->InTurn(kSweeping, [&](Transaction& tx) {
    pass = pass_;
    return SweepStep(tx, now, &pass);
  }));
  pass_ = more ? pass : Pass();
  if (more) return true;
  rest_until_ = now + kRest;
  // Keeping the lease stops other replicas from beginning a pass within that time.
  ACCORD_RETURN_IF_ERROR(take(kRest).status());
  return false;
}

absl::Status Upkeep::BeginClasses(absl::Time now) {
  ACCORD_RETURN_IF_ERROR(
      database_->Transact([&](Transaction& tx) { return storage::BeginClasses(tx, classes_, now); }));
  seal_from_ = now + kRoll;
  return absl::OkStatus();
}

absl::StatusOr<bool> Upkeep::SealClasses() {
  if (classes_.empty()) return false;
  const absl::Time now = clock_->Now();
  if (seal_from_ == absl::InfiniteFuture()) ACCORD_RETURN_IF_ERROR(BeginClasses(now));
  if (now < seal_from_) return false;
  ACCORD_ASSIGN_OR_RETURN(
      const bool done, database_->Read([&](Transaction& tx) { return storage::ClassesDone(tx, classes_); }));
  if (done) {
    classes_.clear();
    return false;
  }
  ACCORD_ASSIGN_OR_RETURN(const bool mine, database_->Transact([&](Transaction& tx) {
    return storage::TakeLease(tx, "classes", holder_, now, kUpkeepLease);
  }));
  if (!mine) return false;
  ACCORD_RETURN_IF_ERROR(storage::SealClasses(database_, service_, kClassBatch, &class_pass_));
  if (!class_pass_.done) return true;
  LogInfo("classes_sealed", {{"rows", class_pass_.sealed}, {"unreadable", class_pass_.unreadable}});
  // Rows that could not be opened because their key is missing are tried again.
  seal_from_ = now + kRest;
  if (class_pass_.unreadable > 0) return false;
  ACCORD_RETURN_IF_ERROR(
      database_->Transact([&](Transaction& tx) { return storage::NoteClassesDone(tx, classes_, now); }));
  classes_.clear();
  return false;
}

void Upkeep::Start() {
  seals_.Start("class_seal_failed", absl::Minutes(1), [this] { return SealClasses(); });
  lists_.Start("list_index_failed", absl::Seconds(1), [this] { return ListOlder(); });
  folds_.Start("fold_failed", absl::Seconds(1), [this] { return FoldCounts(); });
  sweeps_.Start("history_sweep_failed", absl::Minutes(1), [this] { return SweepHistory(); });
}

}  // namespace accord::host
