#include "services/audit/log/touched_index.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "services/audit/log/audit_store.h"

namespace accord::audit {
namespace {

constexpr auto kNumber = storage::RowSet::kNumber;
constexpr auto kText = storage::RowSet::kText;
constexpr int64_t kReadAtOnce = 64;
// A transaction that rereads entries to index them ends when it has this many of them, or of their keys.
constexpr std::size_t kRereadAtOnce = 16'384;

// These are the first entries of the spans that have entries of a range, in their order.
absl::StatusOr<std::vector<int64_t>> FirstsOfSpans(storage::Transaction& tx, int64_t from, int64_t to) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select first from log_span where beyond > :p1 and first < :p2 order by first", from,
                        to));
  std::vector<int64_t> firsts;
  for (const auto& [first] : rows) firsts.push_back(first);
  return firsts;
}

// This says which of the spans an entry stands in, counted from 0.
auto SpanOf(const std::vector<int64_t>& firsts, int64_t entry) {
  return std::upper_bound(firsts.begin(), firsts.end(), entry) - firsts.begin();
}

absl::StatusOr<TouchedRows> ReadTouched(storage::Transaction& tx, int64_t from, int64_t to) {
  TouchedRows touched(from);
  const int64_t last = std::min(to, from + static_cast<int64_t>(kRereadAtOnce));
  while (touched.end() < last && touched.keys() < kRereadAtOnce) {
    const int64_t beyond = std::min(last, touched.end() + kReadAtOnce);
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select record from entry where idx >= :p1 and idx < :p2 order by idx",
                              touched.end(), beyond));
    if (static_cast<int64_t>(rows.size()) != beyond - touched.end()) return LogIncomplete();
    for (const auto& [text] : rows) {
      v1::AuditRecord record;
      if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
      touched.Add(record);
    }
  }
  return touched;
}

}  // namespace

std::vector<int64_t>& TouchedRows::EntriesOf(const std::string& resource, const std::string& agency,
                                             int as_owner) {
  std::vector<Toucher>& touchers = by_resource_.try_emplace(resource).first->second;
  for (Toucher& toucher : touchers) {
    if (toucher.as_owner == as_owner && toucher.agency == agency) return toucher.entries;
  }
  ++keys_;
  return touchers.emplace_back(agency, as_owner, std::vector<int64_t>()).entries;
}

void TouchedRows::Add(const v1::AuditRecord& record) {
  const auto add = [&](const std::string& resource, const std::string& agency, int as_owner) {
    std::vector<int64_t>& entries = EntriesOf(resource, agency, as_owner);
    // A record may name a resource more than once.
    if (entries.empty() || entries.back() != end_) entries.push_back(end_);
  };
  for (const auto& resource : record.resources()) {
    add(resource.name(), resource.owner(), 1);
    // The owner's row is also the caller's if both are the same agency.
    if (record.owner_only() || resource.owner() == record.agency()) continue;
    add(resource.name(), record.agency(), 0);
  }
  ++end_;
}

void TouchedRows::Join(TouchedRows next) {
  if (next.begin_ != end_ || begin_ == end_) {
    *this = std::move(next);
    return;
  }
  for (const auto& [resource, touchers] : next.by_resource_) {
    for (const Toucher& toucher : touchers) {
      std::vector<int64_t>& entries = EntriesOf(resource, toucher.agency, toucher.as_owner);
      entries.insert(entries.end(), toucher.entries.begin(), toucher.entries.end());
    }
  }
  end_ = next.end_;
}

storage::RowSet TouchedRows::RowsFrom(int64_t from, const std::vector<int64_t>& firsts) const {
  using Key = std::tuple<std::string_view, int, std::string_view>;
  std::vector<std::pair<Key, const std::vector<int64_t>*>> sorted;
  sorted.reserve(keys_);
  for (const auto& [resource, touchers] : by_resource_) {
    for (const Toucher& toucher : touchers) {
      sorted.emplace_back(Key(toucher.agency, toucher.as_owner, resource), &toucher.entries);
    }
  }
  std::sort(sorted.begin(), sorted.end());
  storage::RowSet set(
      "touched_by",
      {{"agency", kText}, {"as_owner", kNumber}, {"resource", kText}, {"idx", kNumber}, {"further", kText}});
  for (const auto& [key, entries] : sorted) {
    const auto& [agency, as_owner, resource] = key;
    auto entry = std::lower_bound(entries->begin(), entries->end(), from);
    while (entry != entries->end()) {
      const int64_t first = *entry;
      const auto span = SpanOf(firsts, first);
      std::string further;
      int count = 1;
      for (++entry; entry != entries->end() && count < kEntriesInRow && SpanOf(firsts, *entry) == span;
           ++entry) {
        absl::StrAppend(&further, ",", *entry - first);
        ++count;
      }
      set.Add({std::string(agency), static_cast<long long>(as_owner), std::string(resource),
               static_cast<long long>(first), std::move(further)});
    }
  }
  return set;
}

absl::Status TouchedRows::Insert(storage::Transaction& tx, int64_t from) const {
  ACCORD_ASSIGN_OR_RETURN(const std::vector<int64_t> firsts, FirstsOfSpans(tx, from, end_));
  return RowsFrom(from, firsts).Insert(tx, storage::RowSet::kLeave);
}

bool Touches(const v1::AuditRecord& record, const std::string& agency, bool as_owner_only,
             const std::string& resource) {
  const bool called = !as_owner_only && !record.owner_only() && record.agency() == agency;
  return std::any_of(record.resources().begin(), record.resources().end(), [&](const auto& touched) {
    return touched.name() == resource && (called || touched.owner() == agency);
  });
}

absl::StatusOr<int64_t> IndexTouched(storage::Transaction& tx, const TouchedRows& held) {
  ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
  const int64_t from = head.indexed;
  TouchedRows read(from);
  const bool holds = held.begin() <= from && from < held.end();
  if (!holds) {
    ACCORD_ASSIGN_OR_RETURN(read, ReadTouched(tx, from, head.size));
  }
  const TouchedRows& next = holds ? held : read;
  ACCORD_RETURN_IF_ERROR(next.Insert(tx, from));
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("update log_head set indexed = :p1 where id = 1 and indexed < :p2", next.end(), next.end())
          .status());
  return std::max<int64_t>(head.size - next.end(), 0);
}

}  // namespace accord::audit
