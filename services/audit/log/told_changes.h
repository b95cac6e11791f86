// This says which changes the log tells of already, so that each owner is told of each change once, whoever
// tells first.
#ifndef ACCORD_SERVICES_AUDIT_LOG_TOLD_CHANGES_H_
#define ACCORD_SERVICES_AUDIT_LOG_TOLD_CHANGES_H_

#include <deque>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/audit/v1/resources.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "common/storage/database/database.h"

namespace accord::audit {

struct Prepared;

// This gives the records without the changes that the log, or an earlier one of them, tells already: of the
// gateway that made a change and the collector that found it, whoever comes first tells its owner. Every
// call keeps its record; what the collector alone recovered is left out. `rests` keeps those of which only a
// part is left. Without `look` the log is not asked, and only what an earlier one of the records tells is
// left out.
absl::StatusOr<std::vector<const Prepared*>> Untold(storage::Transaction& tx,
                                                    std::span<const Prepared> records, bool look,
                                                    std::deque<Prepared>* rests);

// This gives the digest of a change, as the record of its call tells of it.
std::string DigestOf(const std::string& service, const host::v1::RevisionKey& key);
// This gives the service whose change a record tells of: the one that the call went to, or that the log
// compared with itself.
std::string TellingService(const v1::AuditRecord& record);
// The rows of `revised` by which the log knows a change of this service: the first is how it is written, and
// the others are how versions before wrote it. What another service tells of is never this service's change:
// who took that one over could otherwise say beforehand, and in silence, what this one is going to change.
std::vector<std::string> TellingKeys(const std::string& service, const std::string& digest);
// Says which of these changes, each a service and a digest, the log tells of.
absl::StatusOr<std::vector<bool>> AreTold(storage::Transaction& tx,
                                          const std::vector<std::pair<std::string, std::string>>& changes);
// This says whether the log holds a record of this change of `service`. Where neither told of changes yet, a
// record of the same request of the same person to the same service does.
absl::StatusOr<bool> IsRecorded(storage::Transaction& tx, const std::string& service,
                                const host::v1::RevisionKey& key);

// This says whether the log holds the record of a call, by its id, that tells what the call changed. `issued`
// is when its gateway signed for the call. What was appended well before is not read, so that the work is
// that of the entries since and not of all that the log holds.
absl::StatusOr<bool> TellsOfOthers(storage::Transaction& tx, const std::string& call_id, absl::Time issued);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_TOLD_CHANGES_H_
