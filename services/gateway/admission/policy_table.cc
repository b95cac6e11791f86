#include "services/gateway/admission/policy_table.h"

#include <set>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::gateway {
namespace {

std::string MemberKey(const std::string& agency, const std::string& member) { return agency + "/" + member; }

}  // namespace

std::shared_ptr<const PolicyTable> PolicyTable::Apply(const PolicyTable& before,
                                                      const registry::v1::PolicyUpdate& update) {
  auto table = update.reset() ? std::make_shared<PolicyTable>() : std::make_shared<PolicyTable>(before);
  table->epoch_ = update.epoch();
  table->version_ = update.version();
  for (const auto& entry : update.agencies()) {
    Agency agency{.kind = entry.kind(),
                  .from = ParseDay(entry.valid_from()),
                  .to = ParseDay(entry.valid_to()),
                  .successor = entry.successor()};
    agency.readable = (agency.from || entry.valid_from().empty()) && (agency.to || entry.valid_to().empty());
    table->agencies_.Set(entry.agency(), agency);
  }
  for (const auto& entry : update.systems()) {
    table->systems_.Set(MemberKey(entry.agency(), entry.system()), entry.active());
  }
  for (const auto& entry : update.actors()) {
    Actor actor{.roles = {}, .active = entry.active()};
    for (const int role : entry.roles()) actor.roles.push_back(static_cast<Role>(role));
    table->actors_.Set(MemberKey(entry.agency(), entry.actor()), std::move(actor));
  }
  for (const auto& entry : update.certificates()) {
    table->certificates_.Set(entry.fingerprint(), {entry.agency(), entry.system(), entry.active()});
  }
  ForEachEntry(update, [&](const auto& entry) {
    const std::string key = PolicyKey(entry);
    if (const auto* before_hash = table->hashes_.Find(key)) table->digest_.Subtract(*before_hash);
    const auto hash = PolicyDigest::HashOf(key, entry.SerializeAsString());
    table->digest_.Add(hash);
    table->hashes_.Set(key, hash);
  });
  return table;
}

absl::Status PolicyTable::CheckCertificate(const AgencyIdentity& identity, const std::string& fingerprint,
                                           absl::CivilDay today) const {
  const Certificate* certificate = certificates_.Find(fingerprint);
  if (certificate == nullptr || certificate->agency != identity.agency ||
      certificate->system != identity.system) {
    return Refuse(rules::kCertificateNotRegistered, "Enrol this certificate with the registry first.");
  }
  if (!certificate->active) {
    return Refuse(rules::kCertificateRevoked, "This certificate was revoked; enrol a new one.");
  }
  const bool* system = systems_.Find(MemberKey(identity.agency, identity.system));
  if (system == nullptr || !*system) {
    return Refuse(rules::kSystemSuspended, "This system is suspended; ask your platform administrator.");
  }
  if (!Admitted(identity.agency, today)) {
    return Refuse(rules::kAgencyNotValid, "This agency is not admitted on this day.");
  }
  return absl::OkStatus();
}

const PolicyTable::Actor* PolicyTable::FindActor(const std::string& agency, const std::string& actor) const {
  const Actor* found = actors_.Find(MemberKey(agency, actor));
  return found == nullptr || !found->active ? nullptr : found;
}

bool PolicyTable::Admitted(const std::string& agency, absl::CivilDay today) const {
  const Agency* found = agencies_.Find(agency);
  return found != nullptr && found->readable && (!found->from || today >= *found->from) &&
         (!found->to || today < *found->to);
}

std::string PolicyTable::SuccessorOf(const std::string& agency, absl::CivilDay today) const {
  std::set<std::string> seen;
  std::string at = agency;
  // The successor may have ended, too. Two agencies that name each other have no successor.
  while (seen.insert(at).second) {
    const Agency* ended = agencies_.Find(at);
    if (ended == nullptr || !ended->to || today < *ended->to) return "";
    at = ended->successor;
    if (Admitted(at, today)) return at;
  }
  return "";
}

AgencyKind PolicyTable::KindOf(const std::string& agency) const {
  const Agency* found = agencies_.Find(agency);
  return found == nullptr ? annotations::v1::AGENCY_KIND_UNSPECIFIED : found->kind;
}

}  // namespace accord::gateway
