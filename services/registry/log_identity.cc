#include "services/registry/log_identity.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "services/registry/caller_view.h"
#include "services/registry/certificate_record.h"
#include "services/registry/placements.h"
#include "services/registry/resource_names.h"
#include "services/registry/role_grants.h"

namespace accord::registry {
namespace {

// This is the number of attempts when replicas make the same records at the same time: the second one then
// finds them made.
constexpr int kAttempts = 3;

std::string ConfiguredLogOr(const std::string& configured, const char* otherwise) {
  return configured.empty() ? otherwise : configured;
}

}  // namespace

absl::StatusOr<LogIdentity::Wanted> LogIdentity::Read(const host::v1::LogIdentity& config,
                                                      const std::string& certificate_pem,
                                                      absl::Time now) const {
  const std::string agency = ConfiguredLogOr(config.agency(), "sv-audit"),
                    system = ConfiguredLogOr(config.system(), "audit"),
                    actor = ConfiguredLogOr(config.actor(), "collector");
  const auto issued = authority_->InspectSystem(certificate_pem, agency, system);
  if (!issued.ok() || !IsId(actor)) {
    return Refuse(rules::kLogCertificateInvalid,
                  issued.ok() ? "log_identity.actor is no id" : std::string(issued.status().message()));
  }
  if (issued->not_after <= now)
    return Refuse(rules::kLogCertificateEnded, "The log's certificate has ended.");
  Wanted wanted;
  wanted.agency = "agencies/" + agency;
  wanted.system = absl::StrCat(wanted.agency, "/systems/", system);
  wanted.actor = absl::StrCat(wanted.agency, "/actors/", actor);
  wanted.certificate = CertificateRecordOf(wanted.system, *issued);
  return wanted;
}

absl::Status LogIdentity::Settle(const host::v1::LogIdentity& config, const std::string& certificate_pem,
                                 absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const Wanted wanted, Read(config, certificate_pem, now));
  // This is not written as the platform's own, so that the log finds no proof of it, and tells the operators.
  const Write write{PartOf(wanted.agency, 1), "registry", kLogIdentityRequest, now};
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    status = database_->Transact([&](Tx& tx) -> absl::Status {
      // The steps that may refuse all of it come first.
      ACCORD_RETURN_IF_ERROR(SettleAgency(tx, write, wanted));
      ACCORD_RETURN_IF_ERROR(SettleCertificate(tx, write, wanted));
      ACCORD_RETURN_IF_ERROR(SettleSystem(tx, write, wanted));
      ACCORD_RETURN_IF_ERROR(SettleActor(tx, write, wanted));
      return EndOthers(tx, write, wanted);
    });
    if (!absl::IsAlreadyExists(status)) return status;
  }
  return status;
}

absl::Status LogIdentity::Start(const host::v1::LogIdentity& config, absl::Time now) {
  if (config.certificate_file().empty()) return absl::OkStatus();
  const auto pem = ReadFile(config.certificate_file());
  const absl::Status settled =
      pem.ok() ? Settle(config, *pem, now)
               : Refuse(rules::kLogCertificateMissing, "The file of the log's certificate cannot be read.");
  if (settled.ok() || absl::IsUnavailable(settled)) return settled;
  // The registry starts all the same: without this identity the log compares nothing, and reports that.
  LogWarning("log_identity_not_admitted", {{"rule", RuleOf(settled)}});
  return absl::OkStatus();
}

absl::Status LogIdentity::SettleAgency(Tx& tx, const Write& write, const Wanted& wanted) {
  storage::Resources& agencies = store_->agencies;
  v1::Agency agency;
  const absl::Status found = agencies.GetAny(tx, wanted.agency, &agency);
  if (found.ok() && agency.kind() == annotations::v1::AGENCY_KIND_PLATFORM_LOG) return absl::OkStatus();
  if (absl::IsNotFound(found)) {
    agency.set_name(wanted.agency);
    agency.set_display_name("Accord audit log");
    agency.set_kind(annotations::v1::AGENCY_KIND_PLATFORM_LOG);
    return agencies.Insert(tx, &agency, write, PlacementOf(agency));
  }
  ACCORD_RETURN_IF_ERROR(found);
  // Before the log had a kind of its own the office enrolled it as a service like others.
  if (agency.kind() != annotations::v1::AGENCY_KIND_PLATFORM_SERVICE) {
    return Refuse(rules::kLogAgencyTaken, "An agency of another kind has the id of log_identity.");
  }
  agency.set_kind(annotations::v1::AGENCY_KIND_PLATFORM_LOG);
  const std::string etag = agency.etag();
  return agencies.Update(tx, &agency, etag, write, PlacementOf(agency));
}

absl::Status LogIdentity::SettleSystem(Tx& tx, const Write& write, const Wanted& wanted) {
  storage::Resources& systems = store_->systems;
  v1::System system;
  const absl::Status found = systems.GetAny(tx, wanted.system, &system);
  // The office may have suspended it: a start of the registry does not undo that.
  if (!absl::IsNotFound(found)) return found;
  system.set_name(wanted.system);
  system.set_display_name("Accord audit log");
  system.set_state(v1::SYSTEM_STATE_ACTIVE);
  return systems.Insert(tx, &system, write, PlacementOf(system));
}

absl::Status LogIdentity::SettleActor(Tx& tx, const Write& write, const Wanted& wanted) {
  storage::Resources& actors = store_->actors;
  v1::Actor before;
  const absl::Status found = actors.GetAny(tx, wanted.actor, &before);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  v1::Actor actor = before;
  actor.set_name(wanted.actor);
  actor.clear_roles();
  actor.add_roles(annotations::v1::ROLE_PLATFORM_AUDITOR);
  actor.set_state(v1::ACTOR_STATE_ACTIVE);
  if (found.ok() && actor.SerializeAsString() == before.SerializeAsString()) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(found.ok() ? actors.Update(tx, &actor, before.etag(), write, PlacementOf(actor))
                                    : actors.Insert(tx, &actor, write, PlacementOf(actor)));
  return RecordRoleGrant(tx, store_->role_grants, write, before, actor);
}

absl::Status LogIdentity::SettleCertificate(Tx& tx, const Write& write, const Wanted& wanted) {
  storage::Resources& certificates = store_->certificates;
  v1::Certificate known, fresh = wanted.certificate;
  const absl::Status found = certificates.GetAny(tx, fresh.name(), &known);
  if (absl::IsNotFound(found)) return certificates.Insert(tx, &fresh, write, PlacementOf(fresh));
  ACCORD_RETURN_IF_ERROR(found);
  if (known.state() == v1::CERTIFICATE_STATE_ACTIVE) return absl::OkStatus();
  // A replica that still has the old configuration must not end the certificate of a later renewal.
  return Refuse(rules::kLogCertificateRevoked, "The log's certificate was revoked: sign another one.");
}

absl::Status LogIdentity::EndOthers(Tx& tx, const Write& write, const Wanted& wanted) {
  storage::ListQuery query{kOffice, {}, 1000, "", ""};
  query.filters.emplace_back("kind", KindName(annotations::v1::AGENCY_KIND_PLATFORM_LOG));
  storage::Resources& agencies = store_->agencies;
  ACCORD_ASSIGN_OR_RETURN(const auto logs, agencies.ListEvery<v1::Agency>(tx, query));
  for (const v1::Agency& log : logs) {
    const storage::ListQuery all{PartOf(log.name(), 1), {}, 1000, "", log.name() + "/"};
    ACCORD_RETURN_IF_ERROR(EndOtherActors(tx, write, wanted, all));
    ACCORD_RETURN_IF_ERROR(EndOtherCertificates(tx, write, wanted, all));
  }
  return absl::OkStatus();
}

absl::Status LogIdentity::EndOtherActors(Tx& tx, const Write& write, const Wanted& wanted,
                                         const storage::ListQuery& all) {
  storage::Resources& actors = store_->actors;
  ACCORD_ASSIGN_OR_RETURN(auto items, actors.ListEvery<v1::Actor>(tx, all));
  for (v1::Actor& actor : items) {
    if (actor.name() == wanted.actor || actor.state() != v1::ACTOR_STATE_ACTIVE) continue;
    const v1::Actor before = actor;
    actor.set_state(v1::ACTOR_STATE_DISABLED);
    ACCORD_RETURN_IF_ERROR(actors.Update(tx, &actor, before.etag(), write, PlacementOf(actor)));
    ACCORD_RETURN_IF_ERROR(RecordRoleGrant(tx, store_->role_grants, write, before, actor));
  }
  return absl::OkStatus();
}

absl::Status LogIdentity::EndOtherCertificates(Tx& tx, const Write& write, const Wanted& wanted,
                                               const storage::ListQuery& all) {
  storage::Resources& certificates = store_->certificates;
  ACCORD_ASSIGN_OR_RETURN(auto items, certificates.ListEvery<v1::Certificate>(tx, all));
  for (v1::Certificate& each : items) {
    if (each.name() == wanted.certificate.name() || each.state() != v1::CERTIFICATE_STATE_ACTIVE) continue;
    each.set_state(v1::CERTIFICATE_STATE_REVOKED);
    each.set_revocation_reason("replaced");
    const std::string etag = each.etag();
    ACCORD_RETURN_IF_ERROR(certificates.Update(tx, &each, etag, write, PlacementOf(each)));
  }
  return absl::OkStatus();
}

}  // namespace accord::registry
