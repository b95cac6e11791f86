#include "common/storage/database.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/base/ids.h"
#include "common/storage/session.h"

namespace accord::storage {
namespace {

constexpr int kAttempts = 12;
constexpr absl::Duration kPoolWait = absl::Seconds(5);

absl::string_view Trim(absl::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ';' || text.back() == ' '))
    text.remove_suffix(1);
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  return text;
}

}  // namespace

absl::StatusOr<int64_t> Transaction::Execute(std::string_view sql, const std::vector<Value>& params) {
  return session_->Execute(sql, params);
}

absl::StatusOr<std::vector<std::vector<Value>>> Transaction::Fetch(std::string_view sql,
                                                                   const std::vector<bool>& text_columns,
                                                                   const std::vector<Value>& params) {
  return session_->Fetch(sql, text_columns, params);
}

bool Transaction::postgres() const { return session_->postgres(); }

class Database::Pool {
 public:
  explicit Pool(const Options& options) {
    for (int i = 0; i < options.sessions; ++i) {
      sessions_.push_back(std::make_unique<Session>(options.dsn));
      free_.push_back(sessions_.back().get());
    }
  }

  absl::Status OpenAll() {
    for (auto& session : sessions_) ACCORD_RETURN_IF_ERROR(session->Open());
    return absl::OkStatus();
  }

  Session* Take() {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, absl::ToChronoMilliseconds(kPoolWait), [this] { return !free_.empty(); })) {
      return nullptr;
    }
    Session* session = free_.back();
    free_.pop_back();
    return session;
  }

  void Return(Session* session) {
    session->Rollback();
    {
      std::lock_guard lock(mutex_);
      free_.push_back(session);
    }
    returned_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> sessions_;
  std::vector<Session*> free_;
};

Database::Lease::~Lease() {
  if (session_ != nullptr) pool_->Return(session_);
}

absl::Status Database::Lease::Commit() { return session_->Commit(); }

Database::Database(std::unique_ptr<Pool> pool, std::shared_ptr<const Keyring> keyring)
    : pool_(std::move(pool)), keyring_(std::move(keyring)) {}
Database::~Database() = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const Options& options) {
  auto pool = std::make_unique<Pool>(options);
  ACCORD_RETURN_IF_ERROR(pool->OpenAll());
  return std::unique_ptr<Database>(new Database(std::move(pool), options.keyring));
}

absl::StatusOr<Database::Lease> Database::Begin(Mode mode) {
  Session* session = pool_->Take();
  if (session == nullptr) {
    return Refuse(absl::StatusCode::kUnavailable, "DATABASE_POOL_EXHAUSTED",
                  "The service is overloaded; try again.");
  }
  Lease lease(pool_.get(), session);
  ACCORD_RETURN_IF_ERROR(session->Begin(mode == Mode::kWrite));
  return lease;
}

bool Database::Again(const absl::Status& status, int attempt) {
  if (attempt + 1 >= kAttempts) return false;
  const std::string rule = RuleOf(status);
  if (rule != kBusy && rule != kUnavailable) return false;
  // A lost connection is tried once more, on a new one; then the caller decides.
  if (rule == kUnavailable && attempt > 0) return false;
  thread_local std::mt19937 random{std::random_device{}()};
  const int ceiling = 2 << std::min(attempt, 7);
  absl::SleepFor(absl::Milliseconds(std::uniform_int_distribution<int>(0, ceiling)(random)));
  return true;
}

absl::Status Database::Migrate(const std::vector<Migration>& migrations) {
  ACCORD_RETURN_IF_ERROR(Transact([](Transaction& tx) -> absl::Status {
    // Two processes that start at once must not both create it.
    if (tx.postgres()) {
      auto locked = tx.Query<std::string>("select cast(pg_advisory_xact_lock(7237241) as text)");
      if (!locked.ok()) return locked.status();
    }
    return tx
        .Exec(
            "create table if not exists schema_migration ("
            "version bigint primary key, name text not null, checksum text not null)")
        .status();
  }));
  for (const Migration& migration : migrations) {
    ACCORD_RETURN_IF_ERROR(Transact([&](Transaction& tx) -> absl::Status {
      if (tx.postgres()) {
        auto locked = tx.Query<std::string>("select cast(pg_advisory_xact_lock(7237241) as text)");
        if (!locked.ok()) return locked.status();
      }
      const std::string checksum = Hex(Sha256(migration.sql));
      ACCORD_ASSIGN_OR_RETURN(
          auto applied, tx.Query<std::string>("select checksum from schema_migration where version = :p1",
                                              migration.version));
      if (!applied.empty()) {
        if (std::get<0>(applied[0]) == checksum) return absl::OkStatus();
        return absl::FailedPreconditionError(
            absl::StrCat("migration ", migration.version, " was changed after it had been applied"));
      }
      const std::string sql = absl::StrReplaceAll(
          migration.sql,
          {{"{autoinc}", tx.postgres() ? "bigserial primary key" : "integer primary key autoincrement"},
           {"{text}", tx.postgres() ? "text collate \"C\"" : "text"}});
      for (absl::string_view statement : absl::StrSplit(sql, ";\n")) {
        statement = Trim(statement);
        if (statement.empty()) continue;
        ACCORD_RETURN_IF_ERROR(tx.Exec(std::string_view(statement.data(), statement.size())).status());
      }
      return tx
          .Exec("insert into schema_migration (version, name, checksum) values (:p1, :p2, :p3)",
                migration.version, migration.name, checksum)
          .status();
    }));
  }
  return Read([&](Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(auto newest,
                            tx.Query<int64_t>("select coalesce(max(version), 0) from schema_migration"));
    int64_t known = 0;
    for (const Migration& migration : migrations) known = std::max<int64_t>(known, migration.version);
    if (std::get<0>(newest[0]) <= known) return absl::OkStatus();
    return absl::FailedPreconditionError("the database has a newer schema than this build knows");
  });
}

}  // namespace accord::storage
