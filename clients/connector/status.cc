#include "clients/connector/status.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/connector/shared_folder.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/authority.h"

namespace accord::connector {
namespace {

using Json = nlohmann::json;

constexpr char kAsk[] = "Look for the rule in docs/errors.md, and mend what it names.";

std::string StatusTimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

void AddStatusTrouble(Json* status, const std::string& what, const std::string& todo, bool stops = false) {
  (*status)["troubles"].push_back({{"what", what}, {"do", todo}, {"stops", stops}});
}

// This gives what the rule of the catalogue means and what to do, in its words.
std::string StatusAdvice(const std::string& reason, const std::string& otherwise) {
  const rules::Rule* rule = rules::FindRule(reason);
  return rule == nullptr ? otherwise : std::string(rule->en);
}

Json ProblemStatus(const ProblemSeen& problem) {
  const Refused& refusal = problem.seen.outcome.refusal();
  const bool is_final = problem.seen.state == CallState::kRefused;
  const std::string otherwise =
      refusal.code() == "UNANSWERED"
          ? "No gateway has answered. The act waits and is sent again by itself; look at the network and the gateways."
          : kAsk;
  Json json = {{"id", problem.id},
               {"method", problem.method},
               {"state", is_final ? "refused" : "waiting"},
               {"attempts", problem.seen.attempts},
               {"code", refusal.code()},
               {"do", StatusAdvice(refusal.reason(), otherwise)}};
  if (!refusal.reason().empty()) json["reason"] = refusal.reason();
  return json;
}

void AddOutboxStatus(const StatusSources& sources, absl::Time now, Json* status) {
  (*status)["problems"] = Json::array();
  if (sources.outbox == nullptr) return;
  const absl::StatusOr<OutboxSeen> seen = sources.outbox->Summary();
  if (!seen.ok()) {
    return AddStatusTrouble(status, "The outbox cannot be read.",
                            "Look at the disk and at the folder of state, and at its owner.", true);
  }
  Json& outbox = (*status)["outbox"] = {{"waiting", seen->waiting}, {"refused", seen->refused}};
  if (seen->oldest.has_value()) {
    outbox["oldest"] = StatusTimeText(*seen->oldest);
    outbox["oldest_seconds"] = std::max<int64_t>(0, absl::ToInt64Seconds(now - seen->oldest.value()));
  }
  for (const ProblemSeen& each : seen->problems) (*status)["problems"].push_back(ProblemStatus(each));
}

void AddFeedsStatus(const StatusSources& sources, absl::Time now, Json* status) {
  (*status)["feeds"] = Json::array();
  for (const WatchConfig& watch : sources.config.watches()) {
    Json feed = {{"watch", watch.name()}, {"feed", watch.feed()}};
    if (sources.positions != nullptr) {
      const absl::StatusOr<Position> position = sources.positions->Read(watch.name());
      if (position.ok()) feed["events"] = position->number;
    }
    for (const FeedSeen& seen : sources.feeds) {
      if (seen.watch != watch.name()) continue;
      if (seen.heard.has_value()) {
        feed["heard"] = StatusTimeText(*seen.heard);
        feed["age_seconds"] = std::max<int64_t>(0, absl::ToInt64Seconds(now - *seen.heard));
      }
      if (seen.problem.empty()) continue;
      feed["problem"] = seen.problem;
      if (!seen.reason.empty()) feed["reason"] = seen.reason;
      const std::string todo = StatusAdvice(
          seen.reason, "It begins anew by itself; look at the gateways, and at the disk of its folder.");
      feed["do"] = todo;
      AddStatusTrouble(status, absl::StrCat("Watch ", watch.name(), ": ", seen.problem), todo);
    }
    (*status)["feeds"].push_back(feed);
  }
}

void AddDeadLettersStatus(const StatusSources& sources, Json* status) {
  if (sources.deliveries == nullptr) return;
  const absl::StatusOr<int64_t> dead = sources.deliveries->CountDead();
  if (!dead.ok())
    return AddStatusTrouble(status, "inbox.db cannot be read.", "Look at the folder of state.", true);
  (*status)["dead_letters"] = *dead;
  if (*dead == 0) return;
  AddStatusTrouble(
      status, absl::StrCat("Changes that no webhook took: ", *dead, "."),
      "Mend the receiver, and run `accord-connector dead-letters replay --all`; what nobody needs any "
      "more is discarded by `dead-letters discard`.");
}

void AddWebhooksStatus(const StatusSources& sources, absl::Time now, Json* status) {
  if (sources.deliveries == nullptr) return;
  const absl::StatusOr<std::vector<Backlog>> backlogs = sources.deliveries->Backlogs();
  // That it cannot be read is told of the dead letters.
  if (!backlogs.ok()) return;
  (*status)["webhooks"] = Json::array();
  for (const Backlog& each : *backlogs) {
    const auto& webhooks = sources.config.webhooks();
    const bool configured = std::any_of(webhooks.begin(), webhooks.end(),
                                        [&](const auto& named) { return named.name() == each.webhook; });
    Json webhook = {{"webhook", each.webhook},
                    {"waiting", each.waiting},
                    {"dead", each.dead},
                    {"configured", configured}};
    if (each.oldest.has_value()) {
      webhook["oldest_seconds"] = std::max<int64_t>(0, absl::ToInt64Seconds(now - *each.oldest));
    }
    (*status)["webhooks"].push_back(webhook);
    if (configured) continue;
    AddStatusTrouble(status,
                     absl::StrCat("Changes are kept for the webhook ", each.webhook,
                                  ", which the configuration does not name."),
                     "Name it in the configuration again under the same name, and they are delivered.");
  }
}

void AddDiskStatus(const StatusSources& sources, Json* status) {
  struct statvfs disk {};
  if (statvfs(sources.config.state_folder().c_str(), &disk) != 0) return;
  (*status)["free_bytes"] = static_cast<int64_t>(disk.f_bavail) * static_cast<int64_t>(disk.f_frsize);
}

void AddRenewalStatus(const StatusSources& sources, Json* status) {
  (*status)["renewal"] = {{"configured", sources.config.has_renewal()}};
  if (!sources.renewal.has_value()) return;
  const RenewalSeen& renewal = *sources.renewal;
  (*status)["renewal"]["failures"] = renewal.failures;
  if (renewal.problem.empty()) return;
  if (!renewal.reason.empty()) (*status)["renewal"]["reason"] = renewal.reason;
  AddStatusTrouble(
      status, absl::StrCat("The certificate is not renewed: ", renewal.problem),
      StatusAdvice(
          renewal.reason,
          "It is tried again by itself. Look at the gateways, and at the folder of the certificate, which "
          "must be this user's own."));
}

void AddCertificateStatus(const StatusSources& sources, absl::Time now, Json* status) {
  if (sources.certificate_file.empty()) return;
  const absl::StatusOr<std::string> pem = ReadFile(sources.certificate_file);
  const absl::StatusOr<pki::Issued> read =
      pem.ok() ? pki::ReadCertificate(*pem) : absl::StatusOr<pki::Issued>(pem.status());
  if (!read.ok()) {
    return AddStatusTrouble(status,
                            absl::StrCat(sources.certificate_file, " is no certificate that can be read."),
                            "Put the certificate of this system there, with its key beside it.", true);
  }
  // These are the same two thirds by which `accordctl certificate renew --if-due` goes.
  const absl::Time due = read->not_before + (read->not_after - read->not_before) * 2 / 3;
  (*status)["certificate"] = {{"ends", StatusTimeText(read->not_after)},
                              {"seconds_left", absl::ToInt64Seconds(read->not_after - now)},
                              {"renewal_due", StatusTimeText(due)}};
  const char* renew =
      sources.config.has_renewal()
          ? "Run `accordctl certificate renew`, or ask the agency's office for a certificate."
          : "Run `accordctl certificate renew`, or name a person in `renewal` of the configuration, for whom "
            "the connector renews it.";
  if (now < read->not_before) {
    AddStatusTrouble(status, "The certificate is not valid yet by the clock of this machine.",
                     "Set the clock by the network's time (NTP).", true);
  } else if (now >= read->not_after) {
    AddStatusTrouble(
        status, "The certificate has ended by the clock of this machine.",
        "If the clock is right, ask the agency's office for a new certificate; acts wait for it.", true);
  } else if (now >= due && !sources.renewal.has_value()) {
    AddStatusTrouble(status, "The certificate is due to be renewed.", renew);
  }
}

void AddGatewaysStatus(const StatusSources& sources, Json* status) {
  (*status)["gateways"] = Json::array();
  bool all_away = !sources.gateways.empty();
  for (const client::GatewaySeen& each : sources.gateways) {
    all_away = all_away && each.state == "away";
    (*status)["gateways"].push_back({{"address", each.address}, {"state", each.state}, {"used", each.used}});
  }
  if (!all_away) return;
  // Acts are taken all the same, and are sent when one is back.
  AddStatusTrouble(
      status, "No gateway can be reached.",
      "Look at the network, at the addresses and at ca_file. What was handed over waits, and is sent then.");
}

// This gives the folder, if it is one that the connector may use.
absl::StatusOr<SharedFolder> OpenFolderForStatus(const std::string& path, Json* status) {
  absl::StatusOr<SharedFolder> folder = SharedFolder::Open(path);
  if (!folder.ok()) {
    AddStatusTrouble(status, std::string(folder.status().message()), "Mend the folder and its mode.");
  }
  return folder;
}

void AddDropStatus(const DropConfig& drop, Json* status) {
  const absl::StatusOr<SharedFolder> folder = OpenFolderForStatus(drop.folder(), status);
  if (!folder.ok()) return;
  const absl::StatusOr<int64_t> wrong = folder->Count(".refused.json");
  if (!wrong.ok() || *wrong == 0) return;
  AddStatusTrouble(status, absl::StrCat("Drop ", drop.name(), ": acts that were not taken: ", *wrong, "."),
                   "Read each NAME.refused.json, mend NAME.json.refused and name it NAME.json again.");
}

void AddFoldersStatus(const StatusSources& sources, Json* status) {
  for (const DropConfig& each : sources.config.drops()) AddDropStatus(each, status);
  for (const WatchConfig& each : sources.config.watches()) {
    if (!each.folder().empty()) (void)OpenFolderForStatus(each.folder(), status);
  }
  if (!sources.takes) return;
  const absl::Status takes = sources.takes(sources.config.state_folder());
  (*status)["disk_takes_acts"] = takes.ok();
  if (takes.ok()) return;
  AddStatusTrouble(
      status, std::string(takes.message()),
      "Make room on the disk, and look at the folder's owner and mode. What was kept before is not lost.",
      true);
}

}  // namespace

Json StatusOf(const StatusSources& sources, absl::Time now) {
  Json status = {{"at", StatusTimeText(now)}, {"troubles", Json::array()}};
  AddFoldersStatus(sources, &status);
  AddOutboxStatus(sources, now, &status);
  AddFeedsStatus(sources, now, &status);
  AddDeadLettersStatus(sources, &status);
  AddWebhooksStatus(sources, now, &status);
  AddDiskStatus(sources, &status);
  AddCertificateStatus(sources, now, &status);
  AddRenewalStatus(sources, &status);
  AddGatewaysStatus(sources, &status);
  return status;
}

}  // namespace accord::connector
