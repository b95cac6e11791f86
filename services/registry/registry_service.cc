#include "services/registry/registry_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/host/watching/change_feed.h"
#include "common/storage/records/feed.h"
#include "services/registry/agencies/agency_names.h"
#include "services/registry/lifecycles.h"

namespace accord::registry {
namespace {

int64_t LimitOr(int32_t configured, int64_t otherwise) { return configured > 0 ? configured : otherwise; }

// Gives what the caller sees: the own agency's, or all for the office, and agencies like everybody.
template <class M>
absl::StatusOr<M> ShownTo(const host::Call& call, storage::Transaction& tx, Enrolled& kind,
                          const std::string& name) {
  M item;
  ACCORD_RETURN_IF_ERROR(kind.Get(tx, name, ViewerOf(call.caller()), &item));
  return item;
}

template <class Request>
storage::ListQuery PageOf(const host::Call& call, const Request& request, const std::string& prefix) {
  return {ViewerOf(call.caller()), {}, request.page_size(), request.page_token(), prefix};
}

}  // namespace

absl::Status CheckQuota(storage::Transaction& tx, Enrolled& kind, const v1::Agency& agency, int64_t most,
                        const rules::Rule& rule) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t count, kind.CountUpTo(tx, PartOf(agency.name(), 1), most));
  if (count < most) return absl::OkStatus();
  return Refuse(rule,
                "The agency has registered as many as it may; the coordination office can raise the number.");
}

Quotas::Quotas(const host::v1::RegistryConfig& config)
    : systems(LimitOr(config.max_systems_of_agency(), 100)),
      actors(LimitOr(config.max_actors_of_agency(), 10'000)),
      certificates(LimitOr(config.max_certificates_of_agency(), 2'000)),
      live_certificates(LimitOr(config.max_live_certificates_of_agency(), 300)),
      renewals(LimitOr(config.max_renewals_of_agency(), 200)),
      renewed_days(std::min<int64_t>(LimitOr(config.max_renewed_days(), 90), pki::kMaxDays)),
      renew_from_percent(std::clamp(config.renew_from_percent(), 0, 99)) {}

void RegistryService::Register(host::Handlers* handlers, v1::TransparencyLog log) {
  using S = RegistryService;
  log_ = std::move(log);
  handlers->Bind("accord.registry.v1.RegistryService", this, &S::GetTransparencyLog, &S::GetAgency,
                 &S::ListAgencies, &S::GetSystem, &S::ListSystems, &S::GetActor, &S::ListActors,
                 &S::GetCertificate, &S::ListCertificates, &S::GetRoleGrant, &S::ListRoleGrants);
  handlers->Bind("accord.registry.v1.RegistryAdminService", this, &S::CreateAgency, &S::UpdateAgency,
                 &S::CreateSystem, &S::SuspendSystem, &S::ResumeSystem, &S::CreateActor, &S::UpdateActor,
                 &S::DisableActor, &S::EnableActor, &S::SetActorDisplayName, &S::SetAgencyDutyContacts,
                 &S::Issue, &S::Renew, &S::Revoke);
}

absl::StatusOr<v1::TransparencyLog> RegistryService::GetTransparencyLog(
    host::Call&, const v1::GetTransparencyLogRequest&) {
  return log_;
}

absl::StatusOr<v1::Agency> RegistryService::GetAgency(host::Call& call, Tx& tx,
                                                      const v1::GetAgencyRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, ShownTo<v1::Agency>(call, tx, store_->agencies, request.name()));
  if (const auto day = ParseDay(request.as_of())) ShowAsOf(*day, &agency);
  return agency;
}

absl::StatusOr<v1::ListAgenciesResponse> RegistryService::ListAgencies(
    host::Call& call, Tx& tx, const v1::ListAgenciesRequest& request) {
  storage::ListQuery query = PageOf(call, request, "");
  if (request.kind() != annotations::v1::AGENCY_KIND_UNSPECIFIED) {
    query.filters.emplace_back("kind", KindName(request.kind()));
  }
  ACCORD_ASSIGN_OR_RETURN(v1::ListAgenciesResponse response,
                          store_->agencies.ListInto(tx, query, &v1::ListAgenciesResponse::mutable_agencies));
  const auto day = ParseDay(request.as_of());
  if (!day) return response;
  google::protobuf::RepeatedPtrField<v1::Agency> existed;
  for (v1::Agency& agency : *response.mutable_agencies()) {
    if (ExistedOn(agency, *day) == Certainty::kNo) continue;
    ShowAsOf(*day, &agency);
    *existed.Add() = std::move(agency);
  }
  response.mutable_agencies()->Swap(&existed);
  return response;
}

absl::StatusOr<v1::System> RegistryService::GetSystem(host::Call& call, Tx& tx,
                                                      const v1::GetSystemRequest& request) {
  return ShownTo<v1::System>(call, tx, store_->systems, request.name());
}

absl::StatusOr<v1::ListSystemsResponse> RegistryService::ListSystems(host::Call& call, Tx& tx,
                                                                     const v1::ListSystemsRequest& request) {
  return store_->systems.ListInto(tx, PageOf(call, request, request.parent() + "/systems/"),
                                  &v1::ListSystemsResponse::mutable_systems);
}

absl::StatusOr<v1::Actor> RegistryService::GetActor(host::Call& call, Tx& tx,
                                                    const v1::GetActorRequest& request) {
  return ShownTo<v1::Actor>(call, tx, store_->actors, request.name());
}

absl::StatusOr<v1::ListActorsResponse> RegistryService::ListActors(host::Call& call, Tx& tx,
                                                                   const v1::ListActorsRequest& request) {
  return store_->actors.ListInto(tx, PageOf(call, request, request.parent() + "/actors/"),
                                 &v1::ListActorsResponse::mutable_actors);
}

absl::StatusOr<v1::Certificate> RegistryService::GetCertificate(host::Call& call, Tx& tx,
                                                                const v1::GetCertificateRequest& request) {
  return ShownTo<v1::Certificate>(call, tx, store_->certificates, request.name());
}

absl::StatusOr<v1::ListCertificatesResponse> RegistryService::ListCertificates(
    host::Call& call, Tx& tx, const v1::ListCertificatesRequest& request) {
  return store_->certificates.ListInto(tx, PageOf(call, request, request.parent() + "/certificates/"),
                                       &v1::ListCertificatesResponse::mutable_certificates);
}

absl::StatusOr<v1::RoleGrant> RegistryService::GetRoleGrant(host::Call& call, Tx& tx,
                                                            const v1::GetRoleGrantRequest& request) {
  v1::RoleGrant grant;
  ACCORD_RETURN_IF_ERROR(store_->role_grants.Get(tx, request.name(), ViewerOf(call.caller()), &grant));
  return grant;
}

absl::StatusOr<v1::ListRoleGrantsResponse> RegistryService::ListRoleGrants(
    host::Call& call, Tx& tx, const v1::ListRoleGrantsRequest& request) {
  return store_->role_grants.ListInto(tx, PageOf(call, request, ""),
                                      &v1::ListRoleGrantsResponse::mutable_role_grants);
}

absl::StatusOr<v1::Agency> RegistryService::Administered(host::Call& call, Tx& tx,
                                                         const std::string& parent) {
  const std::string id = PartOf(parent, 1);
  ACCORD_RETURN_IF_ERROR(CheckAdministers(call.caller(), id));
  v1::Agency agency;
  ACCORD_RETURN_IF_ERROR(store_->agencies.GetAny(tx, "agencies/" + id, &agency));
  return agency;
}

absl::StatusOr<v1::System> RegistryService::CreateSystem(host::Call& call, Tx& tx, const Write& write,
                                                         const v1::CreateSystemRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, Administered(call, tx, request.parent()));
  ACCORD_RETURN_IF_ERROR(CheckQuota(tx, store_->systems, agency, quotas_.systems, rules::kSystemsTooMany));
  v1::System system = request.system();
  system.set_name(absl::StrCat(agency.name(), "/systems/", request.system_id()));
  system.set_state(v1::SYSTEM_STATE_ACTIVE);
  ACCORD_RETURN_IF_ERROR(store_->systems.Insert(tx, &system, write, PlacementOf(system)));
  return system;
}

absl::StatusOr<v1::System> RegistryService::SuspendSystem(host::Call& call, Tx& tx, const Write& write,
                                                          const v1::SuspendSystemRequest& request) {
  return MoveSystem(call, tx, write, request, "suspend");
}

absl::StatusOr<v1::System> RegistryService::ResumeSystem(host::Call& call, Tx& tx, const Write& write,
                                                         const v1::ResumeSystemRequest& request) {
  return MoveSystem(call, tx, write, request, "resume");
}

template <class Request>
absl::StatusOr<v1::System> RegistryService::MoveSystem(host::Call& call, Tx& tx, const Write& write,
                                                       const Request& request, const std::string& event) {
  v1::System system;
  ACCORD_RETURN_IF_ERROR(store_->systems.Get(tx, request.name(), ViewerOf(call.caller()), &system));
  ACCORD_ASSIGN_OR_RETURN(const int next, SystemLifecycle().Next(system.state(), event));
  system.set_state(static_cast<v1::SystemState>(next));
  ACCORD_RETURN_IF_ERROR(store_->systems.Update(tx, &system, request.etag(), write, PlacementOf(system)));
  return system;
}

absl::StatusOr<v1::Certificate> RegistryService::Admit(Tx& tx, const Write& write,
                                                       v1::Certificate certificate) {
  *certificate.mutable_create_time() = ToProto(write.now);
  ACCORD_RETURN_IF_ERROR(store_->certificates.Insert(tx, &certificate, write, PlacementOf(certificate)));
  return certificate;
}

absl::StatusOr<v1::Certificate> RegistryService::Issue(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::IssueCertificateRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, Administered(call, tx, request.parent()));
  v1::System system;
  ACCORD_RETURN_IF_ERROR(store_->systems.Get(tx, request.parent(), ViewerOf(call.caller()), &system));
  if (system.state() != v1::SYSTEM_STATE_ACTIVE) {
    return Refuse(rules::kSystemNotActive, "The system is suspended.");
  }
  if (!ExistsOn(agency, OntarioDay(call.now()))) {
    return Refuse(rules::kAgencyNotCurrent, "The agency does not exist as such today.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckQuota(tx, store_->certificates, agency, quotas_.certificates, rules::kCertificatesTooMany));
  const int days = request.validity_days() == 0 ? 90 : request.validity_days();
  if (days < 1 || days > pki::kMaxDays) return RefuseFields({{"validity_days", "must be 1 to 398"}});
  ACCORD_RETURN_IF_ERROR(CheckKeyOfSystem(tx, system.name(), request.csr_pem()));
  ACCORD_ASSIGN_OR_RETURN(pki::Issued issued,
                          authority_->SignSystem(request.csr_pem(), PartOf(system.name(), 1),
                                                 PartOf(system.name(), 3), days, call.now()));
  v1::Certificate certificate = CertificateOf(system.name(), issued);
  certificate.set_validity_days(days);
  return Admit(tx, write, std::move(certificate));
}

absl::StatusOr<v1::Certificate> RegistryService::Revoke(host::Call& call, Tx& tx, const Write& write,
                                                        const v1::RevokeCertificateRequest& request) {
  v1::Certificate certificate;
  ACCORD_RETURN_IF_ERROR(store_->certificates.Get(tx, request.name(), ViewerOf(call.caller()), &certificate));
  if (certificate.state() == v1::CERTIFICATE_STATE_REVOKED) {
    return Refuse(rules::kCertificateAlreadyRevoked, "It has been revoked.");
  }
  certificate.set_state(v1::CERTIFICATE_STATE_REVOKED);
  certificate.set_revocation_reason(request.reason());
  ACCORD_RETURN_IF_ERROR(
      store_->certificates.Update(tx, &certificate, request.etag(), write, PlacementOf(certificate)));
  return certificate;
}

absl::Status RegistryService::Bootstrap(const std::vector<v1::Agency>& agencies,
                                        const host::v1::Bootstrap& first, const std::string& certificate_pem,
                                        absl::Time now) {
  if (!IsId(first.actor())) return absl::InvalidArgumentError("bootstrap.actor is no id");
  ACCORD_ASSIGN_OR_RETURN(pki::Issued issued,
                          authority_->InspectSystem(certificate_pem, first.agency(), first.system()));
  return database_->Transact([&](Tx& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(BeginEpoch(tx));
    ACCORD_ASSIGN_OR_RETURN(auto existing, store_->certificates.ListAll<v1::Certificate>(tx, "", 1));
    if (!existing.empty()) return absl::OkStatus();
    const Write write{first.agency(), first.actor(), "bootstrap", now};
    for (v1::Agency agency : agencies) {
      ACCORD_RETURN_IF_ERROR(store_->agencies.Insert(tx, &agency, write, PlacementOf(agency)));
    }
    v1::Agency office;
    if (!store_->agencies.GetAny(tx, "agencies/" + first.agency(), &office).ok() ||
        office.kind() != annotations::v1::AGENCY_KIND_COORDINATION_OFFICE) {
      return absl::InvalidArgumentError("bootstrap.agency must be a coordination office among the agencies");
    }
    v1::System system;
    system.set_name(absl::StrCat(office.name(), "/systems/", first.system()));
    system.set_display_name("Console");
    system.set_state(v1::SYSTEM_STATE_ACTIVE);
    ACCORD_RETURN_IF_ERROR(store_->systems.Insert(tx, &system, write, PlacementOf(system)));
    v1::Actor actor;
    actor.set_name(absl::StrCat(office.name(), "/actors/", first.actor()));
    actor.add_roles(annotations::v1::ROLE_PLATFORM_ADMIN);
    actor.set_state(v1::ACTOR_STATE_ACTIVE);
    ACCORD_RETURN_IF_ERROR(store_->actors.Insert(tx, &actor, write, PlacementOf(actor)));
    ACCORD_RETURN_IF_ERROR(TellOfRoles(tx, store_->role_grants, write, v1::Actor(), actor));
    return Admit(tx, write, CertificateOf(system.name(), issued)).status();
  });
}

void TellChanges(const storage::PageTokens* tokens, host::Handlers* handlers) {
  host::RegisterChangeFeed({.package = "accord.registry.v1", .tokens = tokens, .office = kOffice}, handlers);
}

}  // namespace accord::registry
