// These are the entries of the policy that gateways decide by, each as it is made of a record of
// the registry.
#ifndef ACCORD_SERVICES_REGISTRY_POLICY_POLICY_ENTRIES_H_
#define ACCORD_SERVICES_REGISTRY_POLICY_POLICY_ENTRIES_H_

#include "accord/registry/v1/policy_service.pb.h"
#include "accord/registry/v1/resources.pb.h"

namespace accord::registry {

v1::AgencyPolicy PolicyEntryOf(const v1::Agency& agency);
v1::SystemPolicy PolicyEntryOf(const v1::System& system);
v1::ActorPolicy PolicyEntryOf(const v1::Actor& actor);
v1::CertificatePolicy PolicyEntryOf(const v1::Certificate& certificate);

// This adds an entry to those of its kind in the update.
void AddPolicyEntry(const v1::AgencyPolicy& entry, v1::PolicyUpdate* update);
void AddPolicyEntry(const v1::SystemPolicy& entry, v1::PolicyUpdate* update);
void AddPolicyEntry(const v1::ActorPolicy& entry, v1::PolicyUpdate* update);
void AddPolicyEntry(const v1::CertificatePolicy& entry, v1::PolicyUpdate* update);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_POLICY_POLICY_ENTRIES_H_
