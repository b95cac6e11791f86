#include "services/supports/orders/order_tag_store.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/name_key.h"
#include "common/storage/sealing/keyring.h"

namespace accord::supports {

using storage::Transaction;

namespace {

absl::StatusOr<std::string> OrderTagOf(Transaction& tx, const std::string& what, const std::string& value) {
  if (tx.keyring() == nullptr) {
    return Refuse(rules::kSealKeyMissing, "This database was opened without a keyring.");
  }
  return tx.keyring()->Index(what, value);
}

// This gives the key by which names are compared. A name that has neither letters nor digits is compared as
// folded text.
std::string OrderTagNameKey(const std::string& name) {
  std::string key = NameKey(name);
  return key.empty() ? Folded(name) : key;
}

absl::StatusOr<std::set<std::string>> TagsOfOrder(Transaction& tx, const v1::RestrainingOrder& order) {
  std::set<std::string> tags;
  ACCORD_ASSIGN_OR_RETURN(const Tags of_file, CourtFileTags(tx, order.court_file_no()));
  // While two versions of this service run, the older one looks only for the second tag.
  tags.insert(of_file.begin(), of_file.end());
  const v1::Respondent& respondent = order.respondent();
  if (respondent.birth_date().empty()) return tags;
  std::vector<std::string> names(respondent.aliases().begin(), respondent.aliases().end());
  names.push_back(respondent.full_name());
  for (const std::string& name : names) {
    ACCORD_ASSIGN_OR_RETURN(const Tags of_name, RespondentTags(tx, name, respondent.birth_date()));
    tags.insert(of_name.begin(), of_name.end());
  }
  return tags;
}

// This gives the tag of a file number of a court.
absl::StatusOr<std::string> OrderTagOfCourtFile(Transaction& tx, const std::string& court,
                                                const std::string& number) {
  return OrderTagOf(tx, "restraining_order.court_file", absl::StrCat(court, "\n", number));
}

}  // namespace

absl::StatusOr<Tags> RespondentTags(Transaction& tx, const std::string& name, const std::string& birth_date) {
  Tags tags;
  for (const std::string& key : {OrderTagNameKey(name), FoldedBefore(name)}) {
    ACCORD_ASSIGN_OR_RETURN(
        std::string tag, OrderTagOf(tx, "restraining_order.respondent", absl::StrCat(birth_date, "\n", key)));
    tags.push_back(std::move(tag));
  }
  return tags;
}

absl::StatusOr<Tags> CourtFileTags(Transaction& tx, const std::string& court_file_no) {
  Tags tags;
  for (const std::string& key : {NumberKey(court_file_no), FoldedBefore(court_file_no)}) {
    ACCORD_ASSIGN_OR_RETURN(std::string tag, OrderTagOf(tx, "restraining_order.court_file_no", key));
    tags.push_back(std::move(tag));
  }
  return tags;
}

absl::Status TagOrder(Transaction& tx, const v1::RestrainingOrder& order) {
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from order_tag where restraining_order = :p1", order.name()).status());
  if (order.state() != v1::RESTRAINING_ORDER_STATE_GRANTED) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto tags, TagsOfOrder(tx, order));
  for (const std::string& tag : tags) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into order_tag (tag, restraining_order) values (:p1, :p2)", tag, order.name())
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::set<std::string>> OrdersTagged(Transaction& tx, const Tags& tags) {
  std::set<std::string> names;
  for (const std::string& tag : tags) {
    ACCORD_ASSIGN_OR_RETURN(
        auto rows, tx.Query<std::string>("select restraining_order from order_tag where tag = :p1", tag));
    for (auto& [name] : rows) names.insert(std::move(name));
  }
  return names;
}

absl::StatusOr<bool> TagCourtFile(Transaction& tx, const v1::RestrainingOrder& order) {
  const std::string agency(OwnerOf(order.name()));
  ACCORD_ASSIGN_OR_RETURN(const std::string before, OrderTagOfCourtFile(tx, FoldedBefore(order.court()),
                                                                        FoldedBefore(order.court_file_no())));
  ACCORD_ASSIGN_OR_RETURN(const auto known,
                          tx.Query<std::string>("select restraining_order from order_court_file where "
                                                "agency = :p1 and tag = :p2",
                                                agency, before));
  if (!known.empty()) return false;
  ACCORD_ASSIGN_OR_RETURN(const std::string tag, OrderTagOfCourtFile(tx, OrderTagNameKey(order.court()),
                                                                     NumberKey(order.court_file_no())));
  ACCORD_ASSIGN_OR_RETURN(const int64_t taken,
                          tx.Exec("insert into order_court_file (agency, tag, restraining_order) "
                                  "values (:p1, :p2, :p3) on conflict do nothing",
                                  agency, tag, order.name()));
  return taken == 1;
}

absl::Status UntagCourtFile(Transaction& tx, const v1::RestrainingOrder& order) {
  const std::string agency(OwnerOf(order.name()));
  ACCORD_ASSIGN_OR_RETURN(const std::string before, OrderTagOfCourtFile(tx, FoldedBefore(order.court()),
                                                                        FoldedBefore(order.court_file_no())));
  ACCORD_ASSIGN_OR_RETURN(const std::string tag, OrderTagOfCourtFile(tx, OrderTagNameKey(order.court()),
                                                                     NumberKey(order.court_file_no())));
  return tx
      .Exec(
          "delete from order_court_file where agency = :p1 and tag in (:p2, :p3) and "
          "restraining_order = :p4",
          agency, tag, before, order.name())
      .status();
}

}  // namespace accord::supports
