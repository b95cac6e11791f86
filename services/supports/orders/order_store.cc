#include "services/supports/orders/order_store.h"

#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/storage/sealing/keyring.h"

namespace accord::supports {

using storage::Transaction;

namespace {

absl::StatusOr<std::string> TagOf(Transaction& tx, const std::string& what, const std::string& value) {
  if (tx.keyring() == nullptr) {
    return Refuse(rules::kSealKeyMissing, "This database was opened without a keyring.");
  }
  return tx.keyring()->Index(what, value);
}

absl::StatusOr<std::set<std::string>> TagsOf(Transaction& tx, const v1::RestrainingOrder& order) {
  std::set<std::string> tags;
  ACCORD_ASSIGN_OR_RETURN(std::string tag, CourtFileTag(tx, order.court_file_no()));
  tags.insert(std::move(tag));
  const v1::Respondent& respondent = order.respondent();
  if (respondent.birth_date().empty()) return tags;
  std::vector<std::string> names(respondent.aliases().begin(), respondent.aliases().end());
  names.push_back(respondent.full_name());
  for (const std::string& name : names) {
    ACCORD_ASSIGN_OR_RETURN(std::string of_name, RespondentTag(tx, name, respondent.birth_date()));
    tags.insert(std::move(of_name));
  }
  return tags;
}

}  // namespace

absl::StatusOr<std::string> RespondentTag(Transaction& tx, const std::string& name,
                                          const std::string& birth_date) {
  return TagOf(tx, "restraining_order.respondent", absl::StrCat(birth_date, "\n", FoldedBefore(name)));
}

absl::StatusOr<std::string> CourtFileTag(Transaction& tx, const std::string& court_file_no) {
  return TagOf(tx, "restraining_order.court_file_no", FoldedBefore(court_file_no));
}

absl::Status IndexOrder(Transaction& tx, const v1::RestrainingOrder& order) {
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from order_tag where restraining_order = :p1", order.name()).status());
  if (order.state() != v1::RESTRAINING_ORDER_STATE_GRANTED) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto tags, TagsOf(tx, order));
  for (const std::string& tag : tags) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into order_tag (tag, restraining_order) values (:p1, :p2)", tag, order.name())
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> OrdersTagged(Transaction& tx, const std::string& tag) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, tx.Query<std::string>("select restraining_order from order_tag where "
                                                           "tag = :p1 order by restraining_order",
                                                           tag));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::StatusOr<bool> TakeCourtFile(Transaction& tx, const v1::RestrainingOrder& order) {
  ACCORD_ASSIGN_OR_RETURN(const std::string tag, TagOf(tx, "restraining_order.court_file",
                                                       absl::StrCat(FoldedBefore(order.court()), "\n",
                                                                    FoldedBefore(order.court_file_no()))));
  ACCORD_ASSIGN_OR_RETURN(const int64_t taken,
                          tx.Exec("insert into order_court_file (agency, tag, restraining_order) "
                                  "values (:p1, :p2, :p3) on conflict do nothing",
                                  OwnerOf(order.name()), tag, order.name()));
  return taken == 1;
}

absl::StatusOr<LookupMisses> CountLookupMisses(Transaction& tx, const std::string& agency,
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

absl::Status NoteLookupMiss(Transaction& tx, const std::string& agency, const std::string& actor,
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

absl::Status NoteShownOrder(Transaction& tx, const std::string& order, const std::string& lookup) {
  return tx.Exec("insert into order_shown (restraining_order, order_lookup) values (:p1, :p2)", order, lookup)
      .status();
}

absl::StatusOr<std::vector<std::string>> TakeLookupsOf(Transaction& tx, const std::string& order) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, tx.Query<std::string>("select order_lookup from order_shown where "
                                                           "restraining_order = :p1 order by order_lookup",
                                                           order));
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from order_shown where restraining_order = :p1", order).status());
  std::vector<std::string> lookups;
  for (auto& [lookup] : rows) lookups.push_back(std::move(lookup));
  return lookups;
}

}  // namespace accord::supports
