// This says which entries a privacy officer asks for.
#ifndef ACCORD_SERVICES_AUDIT_LOG_ENTRY_FILTER_H_
#define ACCORD_SERVICES_AUDIT_LOG_ENTRY_FILTER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "services/audit/log/entry_pages.h"

namespace accord::audit {

// This gives the query for a page of what `agency` asks for. `position` is the index at which the page
// begins, as the page before gave it, or -1 for the first page. It fails with FIELD_INVALID for instants that
// are invalid or out of order.
absl::StatusOr<EntryQuery> EntryFilterQuery(storage::Transaction& tx, const std::string& agency,
                                            const v1::ListEntriesRequest& request, int64_t position);
// This gives what a page token is for: the same words for the same request, whatever its page.
std::string EntryFilterScope(const std::string& agency, const v1::ListEntriesRequest& request);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_ENTRY_FILTER_H_
