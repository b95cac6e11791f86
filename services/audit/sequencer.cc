#include "services/audit/sequencer.h"

#include <iterator>

#include "common/base/error.h"
#include "common/base/log.h"

namespace accord::audit {
namespace {

constexpr std::size_t kMaxWaiting = 100000;

}  // namespace

absl::StatusOr<std::unique_ptr<Sequencer>> Sequencer::Start(storage::Database* database, int max_batch) {
  std::unique_ptr<Sequencer> sequencer(new Sequencer(database, max_batch));
  ACCORD_RETURN_IF_ERROR(database->Read([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(sequencer->frontier_, sequencer->Current(tx));
    return absl::OkStatus();
  }));
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

absl::StatusOr<merkle::Frontier> Sequencer::Current(storage::Transaction& tx) const {
  ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
  if (head.size < frontier_.size()) {
    return Refuse(absl::StatusCode::kDataLoss, "LOG_SHORTENED",
                  "The database lost records that were acknowledged; restore the newest copy and restart.");
  }
  if (head.size == frontier_.size() && head.root == frontier_.Root()) return frontier_;
  ACCORD_ASSIGN_OR_RETURN(auto loaded, merkle::Frontier::Load(HashesOf(tx), head.size));
  if (loaded.Root() == head.root) return loaded;
  return Refuse(absl::StatusCode::kDataLoss, "LOG_CORRUPT", "The stored hashes do not give the stored root.");
}

absl::StatusOr<int64_t> Sequencer::Append(std::vector<v1::AuditRecord> records) {
  std::future<absl::StatusOr<int64_t>> done;
  {
    std::lock_guard lock(mutex_);
    if (waiting_records_ + records.size() > kMaxWaiting) {
      return Refuse(absl::StatusCode::kResourceExhausted, "AUDIT_QUEUE_FULL",
                    "Too many records wait for the disk.");
    }
    waiting_records_ += records.size();
    waiting_.push_back({std::move(records), {}});
    done = waiting_.back().done.get_future();
  }
  arrived_.notify_one();
  return done.get();
}

void Sequencer::Run() {
  for (;;) {
    std::vector<Waiting> batch;
    std::vector<v1::AuditRecord> records;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      while (!waiting_.empty() &&
             (batch.empty() || records.size() + waiting_.front().records.size() <= max_batch_)) {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
        auto& taken = batch.back().records;
        waiting_records_ -= taken.size();
        records.insert(records.end(), std::make_move_iterator(taken.begin()),
                       std::make_move_iterator(taken.end()));
      }
    }
    const auto result = Write(records);
    for (auto& waiting : batch) waiting.done.set_value(result);
  }
}

absl::StatusOr<int64_t> Sequencer::Write(const std::vector<v1::AuditRecord>& records) {
  merkle::Frontier next;
  const absl::Status written = database_->Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(LockLog(tx));
    ACCORD_ASSIGN_OR_RETURN(next, Current(tx));
    return AppendAll(tx, records, &next);
  });
  if (written.ok()) {
    frontier_ = std::move(next);
    return frontier_.size();
  }
  LogError("audit_write_failed", {{"rule", RuleOf(written)}});
  return Refuse(absl::StatusCode::kUnavailable, "AUDIT_WRITE_FAILED",
                "The audit record could not be written.");
}

}  // namespace accord::audit
