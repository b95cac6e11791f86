// By what entries are found: the agencies they concern, the resources they touched, the changes they tell of.
#ifndef ACCORD_SERVICES_AUDIT_AUDIT_INDEX_H_
#define ACCORD_SERVICES_AUDIT_AUDIT_INDEX_H_

#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "common/storage/database.h"

namespace accord::audit {

// Functions of one transaction; every one may fail with what the database fails with.
absl::Status IndexEntry(storage::Transaction& tx, int64_t index, const v1::AuditRecord& record);
// Indexes what another version of this service appended, which knows fewer indexes, from `from` up to `to`.
absl::Status IndexGap(storage::Transaction& tx, int64_t from, int64_t to);

// What the log knows a change by.
std::string DigestOf(const std::string& service, const host::v1::RevisionKey& key);
// Whether the log holds a record of this change of `service`. Where neither told of changes yet, a record of
// the same request of the same person to the same service does.
absl::StatusOr<bool> IsRecorded(storage::Transaction& tx, const std::string& service,
                                const host::v1::RevisionKey& key);

struct EntryQuery {
  // Whose entries: those in which this agency is the caller, or the owner of what was touched.
  std::string agency;
  bool as_owner_only = false;
  // Only what touched this resource of the agency's own, or in a call of its own; empty: all.
  std::string resource;
  int64_t from_index = 0;
  int limit = 50;
  // A page ends when its entries have so many bytes; it has one entry at the least.
  int64_t max_bytes = 1 << 20;
};

struct EntryPage {
  std::vector<v1::Entry> entries;
  // Where the next page goes on; -1 if there is none.
  int64_t next_index = -1;
};

// A range of an index for each way in which an entry concerns the agency: the work is that of the entries in
// the page, whatever the log holds.
absl::StatusOr<EntryPage> ListEntries(storage::Transaction& tx, const EntryQuery& query);
// The statement that ListEntries runs, with its parameters.
std::string EntriesSql(const EntryQuery& query, std::vector<storage::Value>* params);
// The newest entry in which the agency is owner of what was touched; -1 if none.
absl::StatusOr<int64_t> NewestAsOwner(storage::Transaction& tx, const std::string& agency);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_AUDIT_INDEX_H_
