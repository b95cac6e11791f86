#include "services/protocols/coverage/coverage_store.h"

#include <string>
#include <vector>

#include "common/access/names.h"
#include "common/base/error.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

// An agency that leads a text, or has signed it, has a part in it; others are only named in it.
bool TakesPartInCoverage(const v1::Protocol& protocol, const std::string& agency) {
  if (OwnerOf(protocol.name()) == agency) return true;
  const v1::ProtocolParty* party = SignatoryOf(protocol, agency);
  return party != nullptr && !party->signed_digest().empty();
}

}  // namespace

absl::StatusOr<std::vector<Coverage>> AllCoverage(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, int64_t, std::string>(
                                         "select society, police, state, review_due from coverage")));
  std::vector<Coverage> coverage;
  for (auto& [society, police, state, review_due] : rows) {
    coverage.push_back({society, police, static_cast<v1::ProtocolState>(state), review_due});
  }
  return coverage;
}

absl::Status UpdateCoverage(storage::Transaction& tx, const v1::Protocol& protocol) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from coverage where name = :p1", protocol.name()).status());
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    // A draft of an agency without a part in it does not change the coverage of the pair that it names, so
    // that a lapse stays a lapse.
    if (!TakesPartInCoverage(protocol, society) && !TakesPartInCoverage(protocol, police)) continue;
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into coverage (name, society, police, state, review_due) values "
                                   "(:p1, :p2, :p3, :p4, :p5)",
                                   protocol.name(), society, police, static_cast<int>(protocol.state()),
                                   protocol.next_review_due())
                               .status());
  }
  return absl::OkStatus();
}

}  // namespace accord::protocols
