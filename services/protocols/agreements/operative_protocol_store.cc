#include "services/protocols/agreements/operative_protocol_store.h"

#include <set>
#include <string>
#include <vector>

#include "common/base/error.h"
#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

// A protocol without a territory is stored with this one, which stands for all territories.
constexpr char kEverywhere[] = "";

std::vector<std::string> TerritoryOf(const v1::Protocol& protocol) {
  if (protocol.territory().empty()) return {kEverywhere};
  const std::set<std::string> codes(protocol.territory().begin(), protocol.territory().end());
  return {codes.begin(), codes.end()};
}

absl::Status InsertOperativePairs(storage::Transaction& tx, const v1::Protocol& protocol) {
  ACCORD_RETURN_IF_ERROR(CheckNoOtherOperative(tx, protocol));
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    for (const std::string& code : TerritoryOf(protocol)) {
      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into operative (kind, society, police, territory, name) values "
                                     "(:p1, :p2, :p3, :p4, :p5)",
                                     static_cast<int>(protocol.kind()), society, police, code,
                                     protocol.name())
                                 .status());
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckNoOtherOperative(storage::Transaction& tx, const v1::Protocol& protocol) {
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    for (const std::string& code : TerritoryOf(protocol)) {
      ACCORD_ASSIGN_OR_RETURN(
          auto taken,
          tx.Query<std::string>("select name from operative where kind = :p1 and society = :p2 and "
                                "police = :p3 and (territory in (:p4, '') or :p5 = '') and "
                                "name not in (:p6, :p7) limit 1",
                                static_cast<int>(protocol.kind()), society, police, code, code,
                                protocol.name(), protocol.supersedes()));
      if (!taken.empty()) {
        return Refuse(
            rules::kAlreadyInForce,
            "A protocol of this kind is in force between two of these parties on the same territory: "
            "review it, and name it in supersedes.");
      }
    }
  }
  return absl::OkStatus();
}

absl::Status UpdateOperativePairs(storage::Transaction& tx, const v1::Protocol& protocol) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from operative where name = :p1", protocol.name()).status());
  return Operative(protocol) ? InsertOperativePairs(tx, protocol) : absl::OkStatus();
}

}  // namespace accord::protocols
