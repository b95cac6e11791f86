// A registry with its first administrator, called as the gateway would.
#ifndef ACCORD_SERVICES_REGISTRY_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_REGISTRY_TESTING_FIXTURE_H_

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/signing_request.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"
#include "services/registry/agencies/agencies_csv.h"
#include "services/registry/people/people_service.h"
#include "services/registry/policy/policy_service.h"
#include "services/registry/quotas.h"
#include "services/registry/registry_service.h"
#include "services/registry/registry_store.h"
#include "services/registry/reviews/access_review_service.h"
#include "services/registry/services.h"

namespace accord::registry {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

using namespace annotations::v1;

inline std::vector<v1::Agency> RealAgencies() {
  return Must(ParseAgencies(*ReadFile(testing::SourceFile("services/registry/data/agencies.csv"))));
}

class Registry : public testing::ServiceTest {
 protected:
  // An empty `dsn` stands for SQLite.
  explicit Registry(const std::string& dsn = "", const Quotas& quotas = Quotas())
      : ServiceTest(RegistryMigrations(), dsn),
        registry_(&in_process_.database(), &store_, &authority_, quotas) {
    registry_.Register(&in_process_.handlers());
    people_.Register(&in_process_.handlers());
    access_reviews_.Register(&in_process_.handlers());
    policy_.Register(&in_process_.handlers());
    RegisterRegistryChanges(&in_process_.page_tokens(), &in_process_.handlers());
    EXPECT_OK(in_process_.Seal());
    first_.set_agency("co-pahtco");
    first_.set_system("console");
    first_.set_actor("admin");
    pem_ = authority_
               .SignSystem(pki::SigningRequest(pki::NewTlsKey()), "co-pahtco", "console", 90,
                           in_process_.clock().Now())
               ->pem;
    const absl::Status started = registry_.Bootstrap(RealAgencies(), first_, pem_, in_process_.clock().Now());
    EXPECT_OK(started);
  }

  Caller Admin(const std::string& agency, AgencyKind kind) {
    return {agency, kind, "console", "admin", {ROLE_PLATFORM_ADMIN}, PURPOSE_ADMINISTRATION};
  }
  absl::StatusOr<v1::System> CreateSystem(const Caller& caller, const std::string& agency) {
    v1::CreateSystemRequest request;
    request.set_parent("agencies/" + agency);
    request.set_system_id("cms");
    request.mutable_system()->set_display_name("Case management");
    return Call<v1::System>(caller, request);
  }
  absl::StatusOr<v1::Actor> CreateActor(const Caller& caller, const std::string& agency, Role role,
                                        const std::string& id = "w1") {
    v1::CreateActorRequest request;
    request.set_parent("agencies/" + agency);
    request.set_actor_id(id);
    request.mutable_actor()->add_roles(role);
    return Call<v1::Actor>(caller, request);
  }
  absl::StatusOr<v1::Certificate> Issue(const v1::System& system) {
    v1::IssueCertificateRequest request;
    request.set_parent(system.name());
    request.set_csr_pem(pki::SigningRequest(pki::NewTlsKey()));
    return Call<v1::Certificate>(office_, request);
  }
  template <class Res, class Req>
  absl::StatusOr<Res> Verb(const Caller& caller, const auto& resource) {
    Req request;
    request.set_name(resource.name());
    request.set_etag(resource.etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("lost laptop");
    return Call<Res>(caller, request);
  }

  pki::Authority authority_ = *pki::Authority::Create("Agencies", pki::kMaxAuthorityDays, absl::UnixEpoch());
  RegistryStore store_{&in_process_.page_tokens()};
  RegistryService registry_;
  PeopleService people_{&store_};
  AccessReviewService access_reviews_{&store_};
  PolicyService policy_{&in_process_.database(), &store_};
  host::v1::Bootstrap first_;
  std::string pem_;
  Caller office_ = Admin("co-pahtco", AGENCY_KIND_COORDINATION_OFFICE);
  Caller society_ = Admin("cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY);
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_TESTING_FIXTURE_H_
