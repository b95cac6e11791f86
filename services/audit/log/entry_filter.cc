#include "services/audit/log/entry_filter.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/audit/log/compared_record.h"

namespace accord::audit {
namespace {

// A method is named whole, `/package.Service/Method`, or by its last word.
bool IsMethodOfFilter(const std::string& path, const std::string& asked) {
  return path == asked || absl::EndsWith(path, absl::StrCat("/", asked));
}

bool HasFilter(const v1::ListEntriesRequest& request) {
  return request.has_from() || request.has_until() || request.disclosures_only() ||
         !request.by_agency().empty() || !request.by_actor().empty() || !request.method().empty();
}

}  // namespace

absl::StatusOr<EntryQuery> EntryFilterQuery(storage::Transaction& tx, const std::string& agency,
                                            const v1::ListEntriesRequest& request, int64_t position) {
  const absl::Time from = request.has_from() ? FromProto(request.from()) : absl::InfinitePast();
  const absl::Time until = request.has_until() ? FromProto(request.until()) : absl::InfiniteFuture();
  if (until <= from) return RefuseFields({{"until", "comes after from"}});
  EntryQuery query;
  query.agency = agency;
  query.as_owner_only = request.disclosures_only();
  query.resource = request.resource();
  query.newest_first = request.newest_first();
  ACCORD_RETURN_IF_ERROR(NarrowToTime(tx, from, until, &query));
  if (position >= 0 && query.newest_first) query.to_index = std::min(query.to_index, position + 1);
  if (position >= 0 && !query.newest_first) query.from_index = std::max(query.from_index, position);
  if (!HasFilter(request)) return query;
  query.takes = [from, until, agency, request](const v1::AuditRecord& record) {
    // The caller asks who else has seen its records, so accesses by the agency itself are left out.
    if (request.disclosures_only() && record.agency() == agency) return false;
    if (!request.by_agency().empty() && record.agency() != request.by_agency()) return false;
    if (!request.by_actor().empty() && record.actor() != request.by_actor()) return false;
    if (!request.method().empty() && !IsMethodOfFilter(record.method(), request.method())) return false;
    // A recovered record says when the change was made, but is found by the time at which it was recorded.
    if (IsComparedRecord(record) || !record.has_time()) return true;
    const absl::Time time = FromProto(record.time());
    return from <= time && time < until;
  };
  return query;
}

std::string EntryFilterScope(const std::string& agency, const v1::ListEntriesRequest& request) {
  v1::ListEntriesRequest asked = request;
  asked.clear_page_size();
  asked.clear_page_token();
  return absl::StrCat("entries|", agency, "|", asked.SerializeAsString());
}

}  // namespace accord::audit
