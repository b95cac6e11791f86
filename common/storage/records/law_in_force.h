// This says which rule set the office has put into force, which replicas apply it, and how many of the
// existing records were examined again since. The rule set itself is a resource of the kind kLawChange.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_LAW_IN_FORCE_H_
#define ACCORD_COMMON_STORAGE_RECORDS_LAW_IN_FORCE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This is the kind under which Resources store the office's proposals.
inline constexpr char kLawChange[] = "law_change";

struct LawEntry {
  // These are the name of the change, and the digest of its rule set.
  std::string name, digest;
  // Records are examined again under this law in the order of their kinds and names. This is the
  // last one so far; both are empty before the first.
  std::string looked_kind = {}, looked_name = {};
  bool looked_all = false;
};
// This gives the entry in force, or nullopt while the office has put nothing into force, and the service
// applies the rule set that it was delivered with.
absl::StatusOr<std::optional<LawEntry>> LawInForceOf(Transaction& tx);
// This puts a rule set into force in place of the present one. No record was examined under it yet.
absl::Status PutLawInForce(Transaction& tx, std::string_view name, std::string_view digest, absl::Time now);
// This stores the last record that was examined again, or that `all` were.
absl::Status NoteLawLooked(Transaction& tx, std::string_view kind, std::string_view name, bool all);

// This gives the names of proposals that nobody has approved or withdrawn.
absl::StatusOr<std::vector<std::string>> ProposedLaw(Transaction& tx, std::string_view state);
// This gives at most `limit` names of resources of a kind, in their order and after this one.
absl::StatusOr<std::vector<std::string>> NamesAfter(Transaction& tx, std::string_view kind,
                                                    std::string_view after, int limit);

struct LawReplica {
  // This is the id of a process, which it keeps from start to end.
  std::string replica;
  // These are the digest of the rule set that it applies, and the version of its build.
  std::string digest, version;
  absl::Time at;
};
// This stores that a replica applies this rule set. Replicas that reported nothing for a day are forgotten.
absl::Status NoteLawReplica(Transaction& tx, const LawReplica& replica);
// This gives the replicas that reported after `since`, ordered by their ids.
absl::StatusOr<std::vector<LawReplica>> LawReplicasSince(Transaction& tx, absl::Time since);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_LAW_IN_FORCE_H_
