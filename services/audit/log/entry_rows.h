// This file makes the rows of new entries, for every table but the index of resources.
#ifndef ACCORD_SERVICES_AUDIT_LOG_ENTRY_ROWS_H_
#define ACCORD_SERVICES_AUDIT_LOG_ENTRY_ROWS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/audit/v1/resources.pb.h"
#include "common/merkle/tree.h"
#include "common/storage/database/row_set.h"
#include "services/audit/log/audit_index.h"

namespace accord::audit {

// A record with everything that can be computed before its place in the log is known. The threads that wait
// prepare it while the batch before is being written.
struct Prepared {
  explicit Prepared(v1::AuditRecord of);
  Prepared(v1::AuditRecord of, const std::string& plain_salt);

  v1::AuditRecord record;
  // In base 64, as they are stored.
  std::string salt, bytes, leaf;
  std::string leaf_hash;
};

// This prepares many records at once, which costs less than one by one.
std::vector<Prepared> PreparedFrom(std::vector<v1::AuditRecord> records);

class EntryRows {
 public:
  // `now`: when the entries are said to have been appended.
  explicit EntryRows(absl::Time now) : now_(now) {}

  // This adds the entry behind the tree, which grows by it. The stored texts are taken out of `prepared`.
  void Add(Prepared* prepared, merkle::Frontier* tree);
  // `told`: what to do with a change that the log tells of already.
  std::vector<storage::Insertion> Insertions(storage::RowSet::OnConflict told) const;

 private:
  absl::Time now_;
  storage::RowSet entries_ = Entries(), appended_ = Appended(), nodes_ = Nodes();
  IndexRows index_;

  static storage::RowSet Entries();
  static storage::RowSet Appended();
  static storage::RowSet Nodes();
};

// These are the columns of the table of the log's entries.
std::vector<storage::RowSet::Column> EntryColumns();
// These are the columns of the table by which the log knows what was appended to it.
std::vector<storage::RowSet::Column> AppendedColumns();
void AddAppended(const v1::AuditRecord& record, absl::Time at, storage::RowSet* appended);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_ENTRY_ROWS_H_
