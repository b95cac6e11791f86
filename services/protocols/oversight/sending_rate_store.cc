#include "services/protocols/oversight/sending_rate_store.h"

#include <map>
#include <string>

#include "common/base/error.h"
#include "common/storage/database/row_set.h"

namespace accord::protocols {
namespace {

// A referral that is counted late belongs to an earlier hour, whose days reach back further.
constexpr int64_t kLateHours = 24;

int64_t SendingHourOf(absl::Time at) { return absl::ToUnixSeconds(at) / 3600; }

absl::StatusOr<SendingRate> RateOf(storage::Transaction& tx, const std::string& agency, int64_t hour,
                                   int days) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<int64_t, int64_t>(
          "select cast(coalesce(sum(n), 0) as bigint), coalesce(max(case when hour = :p1 then n else 0 end), "
          "0) from sent where agency = :p2 and hour >= :p3 and hour <= :p4",
          hour, agency, hour - days * 24, hour)));
  const auto [all, this_hour] = rows.at(0);
  return SendingRate{agency, absl::FromUnixSeconds(hour * 3600), static_cast<int>(this_hour),
                     static_cast<double>(all - this_hour) / (days * 24)};
}

}  // namespace

absl::Status NoteReferralSent(storage::Transaction& tx, const std::string& agency, absl::Time now) {
  return tx.Exec("insert into sending (agency, hour) values (:p1, :p2)", agency, SendingHourOf(now)).status();
}

absl::StatusOr<CountedRates> CountSendingRates(storage::Transaction& tx, int days, int limit) {
  ACCORD_ASSIGN_OR_RETURN(const auto notes,
                          (tx.Query<int64_t, std::string, int64_t>(
                              "select seq, agency, hour from sending order by seq limit :p1", limit)));
  CountedRates counted{static_cast<int>(notes.size()), {}};
  std::map<std::pair<int64_t, std::string>, int64_t> more;
  // Only the rows that were read are deleted, because a row with a lower number may still be committed.
  storage::RowSet done("sending", {{"seq", storage::RowSet::kNumber}});
  for (const auto& [seq, agency, hour] : notes) {
    ++more[{hour, agency}];
    done.Add({static_cast<long long>(seq)});
  }
  for (const auto& [key, n] : more) {
    const auto& [hour, agency] = key;
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into sent (agency, hour, n) values (:p1, :p2, :p3) "
                                   "on conflict (agency, hour) do update set n = sent.n + excluded.n",
                                   agency, hour, n)
                               .status());
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("delete from sent where agency = :p1 and hour < :p2", agency, hour - days * 24 - kLateHours)
            .status());
    ACCORD_ASSIGN_OR_RETURN(SendingRate rate, RateOf(tx, agency, hour, days));
    counted.rates.push_back(std::move(rate));
  }
  ACCORD_RETURN_IF_ERROR(done.Delete(tx));
  return counted;
}

}  // namespace accord::protocols
