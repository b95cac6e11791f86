#include "common/aggregates/office_counts.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "common/aggregates/suppress.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/database/row_set.h"
#include "common/storage/records/schedule.h"

namespace accord {
namespace {

using storage::Transaction;

constexpr char kTable[] = R"sql(
create table office_count (tally {text} not null primary key, n bigint not null, at_us bigint not null);
insert into due (kind, name, at_us) values ('{kind}', '{kind}', 0);
grant delete on office_count to {app}
)sql";

absl::Status StoreOfficeCounts(Transaction& tx, const Tallies& tallies, absl::Time at) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from office_count").status());
  storage::RowSet rows("office_count", {{"tally", storage::RowSet::kText},
                                        {"n", storage::RowSet::kNumber},
                                        {"at_us", storage::RowSet::kNumber}});
  const long long at_us = absl::ToUnixMicros(at);
  // The row with the empty label holds the time of the count, even if there is nothing to count.
  rows.Add({std::string(), 0LL, at_us});
  for (const auto& [label, n] : tallies) rows.Add({label, static_cast<long long>(n), at_us});
  return rows.Insert(tx, storage::RowSet::kFail);
}

// This gives the end of the period of this many months that begins with the month of `now`, which is a
// midnight in Ontario.
absl::Time PeriodEnd(absl::Time now, int months) {
  const absl::CivilMonth next = absl::CivilMonth(OntarioDay(now)) + months;
  return EndOfDay(absl::CivilDay(next) - 1);
}

}  // namespace

void KeepOfficeCounts(int version, const std::string& kind, std::vector<storage::Migration>* migrations) {
  migrations->push_back({version, "what the office counts", absl::StrReplaceAll(kTable, {{"{kind}", kind}})});
}

std::vector<ShownTally> ShownTable(const Tallies& tallies, std::string_view table, int64_t small_cell) {
  const std::string prefix = std::string(table) + "/";
  std::vector<ShownTally> shown;
  std::vector<int64_t> cells;
  for (const auto& [label, count] : tallies) {
    if (!absl::StartsWith(label, prefix)) continue;
    shown.push_back({label, std::nullopt});
    cells.push_back(count);
  }
  const auto counts = Suppress(cells, small_cell);
  for (std::size_t i = 0; i < shown.size(); ++i) shown[i].count = counts[i];
  return shown;
}

absl::StatusOr<OfficeCounts> ReadOfficeCounts(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<std::string, int64_t, int64_t>("select tally, n, at_us from office_count order by tally")));
  OfficeCounts counts;
  for (auto& [label, n, at_us] : rows) {
    counts.at = absl::FromUnixMicros(at_us);
    if (!label.empty()) counts.tallies.emplace_back(std::move(label), n);
  }
  return counts;
}

std::function<absl::Status(Transaction&, const std::string& name, absl::Time now)> CountAtPeriodEnds(
    std::string kind, int months, std::function<absl::StatusOr<Tallies>(Transaction&)> count) {
  return [kind = std::move(kind), months = std::max(months, 1), count = std::move(count)](
             Transaction& tx, const std::string& name, absl::Time now) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const Tallies tallies, count(tx));
    ACCORD_RETURN_IF_ERROR(StoreOfficeCounts(tx, tallies, now));
    return storage::Schedule(tx, kind, name, PeriodEnd(now, months));
  };
}

}  // namespace accord
