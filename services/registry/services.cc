#include "services/registry/services.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/log.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/registry/agencies/agencies_csv.h"
#include "services/registry/caller_view.h"
#include "services/registry/log_identity.h"
#include "services/registry/people/people_service.h"
#include "services/registry/policy/policy_service.h"
#include "services/registry/quotas.h"
#include "services/registry/registry_service.h"
#include "services/registry/registry_store.h"
#include "services/registry/reviews/access_review_service.h"

namespace accord::registry {
namespace {

struct RegistryServices {
  RegistryServices(const host::Environment& environment, pki::Authority loaded, const Quotas& quotas)
      : authority(std::move(loaded)),
        store(environment.page_tokens),
        registry(environment.database, &store, &authority, quotas),
        people(&store),
        access_reviews(&store),
        policy(environment.database, &store) {}
  pki::Authority authority;
  RegistryStore store;
  RegistryService registry;
  PeopleService people;
  AccessReviewService access_reviews;
  PolicyService policy;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::RegistryConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  ACCORD_ASSIGN_OR_RETURN(std::string certificate, ReadFile(config.agency_ca_certificate_file()));
  ACCORD_ASSIGN_OR_RETURN(std::string key, ReadFile(config.agency_ca_key_file()));
  ACCORD_ASSIGN_OR_RETURN(
      pki::Authority authority,
      pki::Authority::Load(certificate, key,
                           config.training() ? pki::Realm::kTraining : pki::Realm::kProduction));
  // Certificates that were issued go on until they end; nothing new is issued.
  if (const absl::Status valid = authority.CheckValid(environment.clock->Now()); !valid.ok()) {
    LogWarning("agency_authority_not_valid", {{"rule", RuleOf(valid)}});
  }
  ACCORD_ASSIGN_OR_RETURN(std::string csv, ReadFile(config.agencies_csv()));
  ACCORD_ASSIGN_OR_RETURN(auto agencies, ParseAgencies(csv));
  ACCORD_ASSIGN_OR_RETURN(std::string first, ReadFile(config.bootstrap().certificate_file()));
  auto services = std::make_shared<RegistryServices>(environment, std::move(authority), Quotas(config));
  ACCORD_RETURN_IF_ERROR(
      services->registry.Bootstrap(agencies, config.bootstrap(), first, environment.clock->Now()));
  LogIdentity log_identity(environment.database, &services->store, &services->authority);
  ACCORD_RETURN_IF_ERROR(log_identity.Start(config.log_identity(), environment.clock->Now()));
  host::RegisterRevisions("accord.registry.v1", handlers);
  ACCORD_ASSIGN_OR_RETURN(const std::string log_pem, ReadFile(config.log_public_key_file()));
  ACCORD_ASSIGN_OR_RETURN(const Key log_key, LoadPublicKey(log_pem));
  v1::TransparencyLog log;
  log.set_origin(config.log_origin());
  log.set_public_key(RawPublicKey(log_key));
  services->registry.Register(handlers, std::move(log));
  services->people.Register(handlers);
  services->access_reviews.Register(handlers);
  services->policy.Register(handlers);
  RegisterRegistryChanges(environment.page_tokens, handlers);
  return services;
}

void RegisterRegistryChanges(const storage::PageTokens* tokens, host::Handlers* handlers) {
  host::RegisterChangeFeed({.package = "accord.registry.v1", .tokens = tokens, .office = kOffice}, handlers);
}

}  // namespace accord::registry
