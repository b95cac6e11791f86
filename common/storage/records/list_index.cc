#include "common/storage/records/list_index.h"

#include <google/protobuf/message.h>

#include <memory>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/listing/fields.h"
#include "common/listing/index_rows.h"
#include "common/storage/records/visible_rows.h"
#include "common/storage/sealing/body.h"

namespace accord::storage {
namespace {

// Fields that lists compare are never sealed, so no key is needed.
listing::ResourceRows ListRowsOfStored(std::string_view service, const std::string& kind,
                                       const std::string& name, const std::string& body) {
  const auto* type = ResourceOf(service, OpenKind(kind), name);
  if (type == nullptr || listing::FieldsOf(*type).empty()) return {};
  const std::unique_ptr<google::protobuf::Message> resource(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  if (ReadOpenLine(body, resource.get())) return listing::IndexRows(*resource);
  LogWarning("list_rows_unreadable", {{"kind", kind}});
  return {};
}

absl::Status WriteListRows(Transaction& tx, const std::string& kind, const std::string& name,
                           const listing::ResourceRows& rows) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto stored,
      (tx.Query<std::string, std::string, std::string>(
          "select agency, field, value from visible where kind = :p1 and name = :p2", kind, name)));
  std::set<std::tuple<std::string, std::string, std::string>> wanted, there;
  for (const auto& row : stored) {
    const auto& [agency, field, value] = row;
    if (listing::IsRowOfLists(field)) there.insert(row);
    if (!field.empty() || !value.empty()) continue;
    for (const auto& [of_viewer, its_value] : rows.of_viewers) wanted.emplace(agency, of_viewer, its_value);
    for (const auto& [own, its_value] : rows.own) wanted.emplace(kOwnRows, own, its_value);
  }
  RowSet gone = VisibleRows(), added = VisibleRows();
  const auto add_to = [&](RowSet* set, const auto& row) {
    const auto& [agency, field, value] = row;
    set->Add({kind, agency, field, value, name});
  };
  for (const auto& row : there) {
    if (!wanted.contains(row)) add_to(&gone, row);
  }
  for (const auto& row : wanted) {
    if (!there.contains(row)) add_to(&added, row);
  }
  ACCORD_RETURN_IF_ERROR(gone.Delete(tx));
  return added.Insert(tx, RowSet::kFail);
}

}  // namespace

absl::Status CheckListed(Transaction& tx, const std::string& kind) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>(kUnlistedOfKind, kind));
  if (rows.empty()) return absl::OkStatus();
  return Refuse(
      rules::kListNotReady,
      "What is stored is still being indexed for filters and orders; the list without them is whole.");
}

absl::StatusOr<bool> SomeUnlisted(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>(kUnlistedOfAny));
  return !rows.empty();
}

absl::StatusOr<int> ListOlder(Transaction& tx, std::string_view service, int limit) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto unlisted,
      (tx.Query<std::string, std::string, int64_t, std::string>(
          "select kind, name, version, body from resource where listed <> version order by kind, name limit :p1",
          limit)));
  for (const auto& [kind, name, version, body] : unlisted) {
    ACCORD_RETURN_IF_ERROR(WriteListRows(tx, kind, name, ListRowsOfStored(service, kind, name, body)));
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update resource set listed = :p1 where kind = :p2 and name = :p3", version, kind, name)
            .status());
  }
  return static_cast<int>(unlisted.size());
}

}  // namespace accord::storage
