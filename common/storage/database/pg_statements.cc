#include "common/storage/database/pg_statements.h"

#include <soci/postgresql/soci-postgresql.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace accord::storage {
namespace {

constexpr char kPlanTooOld[] = "0A000";

// This replaces `:p1` by the server's `$1`, but neither in quotes nor in `a::text`.
std::string WithPgParameters(std::string_view sql) {
  std::string out;
  out.reserve(sql.size());
  bool quoted = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'') quoted = !quoted;
    const bool parameter = !quoted && sql[i] == ':' && i + 2 < sql.size() && sql[i + 1] == 'p' &&
                           absl::ascii_isdigit(static_cast<unsigned char>(sql[i + 2])) &&
                           (i == 0 || sql[i - 1] != ':');
    if (!parameter) {
      out += sql[i];
      continue;
    }
    out += '$';
    ++i;
  }
  return out;
}

// SOCI's library does not export the type's description, which the sanitizer's check of casts would need.
__attribute__((no_sanitize("vptr"))) PGconn* ConnectionOf(soci::session& session) {
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

}  // namespace

PgStatements::PgStatements(const std::string& dsn) {
  try {
    session_.open(soci::postgresql, dsn);
  } catch (const soci::soci_error& error) {
    open_error_ = error.what();
    return;
  }
  connection_ = ConnectionOf(session_);
  // The server's notices may contain values, so they are not logged.
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
}

// These are the arguments in the form of libpq: texts, and null for NULL.
struct PgStatements::Arguments {
  explicit Arguments(const std::vector<Value>& params) {
    numbers.reserve(params.size());
    for (const Value& param : params) {
      if (const auto* text = std::get_if<std::string>(&param)) {
        values.push_back(text->c_str());
      } else if (const auto* number = std::get_if<long long>(&param)) {
        numbers.push_back(absl::StrCat(*number));
        values.push_back(numbers.back().c_str());
      } else {
        values.push_back(nullptr);
      }
    }
  }
  int count() const { return static_cast<int>(values.size()); }

  std::vector<std::string> numbers;
  std::vector<const char*> values;
};

void PgStatements::Settle() {
  while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
}

void PgStatements::Send(const char* sql) {
  Settle();
  // If this fails, the next statement reports the error.
  PQsendQuery(connection_, sql);
}

PgResult PgStatements::Plain(const std::string& sql) {
  Settle();
  if (const char* begin = std::exchange(begin_, nullptr)) {
    PgResult begun(PQexec(connection_, begin));
    if (!IsAnswer(begun)) return begun;
  }
  return PgResult(PQexec(connection_, sql.c_str()));
}

void PgStatements::ForgetPrepared() {
  // In a failed transaction the server refuses this, and the statements are kept for now.
  const PgResult forgotten(PQexec(connection_, "deallocate all"));
  if (IsAnswer(forgotten)) names_.clear();
}

PgResult PgStatements::Run(std::string_view sql, const std::vector<Value>& params) {
  Settle();
  const Arguments arguments(params);
  const auto known = names_.find(sql);
  if (known == names_.end()) {
    if (names_.size() >= kMostPrepared) ForgetPrepared();
    bool prepared = false;
    const std::string name = absl::StrCat("accord_", ++named_), text = WithPgParameters(sql);
    PgResult result = RunTogether(name, &text, arguments, &prepared);
    if (prepared) names_.emplace(sql, name);
    return result;
  }
  PgResult result = begin_ != nullptr
                        ? RunTogether(known->second, nullptr, arguments, nullptr)
                        : PgResult(PQexecPrepared(connection_, known->second.c_str(), arguments.count(),
                                                  arguments.values.data(), nullptr, nullptr, 0));
  // The schema has changed since it was prepared, so it must be prepared again.
  if (!IsAnswer(result) && SqlStateOf(result) == kPlanTooOld) names_.erase(known);
  return result;
}

PgResult PgStatements::RunTogether(const std::string& name, const std::string* prepare,
                                   const Arguments& arguments, bool* prepared) {
  const char* begin = std::exchange(begin_, nullptr);
  const bool sent =
      PQenterPipelineMode(connection_) == 1 &&
      (begin == nullptr ||
       PQsendQueryParams(connection_, begin, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1) &&
      (prepare == nullptr || PQsendPrepare(connection_, name.c_str(), prepare->c_str(), 0, nullptr) == 1) &&
      PQsendQueryPrepared(connection_, name.c_str(), arguments.count(), arguments.values.data(), nullptr,
                          nullptr, 0) == 1 &&
      PQpipelineSync(connection_) == 1;
  PgResult result;
  int answers = 0;
  while (sent) {
    PgResult next(PQgetResult(connection_));
    if (next == nullptr) {
      // The results of one statement end here, or the connection was lost.
      if (lost()) break;
      continue;
    }
    if (PQresultStatus(next.get()) == PGRES_PIPELINE_SYNC) break;
    if (result != nullptr && !IsAnswer(result)) continue;
    result = std::move(next);
    if (IsAnswer(result)) ++answers;
  }
  PQexitPipelineMode(connection_);
  if (prepared != nullptr) *prepared = answers >= (begin != nullptr ? 2 : 1);
  return result;
}

}  // namespace accord::storage
