#include "services/gateway/policy.h"

#include <limits>

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::gateway {
namespace {

std::string Pair(const std::string& agency, const std::string& member) { return agency + "/" + member; }

int64_t SteadyNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

absl::Status Denied(const char* rule, const char* message) {
  return Refuse(absl::StatusCode::kPermissionDenied, rule, message);
}

}  // namespace

std::shared_ptr<const PolicyTable> PolicyTable::Apply(const PolicyTable& before,
                                                      const registry::v1::PolicyUpdate& update) {
  auto table = update.reset() ? std::make_shared<PolicyTable>() : std::make_shared<PolicyTable>(before);
  table->epoch_ = update.epoch();
  table->version_ = update.version();
  for (const auto& entry : update.agencies()) {
    Agency agency{
        .kind = entry.kind(), .from = ParseDay(entry.valid_from()), .to = ParseDay(entry.valid_to())};
    agency.readable = (agency.from || entry.valid_from().empty()) && (agency.to || entry.valid_to().empty());
    table->agencies_[entry.agency()] = agency;
  }
  for (const auto& entry : update.systems())
    table->systems_[Pair(entry.agency(), entry.system())] = entry.active();
  for (const auto& entry : update.actors()) {
    Actor actor{.roles = {}, .active = entry.active()};
    for (const int role : entry.roles()) actor.roles.push_back(static_cast<Role>(role));
    table->actors_[Pair(entry.agency(), entry.actor())] = std::move(actor);
  }
  for (const auto& entry : update.certificates()) {
    table->certificates_[entry.fingerprint()] = {entry.agency(), entry.system(), entry.active()};
  }
  return table;
}

absl::Status PolicyTable::CheckCertificate(const AgencyIdentity& identity, const std::string& fingerprint,
                                           absl::CivilDay today) const {
  const auto certificate = certificates_.find(fingerprint);
  if (certificate == certificates_.end() || certificate->second.agency != identity.agency ||
      certificate->second.system != identity.system) {
    return Denied("CERTIFICATE_NOT_REGISTERED", "Enrol this certificate with the registry first.");
  }
  if (!certificate->second.active) {
    return Denied("CERTIFICATE_REVOKED", "This certificate was revoked; enrol a new one.");
  }
  const auto system = systems_.find(Pair(identity.agency, identity.system));
  if (system == systems_.end() || !system->second) {
    return Denied("SYSTEM_SUSPENDED", "This system is suspended; ask your platform administrator.");
  }
  const auto agency = agencies_.find(identity.agency);
  if (agency == agencies_.end() || !agency->second.readable ||
      (agency->second.from && today < *agency->second.from) ||
      (agency->second.to && today > *agency->second.to)) {
    return Denied("AGENCY_NOT_VALID", "This agency is not admitted on this day.");
  }
  return absl::OkStatus();
}

const PolicyTable::Actor* PolicyTable::FindActor(const std::string& agency, const std::string& actor) const {
  const auto found = actors_.find(Pair(agency, actor));
  return found == actors_.end() || !found->second.active ? nullptr : &found->second;
}

AgencyKind PolicyTable::KindOf(const std::string& agency) const {
  const auto found = agencies_.find(agency);
  return found == agencies_.end() ? annotations::v1::AGENCY_KIND_UNSPECIFIED : found->second.kind;
}

bool Policy::Take(const registry::v1::PolicyUpdate& update) {
  heard_ns_ = SteadyNs();
  const bool changed = update.reset() || update.agencies_size() > 0 || update.systems_size() > 0 ||
                       update.actors_size() > 0 || update.certificates_size() > 0;
  if (changed) table_.store(PolicyTable::Apply(*table_.load(), update));
  return changed;
}

double Policy::AgeSeconds() const {
  if (pinned_) return 0;
  const int64_t heard = heard_ns_;
  return heard == 0 ? std::numeric_limits<double>::infinity() : static_cast<double>(SteadyNs() - heard) / 1e9;
}

bool Policy::Fresh(std::chrono::milliseconds max_age) const {
  if (pinned_) return true;
  const int64_t heard = heard_ns_;
  return heard != 0 && SteadyNs() - heard <= std::chrono::nanoseconds(max_age).count();
}

}  // namespace accord::gateway
