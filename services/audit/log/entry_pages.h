// These are pages of the entries that concern an agency. Each function works in one transaction, and may fail
// with what the database fails with.
#ifndef ACCORD_SERVICES_AUDIT_LOG_ENTRY_PAGES_H_
#define ACCORD_SERVICES_AUDIT_LOG_ENTRY_PAGES_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/audit/v1/resources.pb.h"
#include "common/storage/database/database.h"

namespace accord::audit {

struct EntryQuery {
  // It says whose entries are meant: those in which this agency is the caller, or the owner of what
  // was touched.
  std::string agency;
  bool as_owner_only = false;
  // This limits entries to those that touched this resource of the agency's own, or did so in a call of its
  // own. If it is empty, all are taken.
  std::string resource;
  // The list has the entries with indexes from the one up to the other, which is not among them, oldest or
  // newest first.
  int64_t from_index = 0;
  int64_t to_index = std::numeric_limits<int64_t>::max();
  bool newest_first = false;
  // Entries from this one on are not in the index of resources yet. ListEntries finds it out.
  int64_t indexed = std::numeric_limits<int64_t>::max();
  // This says which of these entries are listed; null stands for all of them.
  std::function<bool(const v1::AuditRecord&)> takes = nullptr;
  // With `takes` a page ends when so many entries were looked at, however few it has: no page reads the log.
  int most_looked_at = 10'000;
  int limit = 50;
  // A page ends when its entries have so many bytes; it has one entry at the least, if it takes every one.
  int64_t max_bytes = 1 << 20;
};

struct EntryPage {
  std::vector<v1::Entry> entries;
  // This is the index at which the next page goes on; it is -1 if there is none.
  int64_t next_index = -1;
};

// This gives a range of an index for each way in which an entry concerns the agency: the work is that of the
// entries in the page, whatever the log holds.
absl::StatusOr<EntryPage> ListEntries(storage::Transaction& tx, const EntryQuery& query);
// This gives the statement that ListEntries runs, with its parameters.
std::string EntriesSql(const EntryQuery& query, bool postgres, std::vector<storage::Value>* params);
// This makes `query` one of what was recorded about from one instant up to another. Entries stand nearly in
// the order of the instants that they say: no index of times is needed, and `takes` asks for the instants.
absl::Status NarrowToTime(storage::Transaction& tx, absl::Time from, absl::Time until, EntryQuery* query);
// This gives the newest entry in which the agency is owner of what was touched, or -1 if there is none.
absl::StatusOr<int64_t> NewestEntryAsOwner(storage::Transaction& tx, const std::string& agency);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_ENTRY_PAGES_H_
