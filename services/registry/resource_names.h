// These functions take apart the names of resources of the registry, and make one of another.
#ifndef ACCORD_SERVICES_REGISTRY_RESOURCE_NAMES_H_
#define ACCORD_SERVICES_REGISTRY_RESOURCE_NAMES_H_

#include <string>

namespace accord::registry {

// This gives a part of a name: part 1 of agencies/cas-york/systems/cms is cas-york, and part 3 is cms.
std::string PartOf(const std::string& name, int part);

// This converts agencies/cas-york/actors/worker to agencies/cas-york/actorNames/worker.
std::string ActorNameOf(const std::string& actor);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_RESOURCE_NAMES_H_
