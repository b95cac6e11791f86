#include "services/audit/witness/witnessed_file.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/log.h"
#include "common/merkle/checkpoint.h"
#include "services/audit/log/audit_store.h"

namespace accord::audit {

absl::Status CheckExtendsWitnessed(storage::Database* database, const std::string& file,
                                   const std::string& origin, const Key& key) {
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(file));
  if (!there) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const std::string note, ReadFile(file));
  const auto checkpoint = merkle::OpenCheckpoint(note, origin, key);
  if (!checkpoint.ok()) return Rewound();
  ACCORD_ASSIGN_OR_RETURN(const bool holds,
                          database->Read([&](storage::Transaction& tx) { return Holds(tx, *checkpoint); }));
  return holds ? absl::OkStatus() : Rewound();
}

WitnessedFile::WitnessedFile(storage::Database* database, std::string file, const std::string& origin,
                             const Key& key, absl::Duration every)
    : database_(database), file_(std::move(file)), every_(every) {
  if (file_.empty()) return;
  if (const auto note = ReadFile(file_); note.ok()) {
    if (const auto known = merkle::OpenCheckpoint(*note, origin, key); known.ok()) size_ = known->size;
  }
  thread_ = std::thread([this] { Run(); });
}

WitnessedFile::~WitnessedFile() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  if (thread_.joinable()) thread_.join();
}

absl::Status WitnessedFile::Remember(int64_t size, const std::string& note) {
  if (file_.empty()) return absl::OkStatus();
  std::lock_guard lock(mutex_);
  if (size < size_) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(WriteFileDurably(file_, note));
  size_ = size;
  return absl::OkStatus();
}

void WitnessedFile::Run() {
  for (;;) {
    const auto newest = database_->Read(NewestWitnessed);
    std::unique_lock lock(mutex_);
    if (newest.ok() && newest->size > size_) {
      lock.unlock();
      std::string note = newest->note;
      for (const auto& line : newest->lines) note += line;
      if (absl::Status kept = Remember(newest->size, note); !kept.ok()) {
        LogError("witnessed_file", {{"rule", RuleOf(kept)}});
      }
      lock.lock();
    }
    if (stop_.wait_for(lock, absl::ToChronoMilliseconds(every_), [this] { return stopping_; })) return;
  }
}

}  // namespace accord::audit
