#include "common/storage/records/contributions.h"

#include "common/base/error.h"

namespace accord::storage {

absl::Status NoteContribution(Transaction& tx, std::string_view record, std::string_view act,
                              const Write& write) {
  return tx
      .Exec(
          "insert into contribution (record, agency, actor, act) values (:p1, :p2, :p3, :p4) on conflict do "
          "nothing",
          record, write.agency, write.actor, act)
      .status();
}

absl::StatusOr<std::vector<std::string>> ContributionsOf(Transaction& tx, std::string_view record,
                                                         std::string_view agency, std::string_view actor) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>(
                     "select act from contribution where record = :p1 and agency = :p2 and actor = :p3",
                     record, agency, actor));
  std::vector<std::string> acts;
  for (auto& [act] : rows) acts.push_back(std::move(act));
  return acts;
}

}  // namespace accord::storage
