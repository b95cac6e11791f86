#include "clients/accordctl/operate/status.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/time_text.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/encoding.h"

namespace accord::ctl {
namespace {

using host::v1::ServiceStatus;

std::string StatusSchemaCell(const ServiceStatus& status) {
  std::string text = absl::StrCat(status.schema_applied());
  if (status.migrations_missing() > 0) {
    absl::StrAppend(&text, ", ", status.migrations_missing(), " MISSING (knows ", status.schema_known(), ")");
  } else if (status.schema_applied() > status.schema_known()) {
    absl::StrAppend(&text, ", NEWER than the build's ", status.schema_known());
  }
  return text;
}

std::string StatusLagCell(const ServiceStatus& status) {
  if (!status.has_primary()) return "-";
  if (!status.primary()) return "not a primary";
  std::vector<std::string> lags;
  for (const auto& standby : status.standbys()) {
    lags.push_back(absl::StrCat(
        standby.name(), " ", standby.lag_bytes(), " B",
        standby.has_lag() ? absl::StrCat(" ", absl::ToInt64Milliseconds(FromProto(standby.lag())), " ms")
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
             {status.version(), StatusSchemaCell(status),
              ShortName(host::v1::DatabaseKind_descriptor(), status.database()),
              status.overdue() == 0 ? std::string("0")
                                    : absl::StrCat(status.overdue(), ", oldest ",
                                                   DurationText(FromProto(status.oldest_overdue()))),
              StatusLagCell(status), absl::StrCat(status.rows_under_old_keys())});
  return row;
}

std::string GatewayVersionInStatus(const std::vector<ServiceAnswer>& answers) {
  for (const ServiceAnswer& answer : answers) {
    if (answer.status) return answer.status->gateway();
  }
  return "";
}

}  // namespace

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

std::string StatusTable(const StatusSeen& looked, const absl::StatusOr<LogAnswer>& log) {
  std::vector<Row> rows = {
      {"SERVICE", "ANSWER", "MS", "VERSION", "SCHEMA", "DATABASE", "OVERDUE", "STANDBYS", "OLD-KEY ROWS"}};
  for (const ServiceAnswer& answer : looked.answers) rows.push_back(StatusRow(answer));
  std::string text = Table(rows);
  if (const std::string gateway = GatewayVersionInStatus(looked.answers); !gateway.empty()) {
    absl::StrAppend(&text, "gateway    ", gateway, "\n");
  }
  if (log.ok()) {
    const std::string witnessed =
        log->witnessed == absl::InfinitePast()
            ? std::string("never witnessed: `accordctl audit witness`")
            : absl::StrCat("witnessed at ", CountedText(log->witnessed_size, "entry", "entries"), ", ",
                           DurationText(absl::Now() - log->witnessed), " ago");
    absl::StrAppend(&text, "audit log  ", CountedText(log->size, "entry", "entries"), ", root ",
                    Hex(log->root).substr(0, 16), "; ", witnessed, "\n");
  } else {
    absl::StrAppend(&text, "audit log  ", ReasonLine(log.status()), "\n");
  }
  for (const std::string& remark : StatusRemarks(looked)) absl::StrAppend(&text, "note       ", remark, "\n");
  return text;
}

Json StatusJson(const StatusSeen& looked, const absl::StatusOr<LogAnswer>& log) {
  Json json = {{"gateway", GatewayVersionInStatus(looked.answers)}, {"services", Json::array()}};
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
  return json;
}

}  // namespace accord::ctl
