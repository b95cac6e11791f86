#include "common/storage/backup/point.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/storage/database/dsn.h"

namespace accord::storage {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// How long one attempt may keep a writer waiting. PostgreSQL takes a second before it cancels an
// autovacuum for us.
constexpr absl::Duration kTry = absl::Milliseconds(1500);
// The pause between two attempts, in which writers finish.
constexpr absl::Duration kBetween = absl::Milliseconds(300);

// A database's error message may contain values, so it is not passed on.
absl::Status Failed(const char* what) {
  return Refuse(rules::kDatabaseUnavailable, absl::StrCat("The database cannot be ", what, "."));
}

absl::Status CopyOnDisk(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  return done ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", path));
}

class SqliteConnection {
 public:
  ~SqliteConnection() { sqlite3_close_v2(database_); }
  absl::Status Open(const std::string& file, int flags) {
    if (sqlite3_open_v2(file.c_str(), &database_, flags, nullptr) == SQLITE_OK) return absl::OkStatus();
    return Failed("opened");
  }
  void SetPatience(absl::Duration patience) {
    sqlite3_busy_timeout(database_, static_cast<int>(absl::ToInt64Milliseconds(patience)));
  }
  absl::StatusOr<Rows> Query(const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) return Failed("read");
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, &sqlite3_finalize);
    Rows rows;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
      auto& row = rows.emplace_back();
      for (int i = 0; i < sqlite3_column_count(raw); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, i));
        row.emplace_back(text == nullptr ? "" : text);
      }
    }
    if (code == SQLITE_DONE) return rows;
    return Failed("read");
  }
  sqlite3* get() const { return database_; }

 private:
  sqlite3* database_ = nullptr;
};

class SqlitePoint : public Point {
 public:
  absl::Status Open(const std::string& file) {
    ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(file));
    if (!there) return absl::NotFoundError(absl::StrCat("there is no database ", file));
    ACCORD_RETURN_IF_ERROR(holder_.Open(file, SQLITE_OPEN_READWRITE));
    ACCORD_RETURN_IF_ERROR(reader_.Open(file, SQLITE_OPEN_READWRITE));
    reader_.SetPatience(absl::Seconds(10));
    return absl::OkStatus();
  }
  absl::Status Hold(absl::Duration patience) override {
    holder_.SetPatience(patience);
    return holder_.Query("begin immediate").status();
  }
  absl::Status Take() override {
    ACCORD_RETURN_IF_ERROR(reader_.Query("begin").status());
    // The first read makes the snapshot.
    return reader_.Query("select count(*) from sqlite_master").status();
  }
  void Release() override { holder_.Query("rollback").IgnoreError(); }
  absl::StatusOr<Rows> Query(const std::string& sql) override { return reader_.Query(sql); }
  absl::StatusOr<bool> HasTable(std::string_view name) override {
    ACCORD_ASSIGN_OR_RETURN(
        const Rows rows,
        Query(absl::StrCat("select 1 from sqlite_master where type = 'table' and name = ", Quoted(name))));
    return !rows.empty();
  }
  absl::Status Copy(const std::string& to) override;

 private:
  SqliteConnection holder_, reader_;
};

absl::Status SqlitePoint::Copy(const std::string& to) {
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(to));
  if (there) return absl::AlreadyExistsError(absl::StrCat(to, " exists already"));
  // The file is created first with a private mode, and SQLite then writes into it.
  const int fd = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return absl::UnavailableError(absl::StrCat("cannot write ", to));
  close(fd);
  {
    SqliteConnection copy;
    ACCORD_RETURN_IF_ERROR(copy.Open(to, SQLITE_OPEN_READWRITE));
    sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", reader_.get(), "main");
    if (backup == nullptr) return Failed("copied");
    const int copied = sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK || copied != SQLITE_DONE) return Failed("copied");
    // A copy must be a single file, so its write-ahead log is turned off.
    ACCORD_RETURN_IF_ERROR(copy.Query("pragma journal_mode=delete").status());
    ACCORD_ASSIGN_OR_RETURN(const Rows sound, copy.Query("pragma integrity_check"));
    if (sound.size() != 1 || sound[0].at(0) != "ok") {
      return absl::DataLossError(
          absl::StrCat(to,
                       " was copied from a damaged database: restore an older backup, and look at the "
                       "disk"));
    }
  }
  return CopyOnDisk(to);
}

class PostgresConnection {
 public:
  ~PostgresConnection() { PQfinish(connection_); }
  absl::Status Open(const std::string& dsn) {
    connection_ = PQconnectdb(dsn.c_str());
    return PQstatus(connection_) == CONNECTION_OK ? absl::OkStatus() : Failed("reached");
  }
  absl::StatusOr<Rows> Query(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_, sql.c_str()), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return Failed("read");
    Rows rows(PQntuples(result.get()));
    for (int i = 0; i < PQntuples(result.get()); ++i) {
      for (int j = 0; j < PQnfields(result.get()); ++j) rows[i].emplace_back(PQgetvalue(result.get(), i, j));
    }
    return rows;
  }

 private:
  PGconn* connection_ = nullptr;
};

class PostgresPoint : public Point {
 public:
  absl::Status Open(const std::string& dsn) {
    ACCORD_RETURN_IF_ERROR(holder_.Open(dsn));
    return reader_.Open(dsn);
  }
  // Every change writes an event, so a lock on that table stops all writers.
  absl::Status Hold(absl::Duration patience) override {
    ACCORD_ASSIGN_OR_RETURN(const bool changes, HasTable("event"));
    if (!changes) return absl::OkStatus();
    return holder_
        .Query(absl::StrCat("begin; set local lock_timeout = ", absl::ToInt64Milliseconds(patience),
                            "; lock table event in share mode"))
        .status();
  }
  absl::Status Take() override {
    ACCORD_RETURN_IF_ERROR(reader_.Query("begin isolation level repeatable read read only").status());
    ACCORD_ASSIGN_OR_RETURN(const Rows rows, reader_.Query("select pg_export_snapshot()"));
    snapshot_ = rows.at(0).at(0);
    return absl::OkStatus();
  }
  void Release() override { holder_.Query("rollback").IgnoreError(); }
  absl::StatusOr<Rows> Query(const std::string& sql) override { return reader_.Query(sql); }
  absl::StatusOr<bool> HasTable(std::string_view name) override {
    ACCORD_ASSIGN_OR_RETURN(
        const Rows rows,
        Query(absl::StrCat("select 1 from pg_tables where schemaname = current_schema() and tablename = ",
                           Quoted(name))));
    return !rows.empty();
  }
  absl::Status Copy(const std::string&) override {
    return absl::UnimplementedError("pg_dump copies PostgreSQL");
  }
  std::string snapshot() const override { return snapshot_; }

 private:
  PostgresConnection holder_, reader_;
  std::string snapshot_;
};

// Returns true if all writers are paused; otherwise none is.
bool HoldAll(const std::vector<Point*>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i]->Hold(kTry).ok()) continue;
    // On PostgreSQL the database that failed has a transaction to end as well.
    for (std::size_t j = 0; j <= i; ++j) points[j]->Release();
    return false;
  }
  return true;
}

}  // namespace

std::string Point::Quoted(std::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(absl::string_view(text.data(), text.size()), {{"'", "''"}}),
                      "'");
}

absl::StatusOr<std::unique_ptr<Point>> Point::Open(const std::string& dsn) {
  if (IsPostgres(dsn)) {
    auto point = std::make_unique<PostgresPoint>();
    ACCORD_RETURN_IF_ERROR(point->Open(dsn));
    return std::unique_ptr<Point>(std::move(point));
  }
  auto point = std::make_unique<SqlitePoint>();
  ACCORD_RETURN_IF_ERROR(point->Open(dsn));
  return std::unique_ptr<Point>(std::move(point));
}

absl::Status TakeTogether(const std::vector<Point*>& held, const std::vector<Point*>& after,
                          absl::Duration patience) {
  const absl::Time until = absl::Now() + patience;
  while (!HoldAll(held)) {
    if (absl::Now() >= until) {
      return Refuse(rules::kWritersDidNotPause,
                    "A service did not end its transactions: look for one that hangs, and try again.");
    }
    absl::SleepFor(kBetween);
  }
  absl::Status taken;
  for (const auto* points : {&held, &after}) {
    for (Point* point : *points) {
      if (taken.ok()) taken = point->Take();
    }
  }
  for (Point* point : held) point->Release();
  return taken;
}

}  // namespace accord::storage
