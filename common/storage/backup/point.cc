#include "common/storage/backup/point.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/storage/backup/postgres_point.h"
#include "common/storage/backup/sqlite_point.h"
#include "common/storage/database/dsn.h"

namespace accord::storage {
namespace {

// This is how long one attempt may keep a writer waiting. PostgreSQL takes a second before it cancels an
// autovacuum for us.
constexpr absl::Duration kTry = absl::Milliseconds(1500);
// This is the pause between two attempts, in which writers finish.
constexpr absl::Duration kBetween = absl::Milliseconds(300);

// This returns true if all writers are paused; otherwise none is.
bool PauseWriters(const std::vector<Point*>& points) {
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

absl::Status TakePointsTogether(const std::vector<Point*>& held, const std::vector<Point*>& after,
                                absl::Duration patience) {
  const absl::Time until = absl::Now() + patience;
  while (!PauseWriters(held)) {
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
