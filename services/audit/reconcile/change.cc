#include "services/audit/reconcile/change.h"

#include <utility>

namespace accord::audit {

std::vector<Change> ChangesOf(host::v1::ListRevisionKeysResponse page) {
  std::vector<Change> changes;
  for (auto& key : *page.mutable_revisions()) {
    const int at = key.assertion() - 1;
    const bool told = at >= 0 && at < page.assertions_size();
    changes.push_back({std::move(key), told ? page.assertions(at) : ""});
  }
  return changes;
}

}  // namespace accord::audit
