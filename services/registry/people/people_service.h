// These are the handlers of PeopleService: whom the people of an agency can name, and how to reach
// another agency.
#ifndef ACCORD_SERVICES_REGISTRY_PEOPLE_PEOPLE_SERVICE_H_
#define ACCORD_SERVICES_REGISTRY_PEOPLE_PEOPLE_SERVICE_H_

#include "absl/status/statusor.h"
#include "accord/registry/v1/people_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

class PeopleService {
 public:
  explicit PeopleService(RegistryStore* store) : store_(store) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::ListColleaguesResponse> ListColleagues(host::Call&, Tx&,
                                                            const v1::ListColleaguesRequest&);
  absl::StatusOr<v1::ListDutyContactsResponse> ListDutyContacts(host::Call&, Tx&,
                                                                const v1::ListDutyContactsRequest&);
  absl::Status ShowColleague(Tx&, const v1::Actor& actor, v1::Colleague* shown);

  RegistryStore* store_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_PEOPLE_PEOPLE_SERVICE_H_
