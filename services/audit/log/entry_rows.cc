#include "services/audit/log/entry_rows.h"

#include <utility>

#include "common/base/ids.h"
#include "common/merkle/tiles.h"

namespace accord::audit {
namespace {

constexpr auto kNumberColumn = storage::RowSet::kNumber;
constexpr auto kTextColumn = storage::RowSet::kText;
constexpr std::size_t kSaltBytes = 16;

storage::Value RowNumber(int64_t number) { return static_cast<long long>(number); }

}  // namespace

Prepared::Prepared(v1::AuditRecord of) : Prepared(std::move(of), RandomBytes(kSaltBytes)) {}

Prepared::Prepared(v1::AuditRecord of, const std::string& plain_salt) : record(std::move(of)) {
  const std::string plain_bytes = record.SerializeAsString();
  leaf_hash = merkle::LeafHash(plain_salt + plain_bytes);
  salt = Base64(plain_salt);
  bytes = Base64(plain_bytes);
  leaf = Base64(leaf_hash);
}

std::vector<Prepared> PreparedFrom(std::vector<v1::AuditRecord> records) {
  const std::string salts = RandomBytes(kSaltBytes * records.size());
  std::vector<Prepared> prepared;
  prepared.reserve(records.size());
  for (auto& record : records) {
    prepared.emplace_back(std::move(record), salts.substr(kSaltBytes * prepared.size(), kSaltBytes));
  }
  return prepared;
}

storage::RowSet EntryRows::Entries() { return storage::RowSet("entry", EntryColumns()); }

storage::RowSet EntryRows::Appended() { return storage::RowSet("appended", AppendedColumns()); }

storage::RowSet EntryRows::Nodes() {
  return storage::RowSet("node", {{"level", kNumberColumn}, {"idx", kNumberColumn}, {"hash", kTextColumn}});
}

void EntryRows::Add(Prepared* prepared, merkle::Frontier* tree) {
  const v1::AuditRecord& record = prepared->record;
  const int64_t index = tree->size();
  std::vector<storage::Value> row;
  row.reserve(7);
  row.emplace_back(RowNumber(index));
  row.emplace_back(record.call_id());
  row.emplace_back(RowNumber(record.phase()));
  row.emplace_back(RowNumber(record.part()));
  for (std::string* text : {&prepared->salt, &prepared->bytes, &prepared->leaf}) {
    row.emplace_back(std::move(*text));
  }
  entries_.Add(std::move(row));
  AddAppended(record, now_, &appended_);
  index_.Add(index, record);
  tree->Append(prepared->leaf_hash, [&](int level, int64_t node, const std::string& hash) {
    if (level % merkle::kTileHeight == 0) nodes_.Add({RowNumber(level), RowNumber(node), Base64(hash)});
  });
}

std::vector<storage::Insertion> EntryRows::Insertions(storage::RowSet::OnConflict told) const {
  std::vector<storage::Insertion> all = {{&entries_}, {&appended_}, {&nodes_}};
  index_.AddTo(told, &all);
  return all;
}

std::vector<storage::RowSet::Column> EntryColumns() {
  return {{"idx", kNumberColumn}, {"call_id", kTextColumn}, {"phase", kNumberColumn}, {"part", kNumberColumn},
          {"salt", kTextColumn},  {"record", kTextColumn},  {"leaf", kTextColumn}};
}

std::vector<storage::RowSet::Column> AppendedColumns() {
  return {
      {"call_id", kTextColumn}, {"phase", kNumberColumn}, {"part", kNumberColumn}, {"at_us", kNumberColumn}};
}

void AddAppended(const v1::AuditRecord& record, absl::Time at, storage::RowSet* appended) {
  appended->Add({record.call_id(), RowNumber(record.phase()), RowNumber(record.part()),
                 RowNumber(absl::ToUnixMicros(at))});
}

}  // namespace accord::audit
