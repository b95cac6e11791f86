#include "common/storage/database/checkpoints.h"

namespace accord::storage {
namespace {

// These are lengths in pages of 4 KiB. The first is SQLite's own limit; at the second, the log has 64 MiB.
constexpr int kLongLog = 1000;
constexpr int kTooLongLog = 16 * 1024;

}  // namespace

Checkpoints::Checkpoints(const std::string& file)
    : session_(file, Options().cache_kib, DatabaseSession::kWhenNeeded), thread_([this] { Run(); }) {}

Checkpoints::~Checkpoints() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool Checkpoints::Committed(int pages) {
  std::unique_lock lock(mutex_);
  if (pages < asked_at_) asked_at_ = 0;
  if (pages < asked_at_ + kLongLog) return false;
  asked_at_ = pages;
  wanted_ = pages < kTooLongLog;
  changed_.notify_all();
  if (wanted_) return false;
  // If two copy at once, one is refused.
  changed_.wait(lock, [&] { return !copying_; });
  return true;
}

void Checkpoints::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return wanted_ || ending_; });
    if (ending_) return;
    wanted_ = false;
    copying_ = true;
    lock.unlock();
    // The next copy makes up for one that failed, because the write-ahead log is then still long.
    absl::Status status = session_.broken() ? session_.Open() : absl::OkStatus();
    if (status.ok()) status = session_.Plain("pragma wal_checkpoint(passive)");
    lock.lock();
    copying_ = false;
    changed_.notify_all();
  }
}

}  // namespace accord::storage
