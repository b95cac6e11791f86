#include "common/storage/database/database_session.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/storage/database/database_faults.h"
#include "common/storage/database/dsn.h"
#include "common/storage/database/sqlite_file.h"

namespace accord::storage {

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
    return FromSqlite(error.result());
  } catch (const soci::soci_error&) {
    return DatabaseFault("soci");
  }
}

// SOCI leaks the buffers of a statement that failed unless the statement goes too.
template <class Fn>
absl::Status DatabaseSession::GuardedStatement(Fn fn) {
  absl::Status status = Guarded(fn);
  if (!status.ok()) {
    sqlite_statements_.ForgetLast();
    failure_.Update(status);
  }
  return status;
}

absl::Status DatabaseSession::OpenPostgres() {
  auto opened = std::make_unique<PgStatements>(dsn_);
  if (opened->lost()) {
    // No statement has run, so this names servers, files and roles only; the operator needs it.
    LogWarning("database_not_opened", {{"why", opened->open_error()}});
    return DatabaseUnavailable();
  }
  postgres_statements_ = std::move(opened);
  return absl::OkStatus();
}

absl::Status DatabaseSession::Open() {
  sqlite_statements_.Forget();
  postgres_statements_ = nullptr;
  open_transaction_ = false;
  absl::Status status = postgres_ ? OpenPostgres() : Guarded([&] {
    sql_.close();
    KeepSqliteFilePrivate(dsn_);
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
  if (checkpoints_ != nullptr) LeaveWriteAheadLogTo(checkpoints_, &sql_);
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
    return postgres_statements_ == nullptr ? DatabaseUnavailable() : Judge(postgres_statements_->Plain(sql));
  return Guarded([&] { sql_.once << sql; });
}

absl::Status DatabaseSession::Judge(const PgResult& result) {
  if (IsAnswer(result)) return absl::OkStatus();
  if (postgres_statements_->lost()) broken_ = true;
  return FromSqlState(SqlStateOf(result), &broken_);
}

absl::Status DatabaseSession::RunOnPostgres(std::string_view sql, const std::vector<Value>& params,
                                            PgResult* result) {
  // PostgreSQL refuses all that comes after a failure, whatever it is.
  ACCORD_RETURN_IF_ERROR(failure_);
  const bool first = postgres_statements_ != nullptr && postgres_statements_->not_begun();
  const auto run = [&] {
    if (postgres_statements_ == nullptr) return DatabaseUnavailable();
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

}  // namespace

absl::StatusOr<int64_t> DatabaseSession::Execute(std::string_view sql, const std::vector<Value>& params) {
  ACCORD_RETURN_IF_ERROR(RefuseNul(params));
  if (postgres_) {
    PgResult result;
    ACCORD_RETURN_IF_ERROR(RunOnPostgres(sql, params, &result));
    return RowsChangedBy(result);
  }
  int64_t rows = 0;
  ACCORD_RETURN_IF_ERROR(GuardedStatement([&] { rows = sqlite_statements_.Execute(sql, params); }));
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
    return RowsInResult(result, text_columns, limit);
  }
  std::vector<std::vector<Value>> rows;
  ACCORD_RETURN_IF_ERROR(
      GuardedStatement([&] { rows = sqlite_statements_.Fetch(sql, text_columns, params, limit); }));
  return rows;
}

}  // namespace accord::storage
