#include "services/audit/log/entry_pages.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/entry_times.h"
#include "services/audit/log/touched_index.h"

namespace accord::audit {
namespace {

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

// This is a page of entries while it fills.
class PageOfEntries {
 public:
  explicit PageOfEntries(const EntryQuery& query)
      : query_(query), sifted_(query.takes != nullptr || !query.resource.empty()) {}

  // This gives how many entries the next chunk has at the most, besides one that says whether there are more.
  int Wanted() const {
    return sifted_ ? kEntriesAtOnce
                   : std::min(query_.limit - static_cast<int>(page_.entries.size()), kEntriesAtOnce);
  }
  enum class After { kGoOn, kChunkEnds, kPageEnds };
  // This takes an entry, unless the query leaves it out or the page has no room for it. `beyond` is true of
  // the one after those that the chunk was to have.
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

// This writes the statement that finds a page of entries.
class EntriesStatement {
 public:
  EntriesStatement(const EntryQuery& query, bool postgres, std::vector<storage::Value>* params)
      : query_(query), postgres_(postgres), params_(params) {}

  std::string Sql() {
    const bool of_resource = !query_.resource.empty();
    std::vector<std::string> ranges;
    for (int as_owner = 1; as_owner >= (query_.as_owner_only ? 1 : 0); --as_owner) {
      if (!of_resource) {
        ranges.push_back(Concerned(as_owner, query_.from_index));
        continue;
      }
      ranges.push_back(Touched(as_owner));
      if (query_.indexed >= query_.to_index) continue;
      ranges.push_back(Concerned(as_owner, std::max(query_.from_index, query_.indexed)));
    }
    return absl::StrCat("select e.idx, e.salt, e.record, e.leaf from (", absl::StrJoin(ranges, " union "),
                        ") n join entry e on e.idx = n.idx order by n.idx", Order(), " limit ",
                        Bind(static_cast<long long>(query_.limit)));
  }

 private:
  std::string Bind(storage::Value value) {
    params_->push_back(std::move(value));
    return absl::StrCat(":p", params_->size());
  }
  const char* Order() const { return query_.newest_first ? " desc" : ""; }
  std::string Before(const char* index) {
    if (query_.to_index == std::numeric_limits<int64_t>::max()) return "";
    return absl::StrCat(" and ", index, " < ", Bind(static_cast<long long>(query_.to_index)));
  }
  // These are the entries that concern the agency, from this one on.
  std::string Concerned(int as_owner, int64_t from) {
    std::string sql =
        absl::StrCat("select c.idx as idx from concerned c where c.agency = ", Bind(query_.agency),
                     " and c.as_owner = ", as_owner, " and c.idx >= ", Bind(static_cast<long long>(from)),
                     Before("c.idx"));
    absl::StrAppend(&sql, " order by c.idx", Order(), " limit ", Bind(static_cast<long long>(query_.limit)));
    return absl::StrCat("select * from (", sql, ") ", as_owner == 1 ? "owned" : "called");
  }
  // These are the entries of the rows that touched the resource. A row before the first entry that is asked
  // for may have entries after it; it is read as well, besides as many rows as there may be entries.
  std::string Touched(int as_owner) {
    const auto key = [&](const char* row) {
      return absl::StrCat(row, ".agency = ", Bind(query_.agency), " and ", row, ".as_owner = ", as_owner,
                          " and ", row, ".resource = ", Bind(query_.resource));
    };
    const auto from = [&] { return Bind(static_cast<long long>(query_.from_index)); };
    std::string rows = absl::StrCat("select c.idx, c.further from touched_by c where ", key("c"));
    if (query_.from_index > 0) {
      absl::StrAppend(&rows, " and c.idx >= coalesce((select b.idx from touched_by b where ", key("b"),
                      " and b.idx < ", from(), " order by b.idx desc limit 1), 0)");
    }
    absl::StrAppend(&rows, Before("c.idx"));
    absl::StrAppend(&rows, " order by c.idx", Order(), " limit ",
                    Bind(static_cast<long long>(query_.limit) + 1));
    const char* offsets = postgres_ ? "unnest(string_to_array('0' || r.further, ',')::bigint[]) o(value)"
                                    : "json_each('[0' || r.further || ']') o";
    return absl::StrCat("select t.idx from (select r.idx + o.value as idx from (", rows, ") r, ", offsets,
                        ") t where t.idx >= ", from(), Before("t.idx"));
  }

  const EntryQuery& query_;
  const bool postgres_;
  std::vector<storage::Value>* params_;
};

}  // namespace

std::string EntriesSql(const EntryQuery& query, bool postgres, std::vector<storage::Value>* params) {
  EntriesStatement statement(query, postgres, params);
  return statement.Sql();
}

absl::Status NarrowToTime(storage::Transaction& tx, absl::Time from, absl::Time until, EntryQuery* query) {
  if (from != absl::InfinitePast()) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t first,
                            FirstEntrySince(tx, from - kOutOfOrder, absl::InfiniteFuture()));
    query->from_index = std::max(query->from_index, first);
  }
  if (until != absl::InfiniteFuture()) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t beyond,
                            FirstEntrySince(tx, until + kOutOfOrder, absl::InfinitePast()));
    // The first that is newer stands somewhere in the entries that were looked at together.
    query->to_index = std::min(query->to_index, beyond + kEntriesAtOnce);
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
    const std::string sql = EntriesSql(chunk, tx.postgres(), &params);
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

absl::StatusOr<int64_t> NewestEntryAsOwner(storage::Transaction& tx, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>(
          "select idx from concerned where agency = :p1 and as_owner = 1 order by idx desc limit 1", agency));
  return rows.empty() ? -1 : std::get<0>(rows[0]);
}

}  // namespace accord::audit
