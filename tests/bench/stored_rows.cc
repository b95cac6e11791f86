#include "tests/bench/stored_rows.h"

#include <set>
#include <tuple>

#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/listing/fields.h"
#include "common/listing/index_rows.h"
#include "common/storage/sealing/body.h"

namespace accord::bench {

absl::Status StoredRows::Add(storage::Transaction& tx, const std::string& kind,
                             const google::protobuf::Message& record, const storage::Placement& placement,
                             const storage::Write& write) {
  const auto* field_of_name = record.GetDescriptor()->FindFieldByName("name");
  const std::string name = record.GetReflection()->GetString(record, field_of_name);
  ACCORD_ASSIGN_OR_RETURN(const std::string body, storage::EncodeBody(tx.keyring(), kind, record));
  const std::string key = storage::SealKeyOfBody(body);
  const long long at = absl::ToUnixMicros(write.now);
  resources_.Add({kind, name, placement.owner, placement.state, 1LL, at, at, body, key, 1LL});
  revisions_.Add({kind, name, 1LL, at, write.agency, write.actor, write.request_id, body, key});
  // No index field in these placements is for a single viewer.
  const listing::ResourceRows listed = listing::IndexRows(record);
  std::set<std::tuple<std::string, std::string, std::string>> rows;
  for (const std::string& party : placement.parties) {
    rows.emplace(party, "", "");
    for (const auto& [field, value] : placement.fields) rows.emplace(party, field, value);
    for (const auto& [field, value] : listed.of_viewers) rows.emplace(party, field, value);
    for (const auto& [field, value] : listed.own) rows.emplace(storage::kOwnRows, field, value);
  }
  for (const auto& [agency, field, value] : rows) visible_.Add({kind, agency, field, value, name});
  return absl::OkStatus();
}

absl::Status StoredRows::Insert(storage::Transaction& tx) const {
  for (const storage::RowSet* rows : {&resources_, &revisions_, &visible_}) {
    ACCORD_RETURN_IF_ERROR(rows->Insert(tx, storage::RowSet::kFail));
  }
  return absl::OkStatus();
}

}  // namespace accord::bench
