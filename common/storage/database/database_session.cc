#include "common/storage/database/database_session.h"

#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/storage/database/checkpoints.h"
#include "common/storage/database/dsn.h"

namespace accord::storage {
namespace {

// Primary SQLite result codes; sqlite3.h must not be seen before SOCI's header, and these never change.
constexpr int kSqliteBusy = 5, kSqliteLocked = 6, kSqliteTooBig = 18, kSqliteConstraint = 19,
              kSqliteMismatch = 20;

absl::Status Busy() { return Refuse(rules::kDatabaseBusy, "The database is busy; try again."); }
absl::Status Unavailable() {
  return Refuse(rules::kDatabaseUnavailable, "The database cannot be reached; try again.");
}
absl::Status Taken() { return Refuse(rules::kAlreadyExists, "There is one already."); }

// The text of a database error holds bound values: only its code is logged, nothing is returned.
absl::Status Internal(const std::string& code, const rules::Rule& rule = rules::kDatabaseError) {
  LogError("database_error", {{"code", code}});
  return Refuse(rule, "The service could not complete this.");
}

// Errors after which the session is of no use: it is gone, forgot its statements, or speaks to a server that
// only reads since another one leads.
bool LosesConnection(const std::string& state) {
  return absl::StartsWith(state, "08") || absl::StartsWith(state, "57P") || state == "25P03" ||
         state == "26000" || state == "25006" || state == "00000" ||
         state.find_first_not_of(std::string(1, '\0') + " ") == std::string::npos;
}

absl::Status FromSqlState(const std::string& state, bool* broken) {
  if (state == "40001" || state == "40P01" || state == "55P03") return Busy();
  if (state == "23505") return Taken();
  if (state == "57014") {
    return Refuse(rules::kDatabaseTimeout, "The database took too long; try again.");
  }
  // A value that the database cannot hold, or holds no such rows for.
  if (absl::StartsWith(state, "22") || absl::StartsWith(state, "23") || absl::StartsWith(state, "54")) {
    return Internal(state, rules::kDatabaseValueRefused);
  }
  if (state == "42501" || state == "3F000") return Internal(state, rules::kDatabaseNotPermitted);
  // Class 53 says that the server has run out of disk, memory or connections.
  if (absl::StartsWith(state, "53")) {
    LogError("database_exhausted", {{"sqlstate", state}});
    return Unavailable();
  }
  if (LosesConnection(state)) {
    *broken = true;
    LogWarning("database_connection_lost", {{"sqlstate", state}});
    return Unavailable();
  }
  return Internal(state);
}

}  // namespace

DatabaseSession::DatabaseSession(std::string dsn, int cache_kib, Opening opening)
    : dsn_(std::move(dsn)),
      cache_kib_(cache_kib),
      postgres_(IsPostgres(dsn_)),
      broken_(opening == kWhenNeeded) {}

template <class Fn>
absl::Status DatabaseSession::Guarded(Fn fn) {
  try {
    fn();
    return absl::OkStatus();
  } catch (const soci::sqlite3_soci_error& error) {
    const int code = error.result() & 0xff;
    if (code == kSqliteBusy || code == kSqliteLocked) return Busy();
    if (code == kSqliteConstraint) return Taken();
    if (code == kSqliteTooBig || code == kSqliteMismatch) {
      return Internal(absl::StrCat("sqlite ", error.result()), rules::kDatabaseValueRefused);
    }
    return Internal(absl::StrCat("sqlite ", error.result()));
  } catch (const soci::soci_error&) {
    return Internal("soci");
  }
}

// SOCI leaks the buffers of a statement that failed unless the statement goes too.
template <class Fn>
absl::Status DatabaseSession::GuardedStatement(Fn fn) {
  absl::Status status = Guarded(fn);
  if (!status.ok()) {
    prepared_.erase(last_);
    failure_.Update(status);
  }
  return status;
}

absl::Status DatabaseSession::OpenPostgres() {
  auto opened = std::make_unique<PgStatements>(dsn_);
  if (opened->lost()) {
    // No statement has run, so this names servers, files and roles only; the operator needs it.
    LogWarning("database_not_opened", {{"why", opened->open_error()}});
    return Unavailable();
  }
  postgres_statements_ = std::move(opened);
  return absl::OkStatus();
}

namespace {

// A database is its service's alone, whatever the umask: SQLite makes its other files like the first. Not
// through a descriptor of a file that is there: closing one would give up the locks of all its sessions.
void KeepPrivate(const std::string& file) {
  if (file == ":memory:") return;
  const int fd = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd >= 0) {
    close(fd);
    return;
  }
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    const std::string path = file + suffix;
    struct stat info {};
    if (stat(path.c_str(), &info) != 0 || (info.st_mode & (S_IRWXG | S_IRWXO)) == 0) continue;
    // Fails for who does not own it, and whose it is not to decide.
    if (chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) continue;
  }
}

// SOCI's library keeps the type's description to itself, which the sanitizer's check of casts would need.
__attribute__((no_sanitize("vptr"))) sqlite_api::sqlite3* FileOf(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

// SQLite calls this after each commit, when the writer's lock is free again.
int Committed(void* checkpoints, sqlite_api::sqlite3* connection, const char*, int pages) {
  if (static_cast<Checkpoints*>(checkpoints)->Committed(pages)) {
    sqlite_api::sqlite3_wal_checkpoint(connection, nullptr);
  }
  return 0;
}

}  // namespace

absl::Status DatabaseSession::Open() {
  prepared_.clear();
  postgres_statements_ = nullptr;
  open_transaction_ = false;
  absl::Status status = postgres_ ? OpenPostgres() : Guarded([&] {
    sql_.close();
    KeepPrivate(dsn_);
    sql_.open(soci::sqlite3, absl::StrCat("dbname=\"", dsn_, "\" timeout=10"));
  });
  if (!status.ok()) {
    broken_ = true;
    return status;
  }
  broken_ = false;
  if (postgres_) {
    ACCORD_RETURN_IF_ERROR(Plain("set default_transaction_isolation to 'serializable'"));
    // A process that stops in the middle of a transaction keeps its locks for no longer than this.
    return Plain("set idle_in_transaction_session_timeout to 5000");
  }
  const std::string cache = absl::StrCat("pragma cache_size=-", cache_kib_);
  for (const char* pragma :
       {"pragma journal_mode=wal", "pragma synchronous=full", "pragma foreign_keys=on", cache.c_str()}) {
    if (absl::Status set = Plain(pragma); !set.ok()) {
      // Without them it must not be used: the next transaction opens it anew.
      broken_ = true;
      return set;
    }
  }
  if (checkpoints_ != nullptr) sqlite_api::sqlite3_wal_hook(FileOf(sql_), Committed, checkpoints_);
  return absl::OkStatus();
}

absl::Status DatabaseSession::Begin(const char* begin, Kind kind) {
  failure_ = absl::OkStatus();
  if (broken_) ACCORD_RETURN_IF_ERROR(Open());
  begin_ = begin;
  kind_ = kind;
  if (postgres_) {
    postgres_statements_->BeginLater(begin);
    open_transaction_ = true;
    return absl::OkStatus();
  }
  const absl::Status status = Plain(begin);
  open_transaction_ = status.ok();
  return status;
}

absl::Status DatabaseSession::Outcome(absl::Status status) {
  absl::Status failure = std::exchange(failure_, absl::OkStatus());
  if (failure.ok()) return status;
  return status.ok() || absl::IsUnavailable(failure) ? failure : status;
}

absl::Status DatabaseSession::Mark() {
  failure_ = absl::OkStatus();
  return Plain("savepoint part");
}

absl::Status DatabaseSession::Keep() { return Plain("release savepoint part"); }

absl::Status DatabaseSession::Undo() {
  failure_ = absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(Plain("rollback to savepoint part"));
  return Plain("release savepoint part");
}

absl::Status DatabaseSession::Commit() {
  absl::Status status = Outcome(absl::OkStatus());
  if (status.ok()) status = End();
  if (status.ok()) {
    open_transaction_ = false;
  } else {
    Rollback();
  }
  return status;
}

absl::Status DatabaseSession::End() {
  if (!postgres_) return Plain("commit");
  if (postgres_statements_->not_begun()) {
    postgres_statements_->ForgetBegin();
    return absl::OkStatus();
  }
  if (kind_ == kWrites) return Plain("commit");
  // What a reading transaction has read was right, even if its end fails.
  postgres_statements_->Send("commit");
  return absl::OkStatus();
}

void DatabaseSession::Rollback() {
  if (!std::exchange(open_transaction_, false) || broken_) return;
  if (postgres_ && postgres_statements_->not_begun()) return postgres_statements_->ForgetBegin();
  if (!Plain("rollback").ok()) broken_ = true;
}

absl::Status DatabaseSession::Plain(const std::string& sql) {
  if (postgres_)
    return postgres_statements_ == nullptr ? Unavailable() : Judge(postgres_statements_->Plain(sql));
  return Guarded([&] { sql_.once << sql; });
}

absl::Status DatabaseSession::Judge(const PgResult& result) {
  if (IsAnswer(result)) return absl::OkStatus();
  if (postgres_statements_->lost()) broken_ = true;
  return FromSqlState(StateOf(result), &broken_);
}

absl::Status DatabaseSession::RunOnPostgres(std::string_view sql, const std::vector<Value>& params,
                                            PgResult* result) {
  // PostgreSQL refuses all that comes after a failure, whatever it is.
  ACCORD_RETURN_IF_ERROR(failure_);
  const bool first = postgres_statements_ != nullptr && postgres_statements_->not_begun();
  const auto run = [&] {
    if (postgres_statements_ == nullptr) return Unavailable();
    *result = postgres_statements_->Run(sql, params);
    return Judge(*result);
  };
  absl::Status status = run();
  if (broken_ && first) {
    // The pool may hand out a connection that died while idle: no work is lost by trying a new one.
    status = Open();
    if (status.ok()) {
      postgres_statements_->BeginLater(begin_);
      open_transaction_ = true;
      status = run();
    }
  }
  failure_ = status;
  return status;
}

DatabaseSession::Prepared& DatabaseSession::Prepare(std::string_view sql,
                                                    const std::vector<bool>& text_columns,
                                                    const std::vector<Value>& params) {
  // The same text with other types is another statement.
  std::string key(sql);
  for (const Value& param : params) key += std::holds_alternative<long long>(param) ? 'i' : 't';
  last_ = key;
  // What callers ask for decides how many texts there are.
  if (prepared_.size() >= kMostPrepared && !prepared_.contains(key)) prepared_.clear();
  auto [it, fresh] = prepared_.try_emplace(std::move(key));
  Prepared& prepared = it->second;
  if (!fresh) return prepared;
  try {
    prepared.statement = std::make_unique<soci::statement>(sql_);
    prepared.statement->alloc();
    const auto slot = [](auto& slots, bool is_text) {
      slots.push_back(std::make_unique<Slot>());
      slots.back()->is_text = is_text;
      return slots.back().get();
    };
    for (bool is_text : text_columns) {
      Slot* s = slot(prepared.out, is_text);
      if (is_text) {
        prepared.statement->exchange(soci::into(s->text, s->indicator));
      } else {
        prepared.statement->exchange(soci::into(s->number, s->indicator));
      }
    }
    for (std::size_t i = 0; i < params.size(); ++i) {
      Slot* s = slot(prepared.in, !std::holds_alternative<long long>(params[i]));
      const std::string name = absl::StrCat("p", i + 1);
      if (s->is_text) {
        prepared.statement->exchange(soci::use(s->text, s->indicator, name));
      } else {
        prepared.statement->exchange(soci::use(s->number, s->indicator, name));
      }
    }
    prepared.statement->prepare(std::string(sql));
    prepared.statement->define_and_bind();
  } catch (...) {
    prepared_.erase(it);
    throw;
  }
  return prepared;
}

namespace {

absl::Status RefuseNul(const std::vector<Value>& params) {
  for (const Value& param : params) {
    const auto* text = std::get_if<std::string>(&param);
    if (text != nullptr && text->find('\0') != std::string::npos) {
      return Refuse(rules::kTextWithNul, "Text must not contain NUL.");
    }
  }
  return absl::OkStatus();
}

template <class Slots>
void Fill(const Slots& slots, const std::vector<Value>& params) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    auto& slot = *slots[i];
    slot.indicator = std::holds_alternative<std::monostate>(params[i]) ? soci::i_null : soci::i_ok;
    if (const auto* number = std::get_if<long long>(&params[i])) slot.number = *number;
    if (const auto* text = std::get_if<std::string>(&params[i])) slot.text = *text;
  }
}

}  // namespace

absl::StatusOr<int64_t> DatabaseSession::Execute(std::string_view sql, const std::vector<Value>& params) {
  ACCORD_RETURN_IF_ERROR(RefuseNul(params));
  if (postgres_) {
    PgResult result;
    ACCORD_RETURN_IF_ERROR(RunOnPostgres(sql, params, &result));
    return ChangedBy(result);
  }
  int64_t rows = 0;
  ACCORD_RETURN_IF_ERROR(GuardedStatement([&] {
    Prepared& prepared = Prepare(sql, {}, params);
    Fill(prepared.in, params);
    prepared.statement->execute(true);
    rows = prepared.statement->get_affected_rows();
  }));
  return rows;
}

absl::StatusOr<std::vector<std::vector<Value>>> DatabaseSession::Fetch(std::string_view sql,
                                                                       const std::vector<bool>& text_columns,
                                                                       const std::vector<Value>& params,
                                                                       ByteLimit* limit) {
  ACCORD_RETURN_IF_ERROR(RefuseNul(params));
  if (postgres_) {
    PgResult result;
    ACCORD_RETURN_IF_ERROR(RunOnPostgres(sql, params, &result));
    return RowsOf(result, text_columns, limit);
  }
  std::vector<std::vector<Value>> rows;
  std::size_t bytes = 0;
  ACCORD_RETURN_IF_ERROR(GuardedStatement([&] {
    Prepared& prepared = Prepare(sql, text_columns, params);
    Fill(prepared.in, params);
    for (bool more = prepared.statement->execute(true); more; more = prepared.statement->fetch()) {
      std::vector<Value> row;
      for (const auto& slot : prepared.out) {
        if (slot->indicator == soci::i_null) {
          row.emplace_back();
        } else if (slot->is_text) {
          bytes += slot->text.size();
          row.emplace_back(slot->text);
        } else {
          row.emplace_back(slot->number);
        }
      }
      if (limit != nullptr && bytes > limit->bytes && !rows.empty()) {
        limit->reached = true;
        // Ends the scan where it is.
        prepared_.erase(last_);
        return;
      }
      rows.push_back(std::move(row));
    }
  }));
  return rows;
}

}  // namespace accord::storage
