#include "services/strategy/engagement/organisation_store.h"

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "common/base/error.h"
#include "common/base/name_key.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

// This gives the name of the organisation that has this key. The result is empty if none has.
absl::StatusOr<std::string> OrganisationOfKey(storage::Transaction& tx, const std::string& key) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select name from organisation_key where key = :p1", key));
  return rows.empty() ? std::string() : std::get<0>(rows.front());
}

}  // namespace

storage::Placement OrganisationPlacement(const v1::Organisation& organisation) {
  std::map<std::string, std::string> fields;
  if (!organisation.agency().empty()) fields["agency"] = organisation.agency();
  return PublicPlacement(organisation.name(), "", std::move(fields));
}

absl::StatusOr<std::string> OrganisationOfTitle(storage::Transaction& tx, const std::string& title,
                                                const std::string& name) {
  const std::string key = NameKey(title), before = NameKeyBefore(title);
  if (before != key) {
    ACCORD_ASSIGN_OR_RETURN(const std::string known, OrganisationOfKey(tx, before));
    if (!known.empty()) return known;
  }
  // One statement does this, so that a second transaction with the same key waits for the first one or is
  // tried again after it.
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t fresh,
      tx.Exec("insert into organisation_key (key, name) values (:p1, :p2) on conflict do nothing", key,
              name));
  if (fresh == 1) return name;
  ACCORD_ASSIGN_OR_RETURN(const std::string known, OrganisationOfKey(tx, key));
  return known.empty() ? name : known;
}

absl::StatusOr<std::string> KnownOrganisation(storage::Transaction& tx, const std::string& title) {
  // The key of older versions is tried first, as in OrganisationOfTitle.
  ACCORD_ASSIGN_OR_RETURN(std::string known, OrganisationOfKey(tx, NameKeyBefore(title)));
  if (known.empty()) {
    ACCORD_ASSIGN_OR_RETURN(known, OrganisationOfKey(tx, NameKey(title)));
  }
  return known;
}

}  // namespace accord::strategy
