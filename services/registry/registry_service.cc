#include "services/registry/registry_service.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"

namespace accord::registry {
namespace {

using absl::StatusCode;

constexpr char kService[] = "/accord.registry.v1.RegistryService/";
constexpr char kAdmin[] = "/accord.registry.v1.RegistryAdminService/";

bool ExistsOn(const v1::Agency& agency, absl::CivilDay day) {
  return (agency.valid_from().empty() || *ParseDay(agency.valid_from()) <= day) &&
         (agency.valid_to().empty() || day <= *ParseDay(agency.valid_to()));
}

absl::Status CheckLife(const v1::Agency& agency) {
  return CheckDaysInOrder("agency.valid_from", agency.valid_from(), "agency.valid_to", agency.valid_to());
}

int64_t LimitOr(int32_t configured, int64_t otherwise) { return configured > 0 ? configured : otherwise; }

}  // namespace

absl::Status MaskInvalid() {
  return Refuse(StatusCode::kInvalidArgument, "MASK_INVALID",
                "update_mask names a field that cannot be changed.");
}

absl::Status CheckQuota(storage::Transaction& tx, Enrolled& kind, const v1::Agency& agency, int64_t most,
                        std::string_view rule) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t count, kind.CountUpTo(tx, PartOf(agency.name(), 1), most));
  if (count < most) return absl::OkStatus();
  return Refuse(StatusCode::kFailedPrecondition, rule,
                "The agency has registered as many as it may; the coordination office can raise the number.");
}

Quotas::Quotas(const host::v1::RegistryConfig& config)
    : systems(LimitOr(config.max_systems_of_agency(), 100)),
      actors(LimitOr(config.max_actors_of_agency(), 10'000)),
      certificates(LimitOr(config.max_certificates_of_agency(), 2'000)) {}

void RegistryService::RegisterReads(host::Handlers* handlers) {
  handlers->Read<v1::GetAgencyRequest, v1::Agency>(
      absl::StrCat(kService, "GetAgency"),
      [this](host::Call& call, Tx& tx, const v1::GetAgencyRequest& request) -> absl::StatusOr<v1::Agency> {
        v1::Agency agency;
        ACCORD_RETURN_IF_ERROR(store_->agencies.Get(tx, request.name(), ViewerOf(call.caller()), &agency));
        return agency;
      });
  handlers->Read<v1::ListAgenciesRequest, v1::ListAgenciesResponse>(
      absl::StrCat(kService, "ListAgencies"),
      [this](host::Call& call, Tx& tx,
             const v1::ListAgenciesRequest& request) -> absl::StatusOr<v1::ListAgenciesResponse> {
        storage::ListQuery query{ViewerOf(call.caller()), {}, request.page_size(), request.page_token(), ""};
        if (request.kind() != annotations::v1::AGENCY_KIND_UNSPECIFIED) {
          query.filters.emplace_back("kind", KindName(request.kind()));
        }
        ACCORD_ASSIGN_OR_RETURN(auto page, store_->agencies.List<v1::Agency>(tx, query));
        v1::ListAgenciesResponse response;
        for (auto& agency : page.items) *response.add_agencies() = std::move(agency);
        response.set_next_page_token(page.next_page_token);
        return response;
      });
  handlers->Read<v1::ListRoleGrantsRequest, v1::ListRoleGrantsResponse>(
      absl::StrCat(kService, "ListRoleGrants"),
      [this](host::Call& call, Tx& tx, const v1::ListRoleGrantsRequest& request) {
        return store_->role_grants.ListInto(
            tx, {ViewerOf(call.caller()), {}, request.page_size(), request.page_token(), ""},
            &v1::ListRoleGrantsResponse::mutable_role_grants);
      });
  // Systems, actors and certificates read alike: own agency, or all for the office.
  const auto reads = [&]<class M, class Get, class List, class Response>(const std::string& name,
                                                                         Enrolled* kind, auto add) {
    handlers->Read<Get, M>(
        absl::StrCat(kService, "Get", name),
        [kind](host::Call& call, Tx& tx, const Get& request) -> absl::StatusOr<M> {
          M item;
          ACCORD_RETURN_IF_ERROR(kind->Get(tx, request.name(), ViewerOf(call.caller()), &item));
          return item;
        });
    handlers->Read<List, Response>(
        absl::StrCat(kService, "List", name, "s"),
        [kind, add, name](host::Call& call, Tx& tx, const List& request) -> absl::StatusOr<Response> {
          std::string folder = name;
          folder[0] = static_cast<char>(folder[0] - 'A' + 'a');
          storage::ListQuery query{ViewerOf(call.caller()),
                                   {},
                                   request.page_size(),
                                   request.page_token(),
                                   absl::StrCat(request.parent(), "/", folder, "s/")};
          ACCORD_ASSIGN_OR_RETURN(auto page, kind->template List<M>(tx, query));
          Response response;
          for (auto& item : page.items) *add(response) = std::move(item);
          response.set_next_page_token(page.next_page_token);
          return response;
        });
  };
  reads.operator()<v1::System, v1::GetSystemRequest, v1::ListSystemsRequest, v1::ListSystemsResponse>(
      "System", &store_->systems, [](auto& response) { return response.add_systems(); });
  reads.operator()<v1::Actor, v1::GetActorRequest, v1::ListActorsRequest, v1::ListActorsResponse>(
      "Actor", &store_->actors, [](auto& response) { return response.add_actors(); });
  reads.operator()<v1::Certificate, v1::GetCertificateRequest, v1::ListCertificatesRequest,
                   v1::ListCertificatesResponse>("Certificate", &store_->certificates,
                                                 [](auto& response) { return response.add_certificates(); });
}

void RegistryService::Register(host::Handlers* handlers, v1::TransparencyLog log) {
  RegisterReads(handlers);
  handlers->Unary<v1::GetTransparencyLogRequest, v1::TransparencyLog>(
      absl::StrCat(kService, "GetTransparencyLog"),
      [log = std::move(log)](host::Call&, const v1::GetTransparencyLogRequest&)
          -> absl::StatusOr<v1::TransparencyLog> { return log; });
  const std::string admin = kAdmin;
  const auto state = [this](v1::SystemState to) {
    return [this, to](host::Call& call, Tx& tx, const Write& write, const auto& request) {
      return SetSystemState(call, tx, write, request, to);
    };
  };
  handlers->Mutate<v1::SuspendSystemRequest, v1::System>(admin + "SuspendSystem",
                                                         state(v1::SYSTEM_STATE_SUSPENDED));
  handlers->Mutate<v1::ResumeSystemRequest, v1::System>(admin + "ResumeSystem",
                                                        state(v1::SYSTEM_STATE_ACTIVE));
  using S = RegistryService;
  handlers->Bind("accord.registry.v1.RegistryAdminService", this, &S::CreateAgency, &S::UpdateAgency,
                 &S::CreateSystem, &S::CreateActor, &S::UpdateActor, &S::DisableActor, &S::Issue, &S::Revoke);
}

absl::StatusOr<v1::Agency> RegistryService::CreateAgency(host::Call&, Tx& tx, const Write& write,
                                                         const v1::CreateAgencyRequest& request) {
  v1::Agency agency = request.agency();
  agency.set_name("agencies/" + request.agency_id());
  ACCORD_RETURN_IF_ERROR(CheckLife(agency));
  ACCORD_RETURN_IF_ERROR(store_->agencies.Insert(tx, &agency, write, PlacementOf(agency)));
  return agency;
}

absl::StatusOr<v1::Agency> RegistryService::UpdateAgency(host::Call&, Tx& tx, const Write& write,
                                                         const v1::UpdateAgencyRequest& request) {
  v1::Agency agency;
  ACCORD_RETURN_IF_ERROR(store_->agencies.GetAny(tx, request.agency().name(), &agency));
  for (const auto& path : request.update_mask().paths()) {
    if (path == "display_name" && !request.agency().display_name().empty()) {
      agency.set_display_name(request.agency().display_name());
    } else if (path == "region") {
      agency.set_region(request.agency().region());
    } else if (path == "indigenous") {
      agency.set_indigenous(request.agency().indigenous());
    } else if (path == "valid_from") {
      agency.set_valid_from(request.agency().valid_from());
    } else if (path == "valid_to") {
      agency.set_valid_to(request.agency().valid_to());
    } else if (path == "notes") {
      agency.set_notes(request.agency().notes());
    } else {
      return MaskInvalid();
    }
  }
  ACCORD_RETURN_IF_ERROR(CheckLife(agency));
  ACCORD_RETURN_IF_ERROR(
      store_->agencies.Update(tx, &agency, request.agency().etag(), write, PlacementOf(agency)));
  return agency;
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
  ACCORD_RETURN_IF_ERROR(CheckQuota(tx, store_->systems, agency, quotas_.systems, "SYSTEMS_TOO_MANY"));
  v1::System system = request.system();
  system.set_name(absl::StrCat(agency.name(), "/systems/", request.system_id()));
  system.set_state(v1::SYSTEM_STATE_ACTIVE);
  ACCORD_RETURN_IF_ERROR(store_->systems.Insert(tx, &system, write, PlacementOf(system)));
  return system;
}

template <class Request>
absl::StatusOr<v1::System> RegistryService::SetSystemState(host::Call& call, Tx& tx, const Write& write,
                                                           const Request& request, v1::SystemState state) {
  v1::System system;
  ACCORD_RETURN_IF_ERROR(store_->systems.Get(tx, request.name(), ViewerOf(call.caller()), &system));
  if (system.state() == state) {
    return Refuse(StatusCode::kFailedPrecondition, "STATE_NOT_PERMITTED",
                  "The system is in this state already.");
  }
  system.set_state(state);
  ACCORD_RETURN_IF_ERROR(store_->systems.Update(tx, &system, request.etag(), write, PlacementOf(system)));
  return system;
}

absl::StatusOr<v1::Certificate> RegistryService::Admit(Tx& tx, const Write& write, const std::string& system,
                                                       const pki::Issued& issued) {
  v1::Certificate certificate = CertificateOf(system, issued);
  ACCORD_RETURN_IF_ERROR(store_->certificates.Insert(tx, &certificate, write, PlacementOf(certificate)));
  return certificate;
}

absl::StatusOr<v1::Certificate> RegistryService::Issue(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::IssueCertificateRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, Administered(call, tx, request.parent()));
  v1::System system;
  ACCORD_RETURN_IF_ERROR(store_->systems.Get(tx, request.parent(), ViewerOf(call.caller()), &system));
  if (system.state() != v1::SYSTEM_STATE_ACTIVE) {
    return Refuse(StatusCode::kFailedPrecondition, "SYSTEM_SUSPENDED", "The system is suspended.");
  }
  if (!ExistsOn(agency, OntarioDay(call.now()))) {
    return Refuse(StatusCode::kFailedPrecondition, "AGENCY_NOT_VALID",
                  "The agency does not exist as such today.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckQuota(tx, store_->certificates, agency, quotas_.certificates, "CERTIFICATES_TOO_MANY"));
  const int days = request.validity_days() == 0 ? 90 : request.validity_days();
  if (days < 1 || days > pki::kMaxDays) return RefuseFields({{"validity_days", "must be 1 to 398"}});
  ACCORD_ASSIGN_OR_RETURN(pki::Issued issued,
                          authority_->SignSystem(request.csr_pem(), PartOf(system.name(), 1),
                                                 PartOf(system.name(), 3), days, call.now()));
  return Admit(tx, write, system.name(), issued);
}

absl::StatusOr<v1::Certificate> RegistryService::Revoke(host::Call& call, Tx& tx, const Write& write,
                                                        const v1::RevokeCertificateRequest& request) {
  v1::Certificate certificate;
  ACCORD_RETURN_IF_ERROR(store_->certificates.Get(tx, request.name(), ViewerOf(call.caller()), &certificate));
  if (certificate.state() == v1::CERTIFICATE_STATE_REVOKED) {
    return Refuse(StatusCode::kFailedPrecondition, "CERTIFICATE_ALREADY_REVOKED", "It has been revoked.");
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
    return Admit(tx, write, system.name(), issued).status();
  });
}

}  // namespace accord::registry
