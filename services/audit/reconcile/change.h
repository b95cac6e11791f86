// This is a change as a service tells of it.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_CHANGE_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_CHANGE_H_

#include <string>
#include <vector>

#include "accord/host/v1/revisions.pb.h"

namespace accord::audit {

// This is one change as a service tells of it.
struct Change {
  host::v1::RevisionKey key;
  // This is a serialized SignedCallerAssertion; it is empty if the service has none.
  std::string assertion;
};

// This gives the changes of a page, each with the assertion that the page has for it.
std::vector<Change> ChangesOf(host::v1::ListRevisionKeysResponse page);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_CHANGE_H_
