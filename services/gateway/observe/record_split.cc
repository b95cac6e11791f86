#include "services/gateway/observe/record_split.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace accord::gateway {
namespace {

using Touched = caller::v1::TouchedResource;

// This gives the group of a resource: only resources of one group may stand in one record. An agency's own
// entry in the registry, `agencies/cas-york`, is known to everybody and shares a record with other entries,
// so that a list of all agencies is one record and not hundreds.
std::string RecordGroupOf(const Touched& resource) {
  return resource.name() == "agencies/" + resource.owner() ? "" : resource.owner();
}

// Nearly every call fits into one record.
bool FitsOneRecord(const std::vector<Touched>& touched, const std::vector<std::string>& revisions) {
  return touched.size() <= static_cast<std::size_t>(kMaxResources) &&
         revisions.size() <= static_cast<std::size_t>(kMaxRevisions) &&
         std::all_of(touched.begin(), touched.end(), [&](const Touched& each) {
           return RecordGroupOf(each) == RecordGroupOf(touched.front());
         });
}

// This gives records of what the answer shows, with these revisions.
std::vector<audit::v1::AuditRecord> SplitByOwner(audit::v1::AuditRecord record,
                                                 const std::vector<Touched>& touched,
                                                 const std::vector<std::string>& revisions) {
  std::vector<audit::v1::AuditRecord> parts;
  if (FitsOneRecord(touched, revisions)) {
    for (const Touched& resource : touched) *record.add_resources() = resource;
    for (const std::string& revision : revisions) record.add_revisions(revision);
    parts.push_back(std::move(record));
    return parts;
  }
  const auto open = [&]() -> audit::v1::AuditRecord& {
    parts.push_back(record);
    parts.back().set_part(static_cast<int>(parts.size()) - 1);
    return parts.back();
  };
  open();
  std::map<std::string, std::vector<const Touched*>> by_owner;
  for (const Touched& resource : touched) by_owner[RecordGroupOf(resource)].push_back(&resource);
  for (const auto& [owner, resources] : by_owner) {
    audit::v1::AuditRecord* part = parts.back().resources_size() == 0 ? &parts.back() : &open();
    for (const Touched* resource : resources) {
      if (part->resources_size() == kMaxResources) part = &open();
      *part->add_resources() = *resource;
    }
  }
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    const std::size_t at = i / kMaxRevisions;
    if (at == parts.size()) open();
    parts[at].add_revisions(revisions[i]);
  }
  return parts;
}

// This gives the part in which this change is told, which is a new part if none has room for the change.
audit::v1::AuditRecord* RecordPartFor(const caller::v1::ChangedResource& change,
                                      const audit::v1::AuditRecord& record,
                                      std::vector<audit::v1::AuditRecord>* parts) {
  for (audit::v1::AuditRecord& part : *parts) {
    const bool full = part.resources_size() >= kMaxResources || part.revisions_size() >= kMaxRevisions;
    if (full || part.owner_only() != change.hidden()) continue;
    // A part that names no resources takes those of any owner.
    if (part.resources().empty() || RecordGroupOf(part.resources(0)) == RecordGroupOf(change.resource()))
      return &part;
  }
  parts->push_back(record);
  parts->back().set_part(static_cast<int>(parts->size()) - 1);
  parts->back().set_owner_only(change.hidden());
  return &parts->back();
}

}  // namespace

std::vector<audit::v1::AuditRecord> SplitRecord(audit::v1::AuditRecord record,
                                                const std::vector<Touched>& touched,
                                                const std::vector<std::string>& revisions,
                                                const std::vector<caller::v1::ChangedResource>& changed) {
  if (changed.empty()) return SplitByOwner(std::move(record), touched, revisions);
  std::set<std::string> elsewhere;
  for (const auto& change : changed) elsewhere.insert(change.revision());
  std::vector<std::string> shown;
  for (const std::string& revision : revisions) {
    if (!elsewhere.contains(revision)) shown.push_back(revision);
  }
  std::vector<audit::v1::AuditRecord> parts = SplitByOwner(record, touched, shown);
  for (const auto& change : changed) {
    audit::v1::AuditRecord* part = RecordPartFor(change, record, &parts);
    const bool named = part->resources_size() > 0 &&
                       part->resources(part->resources_size() - 1).name() == change.resource().name();
    if (!named) *part->add_resources() = change.resource();
    part->add_revisions(change.revision());
  }
  return parts;
}

}  // namespace accord::gateway
