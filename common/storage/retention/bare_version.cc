#include "common/storage/retention/bare_version.h"

#include <utility>

#include "common/base/error.h"
#include "common/storage/records/feed_steps.h"

namespace accord::storage {

absl::Status StoreBareVersion(Transaction& tx, StatementBatch change, const Event& event,
                              const Write& write) {
  change.Add(
      "insert into revision (kind, name, version, at_us, agency, actor, request_id, body, seal_key) "
      "values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, '{}', '')",
      {event.kind, event.name, static_cast<long long>(event.version),
       static_cast<long long>(absl::ToUnixMicros(event.at)), write.agency, write.actor, write.request_id});
  AddEvent(tx, event, write.request_id, &change);
  ACCORD_RETURN_IF_ERROR(change.Run(tx));
  tx.Wrote({event.name, event.version, event.kind, write.agency});
  return absl::OkStatus();
}

}  // namespace accord::storage
