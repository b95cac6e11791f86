// By what entries are found: the agencies they concern, the changes they tell of, and, in touched_index.h,
// the resources they touched.
#ifndef ACCORD_SERVICES_AUDIT_LOG_AUDIT_INDEX_H_
#define ACCORD_SERVICES_AUDIT_LOG_AUDIT_INDEX_H_

#include <deque>
#include <functional>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "common/storage/database/database.h"
#include "common/storage/database/row_set.h"

namespace accord::audit {

struct Prepared;

// The index rows of a batch of entries: a statement for each index, however many entries there are.
class IndexRows {
 public:
  void Add(int64_t index, const v1::AuditRecord& record);
  absl::Status Insert(storage::Transaction& tx) const;
  // Adds what Insert inserts.
  void AddTo(std::vector<storage::Insertion>* insertions) const;

 private:
  void AddConcerned(int64_t index, const v1::AuditRecord& record);

  static constexpr auto kNumber = storage::RowSet::kNumber;
  static constexpr auto kText = storage::RowSet::kText;
  storage::RowSet concerned_{"concerned", {{"agency", kText}, {"as_owner", kNumber}, {"idx", kNumber}}};
  storage::RowSet revised_{"revised", {{"digest", kText}, {"idx", kNumber}}};
  storage::RowSet revising_{"revising", {{"service", kText}, {"idx", kNumber}}};
  storage::RowSet requested_{"requested", {{"agency", kText}, {"request_id", kText}, {"idx", kNumber}}};
  std::set<std::string> services_;
};

// Functions of one transaction; every one may fail with what the database fails with.
// Indexes what another version of this service appended, which knows fewer indexes, from `from` up to `to`.
absl::Status IndexGap(storage::Transaction& tx, int64_t from, int64_t to);

// The records without the changes that the log, or an earlier one of them, tells already: of the gateway that
// made a change and the collector that found it, whoever comes first tells its owner. Every call keeps its
// record; what the collector alone recovered is left out. `rests` keeps those of which only a part is left.
absl::StatusOr<std::vector<const Prepared*>> Untold(storage::Transaction& tx,
                                                    std::span<const Prepared> records,
                                                    std::deque<Prepared>* rests);

// Gives the digest of a change, as the record of its call tells of it.
std::string DigestOf(const std::string& service, const host::v1::RevisionKey& key);
// Whose change a record tells of: the service that the call went to, or that the log compared with itself.
std::string TellingService(const v1::AuditRecord& record);
// The rows of `revised` by which the log knows a change of this service: the first is how it is written, and
// the others are how versions before wrote it. What another service tells of is never this service's change:
// who took that one over could otherwise say beforehand, and in silence, what this one is going to change.
std::vector<std::string> TellingKeys(const std::string& service, const std::string& digest);
// Which of these changes, each a service and a digest, the log tells of.
absl::StatusOr<std::vector<bool>> AreTold(storage::Transaction& tx,
                                          const std::vector<std::pair<std::string, std::string>>& changes);
// Whether the log holds a record of this change of `service`. Where neither told of changes yet, a record of
// the same request of the same person to the same service does.
absl::StatusOr<bool> IsRecorded(storage::Transaction& tx, const std::string& service,
                                const host::v1::RevisionKey& key);

// Says whether the log holds the record of a call, by its id, that tells what the call changed. `issued`:
// when its gateway signed for the call. What was appended well before is not read, so that the work is that
// of the entries since and not of all that the log holds.
absl::StatusOr<bool> TellsOfOthers(storage::Transaction& tx, const std::string& call_id, absl::Time issued);

struct EntryQuery {
  // It says whose entries are meant: those in which this agency is the caller, or the owner of what
  // was touched.
  std::string agency;
  bool as_owner_only = false;
  // Only what touched this resource of the agency's own, or in a call of its own; empty: all.
  std::string resource;
  // The entries with indexes from the one up to the other, which is not among them, oldest or newest first.
  int64_t from_index = 0;
  int64_t to_index = std::numeric_limits<int64_t>::max();
  bool newest_first = false;
  // Entries from this one on are not in the index of resources yet. ListEntries finds it out.
  int64_t indexed = std::numeric_limits<int64_t>::max();
  // Which of these entries are listed; null: all of them.
  std::function<bool(const v1::AuditRecord&)> takes = nullptr;
  // With `takes` a page ends when so many entries were looked at, however few it has: no page reads the log.
  int most_looked_at = 10'000;
  int limit = 50;
  // A page ends when its entries have so many bytes; it has one entry at the least, if it takes every one.
  int64_t max_bytes = 1 << 20;
};

struct EntryPage {
  std::vector<v1::Entry> entries;
  // This is the index at which the next page goes on; -1 if there is none.
  int64_t next_index = -1;
};

// Gives a range of an index for each way in which an entry concerns the agency: the work is that of the
// entries in the page, whatever the log holds.
absl::StatusOr<EntryPage> ListEntries(storage::Transaction& tx, const EntryQuery& query);
// The statement that ListEntries runs, with its parameters.
std::string EntriesSql(const EntryQuery& query, std::vector<storage::Value>* params);
// Makes `query` one of what was recorded about from one instant up to another. Entries stand nearly in the
// order of the instants that they say: no index of times is needed, and `takes` asks for the instants.
absl::Status NarrowToTime(storage::Transaction& tx, absl::Time from, absl::Time until, EntryQuery* query);
// Gives the newest entry in which the agency is owner of what was touched; -1 if none.
absl::StatusOr<int64_t> NewestAsOwner(storage::Transaction& tx, const std::string& agency);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_AUDIT_INDEX_H_
