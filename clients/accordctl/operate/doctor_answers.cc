// This file is about the part of `accordctl doctor` that asks through the gateway.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/operate/doctor.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using host::v1::ServiceStatus;
using registry::v1::Certificate;

// The sweeper looks each second; a lease that a dead replica held ends after 30 seconds.
constexpr absl::Duration kOverdue = absl::Minutes(1);
constexpr absl::Duration kStandbyLag = absl::Seconds(30);
// A service accepts an assertion from a clock that differs by 5 s.
constexpr absl::Duration kSkew = absl::Seconds(2);
constexpr absl::Duration kSoon = absl::Hours(24 * 30);
// After this many days somebody should compare the dated rows with the law again.
constexpr int kLawDays = 180;

void CheckSchema(const ServiceStatus& status, Findings* findings) {
  const std::string what = absl::StrCat(status.service(), " has schema ", status.schema_applied());
  if (status.migrations_missing() > 0) {
    findings->push_back({absl::StrCat(what, " and lacks ", status.migrations_missing(), " migrations"),
                         absl::StrCat("accord-", status.service(), " --config FILE --migrate")});
  } else if (status.schema_applied() > status.schema_known()) {
    findings->push_back({absl::StrCat(what, ", newer than its build's ", status.schema_known()),
                         "an upgrade is half done: bring this replica to the new version too"});
  } else {
    findings->push_back({what});
  }
}

void CheckDatabases(const ServiceStatus& status, Findings* findings) {
  if (status.has_primary() && !status.primary()) {
    findings->push_back({absl::StrCat(status.service(), " is connected to a standby, which takes no writes"),
                         "name the primary in its DSN: target_session_attrs=read-write"});
  }
  for (const auto& standby : status.standbys()) {
    const bool late = FromProto(standby.lag()) > kStandbyLag;
    findings->push_back(
        {absl::StrCat("standby ", standby.name(), " of ", status.service(), " is ", standby.lag_bytes(),
                      " bytes behind"),
         late ? "look at the standby's log and network: what it lacks is lost if the primary is" : ""});
  }
  if (status.rows_under_old_keys() > 0) {
    findings->push_back(
        {absl::StrCat(status.service(), " has ", status.rows_under_old_keys(), " rows under an old seal key"),
         absl::StrCat("accordctl rotate-keys seal --reseal FILE of ", status.service())});
  }
}

// This warns of law that nobody has compared for long. It is not a fault of the deployment, and is still
// applied, with a note.
void CheckComparison(const ServiceStatus& status, Findings* findings) {
  const auto compared = ParseDay(status.law().checked_to());
  if (!compared) return;
  const auto days = OntarioDay(FromProto(status.time())) - *compared;
  findings->push_back(
      {absl::StrCat(status.service(), ": its rows were compared with the law to ", FormatDay(*compared)), "",
       days > kLawDays
           ? absl::StrCat("that is ", days, " days ago: compare them again, and enter what changed")
           : ""});
}

// This checks whether all processes of the service apply one rule set, and whether a release brought newer
// rows than those that the office put into force.
void CheckLawInForce(const ServiceStatus& status, Findings* findings) {
  std::set<std::string> digests;
  for (const auto& replica : status.law_replicas()) digests.insert(replica.digest());
  if (digests.size() > 1) {
    findings->push_back(
        {absl::StrCat(status.service(), ": its processes go by ", digests.size(), " rule sets"), "",
         "wait a minute and look again; then see in the log of each for law_not_taken, or finish an "
         "upgrade"});
  }
  if (status.law_change().empty()) return;
  if (status.law_settings_differ()) {
    findings->push_back({absl::StrCat(status.service(), ": its law has settings of an earlier release"), "",
                         "propose a rule set with those of this release: they say who sees or does what"});
  }
  const bool newer = status.law().checked_to() < status.law_delivered_checked_to();
  findings->push_back(
      {absl::StrCat(status.service(), ": its law is ", status.law_change()), "",
       newer ? absl::StrCat("its release brought rows that were compared to ",
                            status.law_delivered_checked_to(), ", and nobody has put them in force")
             : ""});
}

void CheckAnswer(const ServiceAnswer& answer, Findings* findings) {
  if (!answer.answer.ok()) {
    findings->push_back(
        {absl::StrCat(answer.service, " does not answer: ", absl::StatusCodeToString(answer.answer.code()),
                      " ", accord::RuleOf(answer.answer)),
         "see whether its process runs, and the end of its log"});
    return;
  }
  if (!answer.status) {
    findings->push_back({absl::StrCat(answer.service, " answers, but does not tell this person how it does"),
                         "ask as an administrator of the office: --actor, --purpose administration"});
    return;
  }
  const ServiceStatus& status = *answer.status;
  CheckSchema(status, findings);
  const absl::Duration waits = FromProto(status.oldest_overdue());
  findings->push_back(
      {status.overdue() == 0 ? absl::StrCat(answer.service, ": nothing is overdue")
                             : absl::StrCat(answer.service, ": ", status.overdue(),
                                            " are overdue, the oldest for ", DurationText(waits)),
       waits > kOverdue ? "clocks do not run, or another service is not reached: look in its log for "
                          "sweep_failed, and of supports for link_not_revoked"
                        : ""});
  CheckDatabases(status, findings);
  CheckComparison(status, findings);
  CheckLawInForce(status, findings);
  // The clock was read at an unknown moment of the call, so half of the call's duration
  // is tolerated.
  const absl::Duration skew = absl::AbsDuration(FromProto(status.time()) - answer.asked) - answer.took / 2;
  findings->push_back(
      {absl::StrCat("clock of ", answer.service, skew > kSkew ? " differs by " : " agrees within ",
                    DurationText(std::max(skew, kSkew))),
       skew > kSkew ? "synchronize both machines' clocks (chrony, systemd-timesyncd)" : ""});
}

absl::StatusOr<audit::v1::Checkpoint> NewestCheckpointOfLog(CommandSession* session) {
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "checkpoint", Json::object()));
  return dynamic_cast<const audit::v1::Checkpoint&>(*answer);
}

absl::Status CompareLogWithSeen(CommandSession* session, const Trust& trust, Findings* findings) {
  ACCORD_ASSIGN_OR_RETURN(const auto before, NewestCheckpointOfLog(session));
  ACCORD_ASSIGN_OR_RETURN(const auto now, NewestCheckpointOfLog(session));
  const bool grows = now.tree_size() > before.tree_size();
  findings->push_back({absl::StrCat("audit log has ", CountedText(now.tree_size(), "entry", "entries"),
                                    grows ? " and grows" : ""),
                       grows ? "" : "a call left no record: stop the gateway and call the privacy officer"});
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(trust, session->contexts_file));
  if (trust.public_key.empty() && seen.key_pem.empty()) {
    findings->push_back({"the audit log's key is not known here",
                         "accordctl audit verify --public-key FILE, with the key that the office published"});
    return absl::OkStatus();
  }
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, trust, &seen));
  ACCORD_ASSIGN_OR_RETURN(const auto opened, merkle::OpenCheckpoint(now.note(), trust.origin, key));
  ACCORD_RETURN_IF_ERROR(CheckLogExtendsSeen(session, trust, key, seen, opened).status());
  findings->push_back({"its checkpoint is signed by the trusted key and goes on from what was seen"});
  return absl::OkStatus();
}

}  // namespace

Findings CheckAnswers(const std::vector<ServiceAnswer>& answers) {
  Findings findings;
  std::set<std::string> versions;
  for (const ServiceAnswer& answer : answers) {
    CheckAnswer(answer, &findings);
    if (answer.status) versions.insert(answer.status->version());
  }
  if (versions.size() > 1) {
    findings.push_back({absl::StrCat("services run different versions: ", absl::StrJoin(versions, ", ")),
                        "finish the upgrade: \"Upgrade\" in docs/operate.md"});
  }
  return findings;
}

Findings CheckLog(CommandSession* session, const Trust& trust) {
  Findings findings;
  if (const absl::Status status = CompareLogWithSeen(session, trust, &findings); !status.ok()) {
    findings.push_back({absl::StrCat("audit log: ", std::string(status.message())),
                        absl::IsDataLoss(status)
                            ? "do not use the log's answers: call the privacy officer"
                            : "see whether the audit service runs, and the end of its log"});
  }
  return findings;
}

Findings CheckSystem(const std::string& system, annotations::v1::AgencyKind kind,
                     const std::vector<Certificate>& certificates, absl::Time now) {
  absl::Time last = absl::InfinitePast();
  for (const Certificate& each : certificates) {
    if (each.state() == registry::v1::CERTIFICATE_STATE_ACTIVE)
      last = std::max(last, FromProto(each.not_after()));
  }
  // The system was never admitted, or is shut out already.
  if (last == absl::InfinitePast() || last - now > kSoon) return {};
  const std::string when = last <= now ? "ended" : absl::StrCat("ends in ", DurationText(last - now));
  return {{absl::StrCat("the last certificate of ", system, " ", when),
           kind == annotations::v1::AGENCY_KIND_PLATFORM_LOG
               ? "sign another one for the log: \"Rotate\" in docs/operate.md"
           : last > now
               ? "its own `accordctl certificate renew` makes the next one: ask the agency whether that runs"
               : "ask the agency for a signing request, then `accordctl agency enroll` with it"}};
}

Findings CheckAgencies(CommandSession* session, absl::Time now) {
  Findings findings;
  int systems = 0;
  std::vector<std::pair<std::string, annotations::v1::AgencyKind>> agencies, names;
  absl::Status status =
      ReadPages<registry::v1::ListAgenciesResponse>(session, "agencies", [&](const auto& page) {
        for (const auto& agency : page.agencies()) agencies.emplace_back(agency.name(), agency.kind());
      });
  for (const auto& [agency, kind] : agencies) {
    status.Update(ReadPages<registry::v1::ListSystemsResponse>(session, "systems",
                                                               [&, kind = kind](const auto& page) {
                                                                 for (const auto& system : page.systems())
                                                                   names.emplace_back(system.name(), kind);
                                                               },
                                                               {{"parent", agency}}));
    if (!status.ok()) break;
  }
  for (const auto& [system, kind] : names) {
    std::vector<Certificate> certificates;
    status.Update(ReadPages<registry::v1::ListCertificatesResponse>(
        session, "certificates",
        [&](const auto& page) {
          certificates.insert(certificates.end(), page.certificates().begin(), page.certificates().end());
        },
        {{"parent", system}}));
    if (!status.ok()) break;
    ++systems;
    for (auto& each : CheckSystem(system, kind, certificates, now)) findings.push_back(std::move(each));
  }
  if (!status.ok()) {
    return {{absl::StrCat("agencies' certificates: ", std::string(status.message())),
             "ask as an administrator of the office, and see whether the registry runs"}};
  }
  if (findings.empty())
    findings.push_back({absl::StrCat(systems, " systems of agencies have certificates beyond 30 days")});
  return findings;
}

}  // namespace accord::ctl
