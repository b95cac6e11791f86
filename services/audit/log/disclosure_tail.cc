#include "services/audit/log/disclosure_tail.h"

#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/log.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/entry_pages.h"

namespace accord::audit {

DisclosureTail::~DisclosureTail() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return watched_.empty(); });
  }
  thread_.join();
}

DisclosureTail::Watch::Watch(DisclosureTail* tail, std::string agency)
    : tail_(tail), agency_(std::move(agency)) {
  {
    std::lock_guard lock(tail_->mutex_);
    ++tail_->watched_[agency_].watches;
    tail_->somebody_new_ = true;
  }
  tail_->changed_.notify_all();
}

DisclosureTail::Watch::~Watch() {
  std::lock_guard lock(tail_->mutex_);
  const auto own = tail_->watched_.find(agency_);
  if (--own->second.watches == 0) tail_->watched_.erase(own);
  // This happens under the lock, because a tail that waits for its last watch may be destroyed once it has
  // the lock.
  if (tail_->stopping_) tail_->changed_.notify_all();
}

bool DisclosureTail::Watch::over() const {
  std::lock_guard lock(tail_->mutex_);
  return tail_->stopping_;
}

bool DisclosureTail::Watch::Await(int64_t index, absl::Duration patience) {
  std::unique_lock lock(tail_->mutex_);
  const auto news = [&] {
    const Watched& own = tail_->watched_.at(agency_);
    return own.looked_at && own.newest >= index;
  };
  tail_->changed_.wait_for(lock, absl::ToChronoMilliseconds(patience),
                           [&] { return tail_->stopping_ || news(); });
  return news();
}

void DisclosureTail::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    // The database is not asked while there are no watches.
    changed_.wait(lock, [this] { return stopping_ || !watched_.empty(); });
    lock.unlock();
    Look();
    lock.lock();
    changed_.wait_for(lock, absl::ToChronoMilliseconds(every_),
                      [this] { return stopping_ || somebody_new_; });
  }
}

void DisclosureTail::Look() {
  std::vector<std::string> agencies;
  bool fresh = false;
  {
    std::lock_guard lock(mutex_);
    fresh = std::exchange(somebody_new_, false);
    for (const auto& [agency, watched] : watched_) agencies.push_back(agency);
  }
  std::map<std::string, int64_t> newest;
  int64_t size = size_;
  const absl::Status read = database_->Read([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
    size = head.size;
    if (size == size_ && !fresh) return absl::OkStatus();
    for (const auto& agency : agencies) {
      ACCORD_ASSIGN_OR_RETURN(newest[agency], NewestEntryAsOwner(tx, agency));
    }
    return absl::OkStatus();
  });
  std::lock_guard lock(mutex_);
  if (!read.ok()) {
    // The next look finds the same entries: watches wait in between, and miss nothing.
    LogWarning("disclosures_not_read", {{"rule", RuleOf(read)}});
    somebody_new_ = false;
    size_ = -1;
    return;
  }
  size_ = size;
  for (const auto& [agency, index] : newest) {
    const auto own = watched_.find(agency);
    if (own == watched_.end()) continue;
    own->second.newest = index;
    own->second.looked_at = true;
  }
  changed_.notify_all();
}

}  // namespace accord::audit
