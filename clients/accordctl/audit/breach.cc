#include "clients/accordctl/audit/breach.h"

#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/csv_cell.h"
#include "clients/accordctl/core/instant.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/time_text.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

constexpr std::size_t kDigitsOfName = 32, kDigitsOfFingerprint = 64;

// This gives the last part of a resource name, with which the fingerprint begins, in lower case as Hex
// writes it.
std::string BreachCertificateDigits(const std::string& certificate) {
  return absl::AsciiStrToLower(certificate.substr(certificate.rfind('/') + 1));
}

bool AreBreachCertificateDigits(const std::string& text) {
  return (text.size() == kDigitsOfName || text.size() == kDigitsOfFingerprint) &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string BreachTouchText(const audit::v1::AuditRecord& record, caller::v1::Touch touch) {
  const std::string name = ShortName(caller::v1::Touch_descriptor(), touch);
  return record.owner_only() ? absl::StrCat(name, "_unseen") : name;
}

Row BreachCells(const BreachLine& line) {
  return {TimeText(line.at), line.agency,  line.person, line.certificate,
          line.method,       line.purpose, line.touch,  line.effect_unknown ? "unknown" : "yes",
          line.record};
}

Row BreachHeader() {
  return {"time", "agency", "person", "certificate", "method", "purpose", "touch", "effect", "record"};
}

struct BreachCounts {
  std::set<std::string> records, agencies;
  std::set<int64_t> calls;
};

BreachCounts CountBreach(const std::vector<BreachLine>& lines) {
  BreachCounts counts;
  for (const BreachLine& line : lines) {
    counts.records.insert(line.record);
    counts.agencies.insert(line.agency);
    counts.calls.insert(line.entry);
  }
  return counts;
}

}  // namespace

absl::StatusOr<Json> BreachRequest(const BreachWanted& wanted, const std::string& reader, absl::Time now) {
  if (wanted.from.empty() || wanted.to.empty()) {
    return RefuseFields({{wanted.from.empty() ? "from" : "to",
                          "a report is of a time that has a beginning and an end: give --from and --to"}});
  }
  if (wanted.agency.empty() && wanted.person.empty() && wanted.certificate.empty()) {
    return RefuseFields({{"agency", "name who it was: --agency, --person or --certificate"}});
  }
  if (!wanted.certificate.empty() &&
      !AreBreachCertificateDigits(BreachCertificateDigits(wanted.certificate))) {
    return RefuseFields(
        {{"certificate", "is a certificate's resource name, or 32 or 64 hex digits of its fingerprint"}});
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string from, InstantOf(wanted.from, "--from"));
  ACCORD_ASSIGN_OR_RETURN(const std::string to, InstantOf(wanted.to, "--to"));
  absl::Time begin, end;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, from, &begin, &error) ||
      !absl::ParseTime(absl::RFC3339_full, to, &end, &error)) {
    return absl::InternalError("InstantOf wrote no instant");
  }
  if (end <= begin) return RefuseFields({{"to", "comes after --from"}});
  // A report on a period that has not ended would be different tomorrow under the same heading.
  if (end > now) return RefuseFields({{"to", "lies in the past: a time that has not ended has no report"}});
  Json request = {{"from", from}, {"until", to}};
  if (!wanted.agency.empty()) request["by_agency"] = wanted.agency;
  if (!wanted.person.empty()) request["by_actor"] = wanted.person;
  if (!wanted.agency.empty() && wanted.agency != reader) request["disclosures_only"] = true;
  return request;
}

std::vector<BreachLine> BreachLines(const EntriesTold& told, const std::string& reader,
                                    const std::string& certificate) {
  const std::string digits = BreachCertificateDigits(certificate);
  std::vector<BreachLine> lines;
  for (const auto& [index, entry] : told) {
    const audit::v1::AuditRecord& record = entry.record();
    // A refused call has shown nothing.
    if (record.decision() == audit::v1::DECISION_DENY) continue;
    const std::string fingerprint = Hex(record.certificate_fingerprint());
    if (!digits.empty() && !absl::StartsWith(fingerprint, digits)) continue;
    const std::string& path = record.method();
    for (const auto& resource : record.resources()) {
      if (resource.owner() != reader && record.agency() != reader) continue;
      BreachLine line;
      line.entry = index;
      line.at = FromProto(record.time());
      line.agency = record.agency().empty() ? record.service() : record.agency();
      line.person = record.actor();
      line.certificate = fingerprint.substr(0, kDigitsOfName);
      line.method = path.substr(path.rfind('/') + 1);
      if (record.purpose() != annotations::v1::PURPOSE_UNSPECIFIED) {
        line.purpose = PurposeName(record.purpose());
      }
      line.record = resource.name();
      line.owner = resource.owner();
      line.touch = BreachTouchText(record, resource.touch());
      line.effect_unknown = record.effect_unknown();
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

std::vector<std::string> HoldableRecords(const std::vector<BreachLine>& lines) {
  std::set<std::string> records;
  for (const BreachLine& line : lines) {
    const std::vector<std::string> parts = absl::StrSplit(line.record, '/');
    if (parts.size() == 4 && parts[0] == "agencies" && parts[2] == "referrals") records.insert(line.record);
  }
  return {records.begin(), records.end()};
}

std::string BreachTable(const std::vector<BreachLine>& lines, const LogRead& log) {
  std::vector<Row> rows;
  Row header = BreachHeader();
  for (std::string& cell : header) absl::AsciiStrToUpper(&cell);
  rows.push_back(std::move(header));
  for (const BreachLine& line : lines) rows.push_back(BreachCells(line));
  const BreachCounts counts = CountBreach(lines);
  std::string table = Table(rows);
  absl::StrAppend(
      &table, CountedText(static_cast<int64_t>(counts.records.size()), "record", "records"), " in ",
      CountedText(static_cast<int64_t>(counts.calls.size()), "entry", "entries"), " of the log, by ",
      CountedText(static_cast<int64_t>(counts.agencies.size()), "agency", "agencies"), "; the log had ",
      CountedText(log.size, "entry", "entries"), ", root ", log.root, "\n",
      "Whom a record is about is known to its owner, not to the log. A change that the log recovered later "
      "stands under the time of its recovery.\n");
  if (log.moved_before > 0) {
    absl::StrAppend(&table, "NOT WHOLE: entries below ", log.moved_before,
                    " are in files: ask the coordination office for them\n");
  }
  return table;
}

std::string BreachCsv(const std::vector<BreachLine>& lines) {
  std::vector<Row> rows = {BreachHeader()};
  for (const BreachLine& line : lines) rows.push_back(BreachCells(line));
  std::string csv;
  for (const Row& row : rows) {
    const auto cell = [](std::string* out, const std::string& text) { *out += CsvCell(text); };
    absl::StrAppend(&csv, absl::StrJoin(row, ",", cell), "\r\n");
  }
  return csv;
}

Json BreachJson(const Json& request, const std::vector<BreachLine>& lines, const LogRead& log) {
  Json touched = Json::array();
  for (const BreachLine& line : lines) {
    Json each = {{"entry", absl::StrCat("entries/", line.entry)},
                 {"time", absl::FormatTime(absl::RFC3339_full, line.at, absl::UTCTimeZone())},
                 {"agency", line.agency},
                 {"actor", line.person},
                 {"certificate", line.certificate},
                 {"method", line.method},
                 {"purpose", line.purpose},
                 {"touch", line.touch},
                 {"effect_unknown", line.effect_unknown},
                 {"record", line.record},
                 {"owner", line.owner}};
    touched.push_back(std::move(each));
  }
  const Json read = {{"size", log.size}, {"root", log.root}, {"moved_before", log.moved_before}};
  return {{"asked", request}, {"log", read}, {"whole", log.moved_before == 0}, {"touched", touched}};
}

}  // namespace accord::ctl
