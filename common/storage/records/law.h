// Which rule set the office has put in force, which replicas go by it, and how far what there is was looked
// at anew since. The rule set itself is a resource of the kind kLawChange.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_LAW_H_
#define ACCORD_COMMON_STORAGE_RECORDS_LAW_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// Under this kind Resources store what the office proposes.
inline constexpr char kLawChange[] = "law_change";

struct LawEntry {
  // This is the name of the change, and the digest of its rule set.
  std::string name, digest;
  // Records are looked at anew by this law, in the order of their kinds and names, and this is the last one
  // so far; both are empty before the first.
  std::string looked_kind = {}, looked_name = {};
  bool looked_all = false;
};
// nullopt while the office has put nothing in force: then the service goes by what it was delivered with.
absl::StatusOr<std::optional<LawEntry>> LawInForceOf(Transaction& tx);
// Puts a rule set in the place of whatever was in force. Nothing was looked at by it yet.
absl::Status PutLawInForce(Transaction& tx, std::string_view name, std::string_view digest, absl::Time now);
// What is looked at anew has come so far, or all of it was.
absl::Status NoteLooked(Transaction& tx, std::string_view kind, std::string_view name, bool all);

// The names of proposals that nobody has approved or withdrawn.
absl::StatusOr<std::vector<std::string>> ProposedLaw(Transaction& tx, std::string_view state);
// Gives at most `limit` names of resources of a kind, in their order and after this one.
absl::StatusOr<std::vector<std::string>> NamesAfter(Transaction& tx, std::string_view kind,
                                                    std::string_view after, int limit);

struct LawReplica {
  // An id that a process has from its start to its end.
  std::string replica;
  // This is the digest of the rule set that it goes by, and the version of its build.
  std::string digest, version;
  absl::Time at;
};
// A replica says that it goes by this rule set. Those that said nothing for a day are forgotten.
absl::Status NoteReplica(Transaction& tx, const LawReplica& replica);
// Gives the replicas that have said so after `since`, ordered by their ids.
absl::StatusOr<std::vector<LawReplica>> ReplicasSince(Transaction& tx, absl::Time since);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_LAW_H_
