#include "services/supports/partners/partners_of_place.h"

#include <set>

#include "accord/supports/v1/resources.pb.h"
#include "common/base/error.h"
#include "services/supports/partners/catchment_store.h"

namespace accord::supports {

absl::StatusOr<std::vector<std::string>> PartnerAgenciesOfPlace(storage::Transaction& tx,
                                                                storage::Resources* partners,
                                                                const std::string& viewer,
                                                                const std::string& code,
                                                                const std::string& day) {
  if (code.empty()) return std::vector<std::string>();
  storage::ListQuery query{viewer, {{"catchment", code}}, 0, "", ""};
  query.names = [code, day](const storage::Bind& bind, const std::string& after, int limit) {
    return CatchmentPartnersSql(code, day, bind, after, limit);
  };
  ACCORD_ASSIGN_OR_RETURN(const auto page, partners->List<v1::CrisisPartner>(tx, query));
  std::set<std::string> agencies;
  for (const v1::CrisisPartner& each : page.items) agencies.insert(each.partner_agency());
  return std::vector<std::string>(agencies.begin(), agencies.end());
}

}  // namespace accord::supports
