// `accordctl status` shows the state of every service and of the audit log.
#include <iostream>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "clients/accordctl/operate/status.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

using host::v1::ServiceStatus;

absl::Duration StatusDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

std::string SchemaCell(const ServiceStatus& status) {
  std::string text = absl::StrCat(status.schema_applied());
  if (status.migrations_missing() > 0) {
    absl::StrAppend(&text, ", ", status.migrations_missing(), " MISSING (knows ", status.schema_known(), ")");
  } else if (status.schema_applied() > status.schema_known()) {
    absl::StrAppend(&text, ", NEWER than the build's ", status.schema_known());
  }
  return text;
}

std::string LagCell(const ServiceStatus& status) {
  if (!status.has_primary()) return "-";
  if (!status.primary()) return "not a primary";
  std::vector<std::string> lags;
  for (const auto& standby : status.standbys()) {
    lags.push_back(absl::StrCat(
        standby.name(), " ", standby.lag_bytes(), " B",
        standby.has_lag() ? absl::StrCat(" ", absl::ToInt64Milliseconds(StatusDuration(standby.lag())), " ms")
                          : ""));
  }
  return lags.empty() ? "no standby seen" : absl::StrJoin(lags, ", ");
}

Row StatusRow(const ServiceAnswer& answer) {
  Row row = {answer.service, answer.answer.ok() ? "ok" : absl::StatusCodeToString(answer.answer.code()),
             absl::StrCat(absl::ToInt64Milliseconds(answer.took))};
  if (!answer.status) {
    row.insert(row.end(), {"-", "-", "-", "-", "-", "-"});
    return row;
  }
  const ServiceStatus& status = *answer.status;
  row.insert(row.end(),
             {status.version(), SchemaCell(status),
              ShortName(host::v1::DatabaseKind_descriptor(), status.database()),
              status.overdue() == 0 ? std::string("0")
                                    : absl::StrCat(status.overdue(), ", oldest ",
                                                   AgeText(StatusDuration(status.oldest_overdue()))),
              LagCell(status), absl::StrCat(status.rows_under_old_keys())});
  return row;
}

// These are the answers, and what could not be asked.
struct StatusSeen {
  std::vector<ServiceAnswer> answers = {};
  // These are services that this caller may not ask.
  std::vector<std::string> closed = {};
};

// This gives remarks on what is missing from the table.
std::vector<std::string> StatusRemarks(const StatusSeen& looked) {
  std::set<std::string> versions;
  bool withheld = false;
  std::vector<std::string> remarks;
  for (const ServiceAnswer& answer : looked.answers) {
    if (answer.status) versions.insert(answer.status->version());
    withheld |= answer.answer.ok() && !answer.status;
    if (!answer.answer.ok())
      remarks.push_back(absl::StrCat(answer.service, " gave no answer: ", ReasonLine(answer.answer)));
  }
  if (versions.size() > 1) {
    remarks.push_back(absl::StrCat("services run different versions: ", absl::StrJoin(versions, ", ")));
  }
  if (withheld) {
    remarks.push_back(
        "details are for the coordination office's administrators, with --purpose administration");
  }
  if (!looked.closed.empty()) {
    remarks.push_back(absl::StrCat("this person may ask nothing of ", absl::StrJoin(looked.closed, ", "),
                                   " for this purpose, so whether they run is not known here"));
  }
  return remarks;
}

std::string GatewayVersionOf(const std::vector<ServiceAnswer>& answers) {
  for (const ServiceAnswer& answer : answers) {
    if (answer.status) return answer.status->gateway();
  }
  return "";
}

void PrintStatusTable(const StatusSeen& looked, const absl::StatusOr<LogAnswer>& log) {
  std::vector<Row> rows = {
      {"SERVICE", "ANSWER", "MS", "VERSION", "SCHEMA", "DATABASE", "OVERDUE", "STANDBYS", "OLD-KEY ROWS"}};
  for (const ServiceAnswer& answer : looked.answers) rows.push_back(StatusRow(answer));
  std::cout << Table(rows);
  if (const std::string gateway = GatewayVersionOf(looked.answers); !gateway.empty()) {
    std::cout << "gateway    " << gateway << "\n";
  }
  if (log.ok()) {
    std::cout << "audit log  " << CountedText(log->size, "entry", "entries") << ", root "
              << Hex(log->root).substr(0, 16) << "; "
              << (log->witnessed == absl::InfinitePast()
                      ? std::string("never witnessed: `accordctl audit witness`")
                      : absl::StrCat("witnessed at ", CountedText(log->witnessed_size, "entry", "entries"),
                                     ", ", AgeText(absl::Now() - log->witnessed), " ago"))
              << "\n";
  } else {
    std::cout << "audit log  " << ReasonLine(log.status()) << "\n";
  }
  for (const std::string& remark : StatusRemarks(looked)) std::cout << "note       " << remark << "\n";
}

void PrintStatusJson(const StatusSeen& looked, const absl::StatusOr<LogAnswer>& log, Format format) {
  Json json = {{"gateway", GatewayVersionOf(looked.answers)}, {"services", Json::array()}};
  for (const ServiceAnswer& answer : looked.answers) {
    Json one = {{"service", answer.service},
                {"answer", answer.answer.ok() ? "ok" : absl::StatusCodeToString(answer.answer.code())},
                {"ms", absl::ToInt64Milliseconds(answer.took)}};
    if (answer.status) one["status"] = ToJson(*answer.status);
    json["services"].push_back(std::move(one));
  }
  if (log.ok()) {
    json["audit"] = {{"size", log->size}, {"root", Hex(log->root)}, {"witnessed_size", log->witnessed_size}};
    if (log->witnessed != absl::InfinitePast()) {
      json["audit"]["witnessed_time"] = absl::FormatTime(log->witnessed, absl::UTCTimeZone());
    }
  }
  json["notes"] = StatusRemarks(looked);
  std::cout << (format == Format::kJson ? DumpJson(json, 2) : ToYaml(json)) << "\n";
}

absl::Status LookOnce(CommandSession* session, bool print) {
  StatusSeen looked;
  ACCORD_ASSIGN_OR_RETURN(looked.answers, AskServices(session, &looked.closed));
  absl::Status worst;
  for (const ServiceAnswer& answer : looked.answers) worst.Update(answer.answer);
  if (!print && !worst.ok()) return worst;
  const absl::StatusOr<LogAnswer> log = AskLog(session);
  worst.Update(log.status());
  if (session->format() == Format::kTable) {
    PrintStatusTable(looked, log);
  } else {
    PrintStatusJson(looked, log, session->format());
  }
  return worst;
}

absl::Status ShowStatus(CommandSession* session, double wait_seconds) {
  const absl::Time end = absl::Now() + absl::Seconds(wait_seconds);
  session->timeout_seconds = std::min(session->timeout_seconds, 5.0);
  for (;;) {
    const bool last = absl::Now() >= end;
    const absl::Status status = LookOnce(session, last);
    if (status.ok() || last) return status;
    absl::SleepFor(absl::Milliseconds(100));
  }
}

}  // namespace

void AddStatusCommand(CLI::App* app, CommandSession* session) {
  auto wait = std::make_shared<double>(0);
  AddCommand(app, session, "status",
             "Show how every service and the audit log do, and what waits; exit 7 if one does not answer",
             [=] { return ShowStatus(session, *wait); })
      ->group("Administration")
      ->add_option("--wait", *wait, "Ask again for at most so many seconds, until all answer [0]");
}

}  // namespace accord::ctl
