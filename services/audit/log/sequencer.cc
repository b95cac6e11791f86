#include "services/audit/log/sequencer.h"

#include <chrono>
#include <future>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "services/audit/log/audit_index.h"
#include "services/audit/log/record_form.h"

namespace accord::audit {
namespace {

// This says whether the database refused what a record holds, and not the writing of anything.
bool IsContentNotSequenced(const absl::Status& status) {
  const std::string rule = RuleOf(status);
  return rule == rules::kDatabaseValueRefused.reason || rule == rules::kTextWithNul.reason ||
         rule == rules::kAlreadyExists.reason;
}

constexpr absl::Duration kForgetEvery = absl::Minutes(1);
// The index of resources is written when so many entries or keys wait for it, or when nobody appends for
// a moment.
constexpr std::size_t kIndexedAtOnce = 4096;
constexpr auto kMoment = std::chrono::milliseconds(200);

int64_t BytesToSequence(const std::vector<v1::AuditRecord>& records) {
  int64_t bytes = 0;
  for (const auto& record : records) bytes += static_cast<int64_t>(record.ByteSizeLong());
  return bytes;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Sequencer>> Sequencer::Start(storage::Database* database,
                                                            const SequencerLimits& limits) {
  std::unique_ptr<Sequencer> sequencer(new Sequencer(database, limits));
  ACCORD_RETURN_IF_ERROR(database->Read([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
    ACCORD_ASSIGN_OR_RETURN(sequencer->frontier_, sequencer->Current(tx, head));
    return absl::OkStatus();
  }));
  ACCORD_RETURN_IF_ERROR(database->InTurn(kAppendTurn, [&](storage::Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const Head head, TakeHead(tx));
    return IndexGap(tx, head.indexed, head.size);
  }));
  sequencer->ahead_ = sequencer->frontier_;
  sequencer->touched_ = TouchedRows(sequencer->frontier_.size());
  sequencer->thread_ = std::thread([raw = sequencer.get()] { raw->Run(); });
  return sequencer;
}

Sequencer::~Sequencer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  if (thread_.joinable()) thread_.join();
}

absl::StatusOr<merkle::Frontier> Sequencer::Current(storage::Transaction& tx, const Head& head) const {
  if (head.size < frontier_.size()) {
    return Refuse(rules::kLogShortened,
                  "The database lost records that were acknowledged; restore the newest copy and restart.");
  }
  if (head.size == frontier_.size() && head.root == frontier_.Root()) return frontier_;
  ACCORD_ASSIGN_OR_RETURN(auto loaded, merkle::Frontier::Load(HashesOf(tx), head.size));
  if (loaded.Root() == head.root) return loaded;
  return Refuse(rules::kLogCorrupt, "The stored hashes do not give the stored root.");
}

absl::StatusOr<int64_t> Sequencer::Append(std::vector<v1::AuditRecord> records) {
  const int64_t bytes = BytesToSequence(records);
  std::vector<Prepared> prepared = PreparedFrom(std::move(records));
  std::promise<absl::StatusOr<int64_t>> done;
  std::future<absl::StatusOr<int64_t>> written = done.get_future();
  {
    std::lock_guard lock(mutex_);
    // A single request is always taken, because its sender could not send less.
    if (!waiting_.empty() && waiting_bytes_ + bytes > limits_.max_waiting_bytes) {
      return Refuse(rules::kAuditQueueFull, "Too many records wait for the disk.");
    }
    waiting_bytes_ += bytes;
    const bool fits =
        !waiting_.empty() &&
        waiting_.back().records().size() + prepared.size() <= static_cast<std::size_t>(limits_.max_batch) &&
        waiting_.back().bytes() + bytes <= limits_.max_batch_bytes;
    if (!fits) waiting_.push_back(waiting_.empty() ? Batch(ahead_) : waiting_.back().Next());
    waiting_.back().Add(std::move(prepared), bytes, std::move(done));
  }
  arrived_.notify_one();
  return written.get();
}

std::optional<Batch> Sequencer::TakeBatch() {
  std::unique_lock lock(mutex_);
  const auto called = [this] { return stopping_ || !waiting_.empty(); };
  if (!Lags()) {
    arrived_.wait(lock, called);
  } else {
    arrived_.wait_for(lock, kMoment, called);
  }
  if (waiting_.empty()) return std::nullopt;
  std::optional<Batch> batch(std::move(waiting_.front()));
  waiting_.pop_front();
  waiting_bytes_ -= batch->bytes();
  // This is under the lock, because the next batch begins where these rows end.
  if (!batch->has_rows()) batch->BuildRows(ahead_);
  ahead_ = batch->end();
  return batch;
}

void Sequencer::Run() {
  for (;;) {
    std::optional<Batch> batch = TakeBatch();
    if (!batch || LagsFar()) Index();
    if (!batch) {
      std::lock_guard lock(mutex_);
      if (stopping_ && waiting_.empty()) return;
      continue;
    }
    const auto result = Write(*batch);
    Follow();
    batch->Tell(result);
    Forget();
  }
}

void Sequencer::Follow() {
  std::lock_guard lock(mutex_);
  if (ahead_.size() == frontier_.size() && ahead_.Root() == frontier_.Root()) return;
  ahead_ = frontier_;
  for (Batch& batch : waiting_) batch.DropRows();
}

absl::Status Sequencer::WriteOnce(Records records, const Batch* batch) {
  merkle::Frontier next;
  TouchedRows touched;
  AppendOptions options{absl::Now(), false, limits_.span};
  ACCORD_RETURN_IF_ERROR(database_->InTurn(kAppendTurn, [&](storage::Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const Head head, TakeHead(tx));
    ACCORD_ASSIGN_OR_RETURN(next, Current(tx, head));
    absl::Status appended;
    if (batch != nullptr && !options.look && !head.old_keys && batch->Follows(head)) {
      appended = batch->Insert(tx, head, limits_.span);
      next = batch->end();
      touched = batch->touched();
    } else {
      const std::vector<Prepared> prepared = PreparedFrom({records.begin(), records.end()});
      appended = AppendAll(tx, head, prepared, options, &next, &touched);
    }
    // The next attempt looks up which records exist.
    if (RuleOf(appended) == rules::kAlreadyExists.reason) options.look = true;
    return appended;
  }));
  frontier_ = std::move(next);
  touched_.Join(std::move(touched));
  return absl::OkStatus();
}

absl::Status Sequencer::WriteDivided(Records records, const absl::Status& refused) {
  if (records.size() > 1) {
    const std::size_t half = records.size() / 2;
    for (const Records part : {records.first(half), records.subspan(half)}) {
      const absl::Status written = WriteOnce(part, nullptr);
      if (written.ok()) continue;
      if (!IsContentNotSequenced(written)) return written;
      ACCORD_RETURN_IF_ERROR(WriteDivided(part, written));
    }
    return absl::OkStatus();
  }
  LogError("audit_record_unstorable", {{"rule", RuleOf(refused)}});
  const v1::AuditRecord minimal = MinimalForm(records[0]);
  const absl::Status kept = WriteOnce({&minimal, 1}, nullptr);
  if (kept.ok() || !IsContentNotSequenced(kept)) return kept;
  const v1::AuditRecord nameless = NamelessForm(records[0]);
  return WriteOnce({&nameless, 1}, nullptr);
}

bool Sequencer::Lags() const { return behind_ || touched_.begin() < touched_.end(); }

bool Sequencer::LagsFar() const {
  return touched_.keys() >= kIndexedAtOnce ||
         touched_.end() - touched_.begin() >= static_cast<int64_t>(kIndexedAtOnce);
}

void Sequencer::Index() {
  if (!Lags()) return;
  const auto left =
      database_->InTurn(kAppendTurn, [&](storage::Transaction& tx) { return IndexTouched(tx, touched_); });
  if (!left.ok()) LogWarning("audit_index_failed", {{"rule", RuleOf(left.status())}});
  // Rows that could not be indexed now are read from the log at the next attempt.
  behind_ = !left.ok() || *left > 0;
  touched_ = TouchedRows(frontier_.size());
}

void Sequencer::Forget() {
  const absl::Time now = absl::Now();
  if (now < forgot_ + kForgetEvery) return;
  forgot_ = now;
  const auto forgotten = database_->Transact(
      [&](storage::Transaction& tx) { return ForgetAppended(tx, now - limits_.remembered); });
  if (!forgotten.ok()) LogWarning("audit_forget_failed", {{"rule", RuleOf(forgotten.status())}});
}

absl::StatusOr<int64_t> Sequencer::Write(const Batch& batch) {
  absl::Status written = WriteOnce(batch.records(), &batch);
  if (IsContentNotSequenced(written)) written = WriteDivided(batch.records(), written);
  if (written.ok()) return frontier_.size();
  LogError("audit_write_failed", {{"rule", RuleOf(written)}});
  return Refuse(rules::kAuditWriteFailed, "The audit record could not be written.");
}

}  // namespace accord::audit
