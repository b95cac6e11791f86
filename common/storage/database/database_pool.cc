#include "common/storage/database/database_pool.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace accord::storage {

Database::Pool::Pool(const Options& options) {
  for (int i = 0; i < options.sessions; ++i) {
    sessions_.push_back(std::make_unique<DatabaseSession>(options.dsn, options.cache_kib));
    free_.push_back(sessions_.back().get());
  }
  for (int i = 0; i < options.reserved_sessions; ++i) {
    reserved_.push_back(
        std::make_unique<DatabaseSession>(options.dsn, options.cache_kib, DatabaseSession::kWhenNeeded));
    free_reserved_.push_back(reserved_.back().get());
  }
}

absl::Status Database::Pool::OpenAll() {
  for (auto& session : sessions_) {
    absl::Status opened = session->Open();
    // A process that creates a SQLite file locks the others out for a moment, during which SQLite
    // does not wait by itself.
    for (Attempts attempts; RuleOf(opened) == rules::kDatabaseBusy.reason && Again(opened, &attempts);)
      opened = session->Open();
    ACCORD_RETURN_IF_ERROR(opened);
  }
  return absl::OkStatus();
}

DatabaseSession* Database::Pool::Take() {
  const absl::Duration wait =
      std::clamp(WaitUntil::of_this_thread() - absl::Now(), absl::ZeroDuration(), kPoolWait);
  std::unique_lock lock(mutex_);
  std::vector<DatabaseSession*>* from = nullptr;
  const auto found = [&] {
    from = ReservedSessions::on_this_thread() && !free_reserved_.empty() ? &free_reserved_ : &free_;
    return !from->empty();
  };
  if (!returned_.wait_for(lock, absl::ToChronoMilliseconds(wait), found)) return nullptr;
  DatabaseSession* session = from->back();
  from->pop_back();
  return session;
}

void Database::Pool::Return(DatabaseSession* session) {
  session->Rollback();
  {
    std::lock_guard lock(mutex_);
    const bool reserved = std::any_of(reserved_.begin(), reserved_.end(),
                                      [&](const auto& each) { return each.get() == session; });
    (reserved ? free_reserved_ : free_).push_back(session);
  }
  // Everybody is woken, because not every waiting caller may take a reserved session.
  returned_.notify_all();
}

}  // namespace accord::storage
