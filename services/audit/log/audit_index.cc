#include "services/audit/log/audit_index.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/access/method.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/audit/log/append.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/record_form.h"
#include "services/audit/log/touched_index.h"

namespace accord::audit {
namespace {

// Entries read at once while the bytes of a page are counted.
constexpr int kChunk = 64;
constexpr std::size_t kDigestBytes = 16;
// A request id may be used again when its answer is forgotten: a record of another day is of another call.
constexpr absl::Duration kOneCall = absl::Hours(1);
// So much older than those around it may a record say that it is: clocks of gateways differ, and one may
// have waited.
constexpr absl::Duration kOutOfOrder = absl::Minutes(10);

// A record of the call that made this change, by what was known of it before records told of changes.
bool TellsOf(const v1::AuditRecord& record, const std::string& service, const host::v1::RevisionKey& key) {
  if (record.decision() == v1::DECISION_DENY || record.effect_unknown() || record.validate_only())
    return false;
  const absl::Duration apart = FromProto(record.time()) - FromProto(key.time());
  if (absl::AbsDuration(apart) > kOneCall) return false;
  if (IsOfComparison(record)) {
    return std::any_of(record.resources().begin(), record.resources().end(),
                       [&](const auto& resource) { return resource.name() == key.name(); });
  }
  return ServiceInPath(record.method()) == service && record.actor() == key.actor();
}

absl::StatusOr<bool> WasRequested(storage::Transaction& tx, const std::string& service,
                                  const host::v1::RevisionKey& key) {
  if (key.request_id().empty()) return false;
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>(
          "select e.record from requested r join entry e on e.idx = r.idx where r.agency = :p1 and "
          "r.request_id = :p2 and r.idx < coalesce((select v.idx from revising v where v.service = :p3), "
          "9223372036854775807) order by r.idx limit 100",
          key.agency(), key.request_id(), service));
  for (const auto& [text] : rows) {
    v1::AuditRecord record;
    if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
    if (TellsOf(record, service, key)) return true;
  }
  return false;
}

// The newest of these records, or `undated` where none of them says when it was recorded: what the log
// recovered says when it was changed, and one without an instant may be of any.
absl::StatusOr<absl::Time> NewestOf(const std::vector<std::tuple<std::string>>& records, absl::Time undated) {
  absl::Time newest = absl::InfinitePast();
  for (const auto& [text] : records) {
    v1::AuditRecord record;
    if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
    if (IsOfComparison(record)) continue;
    newest = std::max(newest, record.has_time() ? FromProto(record.time()) : undated);
  }
  return newest == absl::InfinitePast() ? undated : newest;
}

// The first entry that may have been appended since an instant: entries stand nearly in the order of the
// instants that they say. Where an entry says none, the search looks before it (`undated` is the infinite
// future) for where to begin, and behind it (the infinite past) for where to end.
absl::StatusOr<int64_t> FirstSince(storage::Transaction& tx, absl::Time since, absl::Time undated) {
  ACCORD_ASSIGN_OR_RETURN(int64_t low, MovedBefore(tx));
  ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
  for (int64_t high = head.size; low < high;) {
    const int64_t middle = low + (high - low) / 2, beyond = std::min(high, middle + kChunk);
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select record from entry where idx >= :p1 and idx < :p2", middle, beyond));
    ACCORD_ASSIGN_OR_RETURN(const absl::Time newest, NewestOf(rows, undated));
    if (newest < since) {
      low = beyond;
    } else {
      high = middle;
    }
  }
  return low;
}

absl::StatusOr<v1::Entry> EntryOf(int64_t index, const std::string& salt, const std::string& record,
                                  const std::string& leaf) {
  v1::Entry entry;
  entry.set_name(absl::StrCat("entries/", index));
  entry.set_index(index);
  entry.set_record_bytes(Unbase64(record).value_or(""));
  if (!entry.mutable_record()->ParseFromString(entry.record_bytes())) return LogIncomplete();
  entry.set_salt(Unbase64(salt).value_or(""));
  entry.set_leaf_hash(Unbase64(leaf).value_or(""));
  return entry;
}

// A page of entries while it fills.
class PageOfEntries {
 public:
  explicit PageOfEntries(const EntryQuery& query)
      : query_(query), sifted_(query.takes != nullptr || !query.resource.empty()) {}

  // How many entries the next chunk has at the most, besides one that says whether there are more.
  int Wanted() const {
    return sifted_ ? kChunk : std::min(query_.limit - static_cast<int>(page_.entries.size()), kChunk);
  }
  enum class After { kGoOn, kChunkEnds, kPageEnds };
  // Takes an entry, unless the query leaves it out or the page has no room for it. `beyond` is true of the
  // one after those that the chunk was to have.
  After Take(int64_t index, v1::Entry entry, bool beyond) {
    if (query_.takes != nullptr && looked_at_ == query_.most_looked_at) return EndAt(index);
    if (sifted_ && !Takes(entry.record())) {
      if (beyond) return After::kChunkEnds;
      ++looked_at_;
      return After::kGoOn;
    }
    const int64_t bytes = bytes_ + static_cast<int64_t>(entry.ByteSizeLong());
    const bool full = static_cast<int>(page_.entries.size()) == query_.limit ||
                      (bytes > query_.max_bytes && !page_.entries.empty());
    if (full) return EndAt(index);
    if (beyond) return After::kChunkEnds;
    bytes_ = bytes;
    ++looked_at_;
    page_.entries.push_back(std::move(entry));
    return After::kGoOn;
  }
  EntryPage Whole() && { return std::move(page_); }

 private:
  bool Takes(const v1::AuditRecord& record) const {
    return (query_.resource.empty() ||
            Touches(record, query_.agency, query_.as_owner_only, query_.resource)) &&
           (query_.takes == nullptr || query_.takes(record));
  }
  After EndAt(int64_t index) {
    page_.next_index = index;
    return After::kPageEnds;
  }

  const EntryQuery& query_;
  // Entries that are not indexed yet are found by whom they concern, and looked at.
  const bool sifted_;
  EntryPage page_;
  int64_t bytes_ = 0;
  int looked_at_ = 0;
};

}  // namespace

void IndexRows::AddConcerned(int64_t index, const v1::AuditRecord& record) {
  std::set<std::pair<std::string, int>> agencies;
  if (!record.owner_only()) agencies.emplace(record.agency(), 0);
  for (const auto& resource : record.resources()) agencies.emplace(resource.owner(), 1);
  const auto at = static_cast<long long>(index);
  for (const auto& [agency, as_owner] : agencies) {
    concerned_.Add({agency, static_cast<long long>(as_owner), at});
  }
}

void IndexRows::Add(int64_t index, const v1::AuditRecord& record) {
  AddConcerned(index, record);
  const auto at = static_cast<long long>(index);
  bool tells = false;
  for (const auto& digest : record.revisions()) {
    if (digest.size() != kDigestBytes) continue;
    revised_.Add({TellingKeys(TellingService(record), digest)[0], at});
    tells = true;
  }
  // What the log recovered by itself says nothing of what gateways record.
  const bool recovered = IsOfComparison(record);
  const std::string service = recovered ? "" : ServiceInPath(record.method());
  // From the first such entry on, this service's records tell what changed.
  if (tells && !service.empty() && services_.insert(service).second) revising_.Add({service, at});
  if (!record.request_id().empty()) requested_.Add({record.agency(), record.request_id(), at});
}

absl::Status IndexRows::Insert(storage::Transaction& tx) const {
  std::vector<storage::Insertion> insertions;
  AddTo(&insertions);
  for (const auto& [rows, on_conflict] : insertions) ACCORD_RETURN_IF_ERROR(rows->Insert(tx, on_conflict));
  return absl::OkStatus();
}

void IndexRows::AddTo(std::vector<storage::Insertion>* insertions) const {
  for (const storage::RowSet* rows : {&concerned_, &revised_, &revising_, &requested_}) {
    insertions->push_back({rows, storage::RowSet::kLeave});
  }
}

absl::Status IndexGap(storage::Transaction& tx, int64_t from, int64_t to) {
  for (int64_t at = from; at < to; at += kChunk) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows, (tx.Query<int64_t, std::string>(
                             "select idx, record from entry where idx >= :p1 and idx < :p2 order by idx", at,
                             std::min(to, at + kChunk))));
    IndexRows index_rows;
    TouchedRows touched(at);
    storage::RowSet appended("appended", AppendedColumns());
    for (const auto& [index, text] : rows) {
      v1::AuditRecord record;
      if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
      index_rows.Add(index, record);
      touched.Add(record);
      AddAppended(record, absl::Now(), &appended);
    }
    ACCORD_RETURN_IF_ERROR(index_rows.Insert(tx));
    ACCORD_RETURN_IF_ERROR(touched.Insert(tx, at));
    ACCORD_RETURN_IF_ERROR(appended.Insert(tx, storage::RowSet::kLeave));
  }
  return tx.Exec("update log_head set indexed = :p1 where id = 1 and indexed < :p2", to, to).status();
}

absl::StatusOr<std::vector<const Prepared*>> Untold(storage::Transaction& tx,
                                                    std::span<const Prepared> records,
                                                    std::deque<Prepared>* rests) {
  using Change = std::pair<std::string, std::string>;
  std::vector<Change> changes;
  for (const auto& prepared : records) {
    const std::string service = TellingService(prepared.record);
    for (const auto& digest : prepared.record.revisions()) changes.emplace_back(service, digest);
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> present, AreTold(tx, changes));
  std::set<Change> told;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (present[i]) told.insert(changes[i]);
  }
  std::vector<const Prepared*> untold;
  for (const Prepared& prepared : records) {
    const v1::AuditRecord& record = prepared.record;
    bool tells = record.revisions().empty();
    const std::string service = TellingService(record);
    for (const std::string& digest : record.revisions()) {
      tells = told.emplace(service, digest).second || tells;
    }
    if (tells) {
      untold.push_back(&prepared);
      continue;
    }
    // No call stands behind what the log recovered by itself. A call is recorded whatever it changed, in the
    // record that its caller is shown.
    if (IsOfComparison(record) || record.owner_only()) continue;
    v1::AuditRecord rest = record;
    rest.clear_revisions();
    rest.clear_resources();
    for (const auto& resource : record.resources()) {
      if (resource.touch() != caller::v1::TOUCH_CHANGED) *rest.add_resources() = resource;
    }
    untold.push_back(&rests->emplace_back(std::move(rest)));
  }
  return untold;
}

std::string DigestOf(const std::string& service, const host::v1::RevisionKey& key) {
  return RevisionDigest(service, key.name(), key.version());
}

std::string TellingService(const v1::AuditRecord& record) {
  return IsOfComparison(record) ? record.service() : ServiceInPath(record.method());
}

std::vector<std::string> TellingKeys(const std::string& service, const std::string& digest) {
  return {absl::StrCat(Hex(digest), ".", service), Hex(digest)};
}

absl::StatusOr<std::vector<bool>> AreTold(storage::Transaction& tx,
                                          const std::vector<std::pair<std::string, std::string>>& changes) {
  storage::RowSet asked("revised", {{"digest", storage::RowSet::kText}});
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    for (const std::string& key : TellingKeys(changes[i].first, changes[i].second)) {
      asked.Add({key});
      of.push_back(i);
    }
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> present, asked.Present(tx));
  std::vector<bool> told(changes.size());
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (present[i]) told[of[i]] = true;
  }
  return told;
}

absl::StatusOr<bool> IsRecorded(storage::Transaction& tx, const std::string& service,
                                const host::v1::RevisionKey& key) {
  if (key.version() > 0) {
    ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> told, AreTold(tx, {{service, DigestOf(service, key)}}));
    if (told[0]) return true;
  }
  return WasRequested(tx, service, key);
}

absl::StatusOr<bool> TellsOfOthers(storage::Transaction& tx, const std::string& call_id, absl::Time issued) {
  if (call_id.empty()) return false;
  ACCORD_ASSIGN_OR_RETURN(const int64_t first, FirstSince(tx, issued - kOutOfOrder, absl::InfiniteFuture()));
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select record from entry where idx >= :p1 and call_id = :p2 and phase = :p3",
                            first, call_id, static_cast<int>(v1::PHASE_COMPLETE)));
  for (const auto& [text] : rows) {
    v1::AuditRecord record;
    if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
    if (record.revisions_size() > 0) return true;
  }
  return false;
}

std::string EntriesSql(const EntryQuery& query, std::vector<storage::Value>* params) {
  const auto bind = [&](storage::Value value) {
    params->push_back(std::move(value));
    return absl::StrCat(":p", params->size());
  };
  const char* order = query.newest_first ? " desc" : "";
  const auto range = [&](int as_owner, bool of_resource, int64_t from) {
    std::string sql =
        absl::StrCat("select c.idx as idx from ", of_resource ? "touched_by" : "concerned",
                     " c where c.agency = ", bind(query.agency), " and c.as_owner = ", as_owner);
    if (of_resource) absl::StrAppend(&sql, " and c.resource = ", bind(query.resource));
    absl::StrAppend(&sql, " and c.idx >= ", bind(static_cast<long long>(from)));
    if (query.to_index != std::numeric_limits<int64_t>::max()) {
      absl::StrAppend(&sql, " and c.idx < ", bind(static_cast<long long>(query.to_index)));
    }
    absl::StrAppend(&sql, " order by c.idx", order, " limit ", bind(static_cast<long long>(query.limit)));
    return absl::StrCat("select * from (", sql, ") ", as_owner == 1 ? "owned" : "called",
                        of_resource ? "_indexed" : "");
  };
  const bool of_resource = !query.resource.empty();
  std::vector<std::string> ranges;
  for (int as_owner = 1; as_owner >= (query.as_owner_only ? 1 : 0); --as_owner) {
    if (of_resource) ranges.push_back(range(as_owner, true, query.from_index));
    if (of_resource && query.indexed >= query.to_index) continue;
    ranges.push_back(
        range(as_owner, false, of_resource ? std::max(query.from_index, query.indexed) : query.from_index));
  }
  const std::string indexes = absl::StrJoin(ranges, " union ");
  return absl::StrCat("select e.idx, e.salt, e.record, e.leaf from (", indexes,
                      ") n join entry e on e.idx = n.idx order by n.idx", order, " limit ",
                      bind(static_cast<long long>(query.limit)));
}

absl::Status NarrowToTime(storage::Transaction& tx, absl::Time from, absl::Time until, EntryQuery* query) {
  if (from != absl::InfinitePast()) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t first, FirstSince(tx, from - kOutOfOrder, absl::InfiniteFuture()));
    query->from_index = std::max(query->from_index, first);
  }
  if (until != absl::InfiniteFuture()) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t beyond, FirstSince(tx, until + kOutOfOrder, absl::InfinitePast()));
    // The first that is newer stands somewhere in the entries that were looked at together.
    query->to_index = std::min(query->to_index, beyond + kChunk);
  }
  return absl::OkStatus();
}

absl::StatusOr<EntryPage> ListEntries(storage::Transaction& tx, const EntryQuery& query) {
  EntryQuery chunk = query;
  if (!query.resource.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
    chunk.indexed = head.indexed < head.size ? head.indexed : std::numeric_limits<int64_t>::max();
  }
  PageOfEntries page(query);
  for (;;) {
    const int wanted = page.Wanted();
    chunk.limit = wanted + 1;
    std::vector<storage::Value> params;
    const std::string sql = EntriesSql(chunk, &params);
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            (tx.QueryValues<int64_t, std::string, std::string, std::string>(sql, params)));
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
      const auto& [index, salt, record, leaf] = rows[i];
      ACCORD_ASSIGN_OR_RETURN(v1::Entry entry, EntryOf(index, salt, record, leaf));
      const auto after = page.Take(index, std::move(entry), i == wanted);
      if (after == PageOfEntries::After::kPageEnds) return std::move(page).Whole();
      if (after == PageOfEntries::After::kChunkEnds) break;
    }
    if (static_cast<int>(rows.size()) <= wanted) return std::move(page).Whole();
    const int64_t next = std::get<0>(rows.back());
    if (query.newest_first) {
      chunk.to_index = next + 1;
    } else {
      chunk.from_index = next;
    }
  }
}

absl::StatusOr<int64_t> NewestAsOwner(storage::Transaction& tx, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>(
          "select idx from concerned where agency = :p1 and as_owner = 1 order by idx desc limit 1", agency));
  return rows.empty() ? -1 : std::get<0>(rows[0]);
}

}  // namespace accord::audit
