#include "services/registry/policy/policy_entries.h"

#include "absl/strings/escaping.h"
#include "common/access/names.h"
#include "services/registry/resource_names.h"
#include "services/registry/roles.h"

namespace accord::registry {

v1::AgencyPolicy PolicyEntryOf(const v1::Agency& agency) {
  v1::AgencyPolicy out;
  out.set_agency(PartOf(agency.name(), 1));
  out.set_kind(agency.kind());
  out.set_valid_from(agency.valid_from());
  out.set_valid_to(agency.valid_to());
  out.set_successor(agency.successor());
  return out;
}

v1::SystemPolicy PolicyEntryOf(const v1::System& system) {
  v1::SystemPolicy out;
  out.set_agency(PartOf(system.name(), 1));
  out.set_system(PartOf(system.name(), 3));
  out.set_active(system.state() == v1::SYSTEM_STATE_ACTIVE);
  return out;
}

v1::ActorPolicy PolicyEntryOf(const v1::Actor& actor) {
  v1::ActorPolicy out;
  out.set_agency(PartOf(actor.name(), 1));
  out.set_actor(PartOf(actor.name(), 3));
  for (Role role : RolesInForce(actor)) out.add_roles(role);
  out.set_active(actor.state() == v1::ACTOR_STATE_ACTIVE);
  return out;
}

v1::CertificatePolicy PolicyEntryOf(const v1::Certificate& certificate) {
  v1::CertificatePolicy out;
  out.set_fingerprint(absl::HexStringToBytes(certificate.fingerprint()));
  out.set_agency(PartOf(certificate.name(), 1));
  out.set_system(PartOf(certificate.name(), 3));
  out.set_active(certificate.state() == v1::CERTIFICATE_STATE_ACTIVE);
  return out;
}

void AddPolicyEntry(const v1::AgencyPolicy& entry, v1::PolicyUpdate* update) {
  *update->add_agencies() = entry;
}
void AddPolicyEntry(const v1::SystemPolicy& entry, v1::PolicyUpdate* update) {
  *update->add_systems() = entry;
}
void AddPolicyEntry(const v1::ActorPolicy& entry, v1::PolicyUpdate* update) { *update->add_actors() = entry; }
void AddPolicyEntry(const v1::CertificatePolicy& entry, v1::PolicyUpdate* update) {
  *update->add_certificates() = entry;
}

}  // namespace accord::registry
