#include "services/supports/orders/order_lookup_store.h"

#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::supports {

absl::StatusOr<LookupMisses> CountLookupMisses(storage::Transaction& tx, const std::string& agency,
                                               const std::string& actor, absl::CivilDay day) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<std::string, int64_t>(
                              "select actor, misses from order_lookup_miss where agency = :p1 and day = :p2",
                              agency, FormatDay(day))));
  LookupMisses misses;
  for (const auto& [who, n] : rows) {
    misses.of_agency += n;
    if (who == actor) misses.of_person += n;
  }
  return misses;
}

absl::Status NoteLookupMiss(storage::Transaction& tx, const std::string& agency, const std::string& actor,
                            absl::CivilDay day) {
  const std::string today = FormatDay(day);
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from order_lookup_miss where agency = :p1 and day < :p2", agency, today).status());
  return tx
      .Exec(
          "insert into order_lookup_miss (agency, day, actor, misses) values (:p1, :p2, :p3, 1) "
          "on conflict (agency, day, actor) do update set misses = order_lookup_miss.misses + 1",
          agency, today, actor)
      .status();
}

absl::Status NoteOrderShownByLookup(storage::Transaction& tx, const std::string& order,
                                    const std::string& lookup) {
  return tx.Exec("insert into order_shown (restraining_order, order_lookup) values (:p1, :p2)", order, lookup)
      .status();
}

absl::StatusOr<std::vector<std::string>> TakeLookupsThatShowed(storage::Transaction& tx,
                                                               const std::string& order) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, tx.Query<std::string>("select order_lookup from order_shown where "
                                                           "restraining_order = :p1 order by order_lookup",
                                                           order));
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from order_shown where restraining_order = :p1", order).status());
  std::vector<std::string> lookups;
  for (auto& [lookup] : rows) lookups.push_back(std::move(lookup));
  return lookups;
}

}  // namespace accord::supports
