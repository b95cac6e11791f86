// This is what a caller sees of the records: those of the own agency, or all if the caller is the office.
#ifndef ACCORD_SERVICES_REGISTRY_CALLER_VIEW_H_
#define ACCORD_SERVICES_REGISTRY_CALLER_VIEW_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/access/decide.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"
#include "services/registry/enrolled.h"

namespace accord::registry {

// The office that administers the whole registry sees what this party sees.
inline constexpr char kOffice[] = "co-office";

// This gives the viewer that the caller is to the registry: its own agency, or the office.
std::string ViewerOf(const Caller& caller);

// This gives the record as the caller sees it: one of the own agency, or any for the office, and agencies
// like everybody.
template <class M>
absl::StatusOr<M> ReadForCaller(const host::Call& call, storage::Transaction& tx, Enrolled& kind,
                                const std::string& name) {
  M item;
  ACCORD_RETURN_IF_ERROR(kind.Get(tx, name, ViewerOf(call.caller()), &item));
  return item;
}

// This gives the query for a page of what the caller sees below a prefix of names.
template <class Request>
storage::ListQuery ListForCaller(const host::Call& call, const Request& request, const std::string& prefix) {
  return {ViewerOf(call.caller()), {}, request.page_size(), request.page_token(), prefix};
}

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_CALLER_VIEW_H_
