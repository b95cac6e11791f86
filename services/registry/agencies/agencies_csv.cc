#include "services/registry/agencies/agencies_csv.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/registry/agencies/agency_names.h"

namespace accord::registry {
namespace {

using Fields = std::vector<std::string>;

absl::Status RefuseCsvLine(std::size_t line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("agencies, record ", line, ": ", what));
}

absl::StatusOr<std::vector<Fields>> CsvRecords(const std::string& csv) {
  std::vector<Fields> records;
  Fields fields;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < csv.size() && csv[i + 1] == '"') {
        field += csv[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && field.empty()) {
      quoted = true;
    } else if (c == '"') {
      return RefuseCsvLine(records.size() + 1, "a quote stands inside a field");
    } else if (c == ',' || c == '\n') {
      fields.push_back(std::move(field));
      field.clear();
      if (c == '\n') records.push_back(std::move(fields)), fields.clear();
    } else if (c != '\r') {
      field += c;
    }
  }
  if (quoted) return RefuseCsvLine(records.size() + 1, "a quoted field does not end");
  if (!field.empty() || !fields.empty()) {
    fields.push_back(std::move(field));
    records.push_back(std::move(fields));
  }
  return records;
}

// This says whether the text is `YYYY` or `YYYY-MM`, of a month that exists.
bool IsCsvYearOrMonth(const std::string& text) {
  return text.size() == 4 ? ParseDay(text + "-01-01").has_value()
                          : text.size() == 7 && ParseDay(text + "-01").has_value();
}

// This adds the names of a field, which has `NAME|FROM|TO|SOURCE` for each, and `;` between two of them.
absl::Status AddCsvNames(const std::string& field, std::size_t line, v1::Agency* agency) {
  if (field.empty()) return absl::OkStatus();
  const std::vector<std::string> names = absl::StrSplit(field, ';');
  for (const std::string& each : names) {
    const Fields parts = absl::StrSplit(each, '|');
    if (parts.size() != 4 || parts[0].empty() || parts[3].empty()) {
      return RefuseCsvLine(line, "has a name that is not NAME|FROM|TO|SOURCE");
    }
    auto* name = agency->add_names();
    name->set_display_name(parts[0]);
    name->set_effective_from(parts[1]);
    name->set_effective_to(parts[2]);
    name->set_source(parts[3]);
  }
  return CheckAgencyNames(*agency).ok() ? absl::OkStatus()
                                        : RefuseCsvLine(line, "has names whose periods do not fit");
}

absl::StatusOr<v1::Agency> CsvAgency(const Fields& fields, std::size_t columns, std::size_t line) {
  if (fields.size() != columns) {
    return RefuseCsvLine(line, absl::StrCat("has ", fields.size(), " fields, not ", columns));
  }
  const auto kind = FromShortName(annotations::v1::AgencyKind_descriptor(), fields[2]);
  if (!IsId(fields[0]))
    return RefuseCsvLine(line, "has an id that is none: a-z, 0-9 and -, starting with a letter");
  if (fields[1].empty()) return RefuseCsvLine(line, "has no name");
  if (!kind) return RefuseCsvLine(line, "has an unknown kind");
  if (fields[4] != "true" && fields[4] != "false")
    return RefuseCsvLine(line, "indigenous must be true or false");
  for (const auto& day : {fields[6], fields[7]}) {
    if (!day.empty() && !ParseDay(day)) return RefuseCsvLine(line, "has a day that does not exist");
  }
  if (!fields[6].empty() && !fields[7].empty() && fields[7] <= fields[6])
    return RefuseCsvLine(line, "has a valid_to that does not come after its valid_from");
  v1::Agency agency;
  agency.set_name("agencies/" + fields[0]);
  agency.set_display_name(fields[1]);
  agency.set_kind(static_cast<AgencyKind>(*kind));
  agency.set_region(fields[3]);
  agency.set_indigenous(fields[4] == "true");
  agency.set_notes(fields[5]);
  agency.set_valid_from(fields[6]);
  agency.set_valid_to(fields[7]);
  if (columns == 8) return agency;
  for (const auto& [about, day] : {std::pair(fields[8], fields[6]), {fields[9], fields[7]}}) {
    if (!about.empty() && !IsCsvYearOrMonth(about))
      return RefuseCsvLine(line, "has neither a year nor a month");
    if (!about.empty() && !day.empty()) return RefuseCsvLine(line, "has a day and a month for the same");
  }
  agency.set_about_from(fields[8]);
  agency.set_about_to(fields[9]);
  if (columns > 10) agency.set_successor(fields[10]);
  if (columns > 11) ACCORD_RETURN_IF_ERROR(AddCsvNames(fields[11], line, &agency));
  return agency;
}

}  // namespace

absl::StatusOr<std::vector<v1::Agency>> ParseAgencies(const std::string& csv) {
  ACCORD_ASSIGN_OR_RETURN(auto records, CsvRecords(csv));
  const Fields least = {"id", "name", "kind", "region", "indigenous", "notes", "valid_from", "valid_to"};
  Fields more = least;
  more.push_back("about_from");
  more.push_back("about_to");
  Fields most = more;
  most.push_back("successor");
  Fields all = most;
  all.push_back("names");
  const std::vector<Fields> headers = {least, more, most, all};
  if (records.empty() || std::find(headers.begin(), headers.end(), records[0]) == headers.end()) {
    return RefuseCsvLine(
        1,
        "the header is not id,name,kind,region,indigenous,notes,valid_from,valid_to with or without "
        "about_from,about_to or about_from,about_to,successor or about_from,about_to,successor,names");
  }
  const std::size_t columns = records[0].size();
  std::vector<v1::Agency> agencies;
  std::set<std::string> names;
  for (std::size_t i = 1; i < records.size(); ++i) {
    ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, CsvAgency(records[i], columns, i + 1));
    if (!names.insert(agency.name()).second) return RefuseCsvLine(i + 1, "repeats an id");
    agencies.push_back(std::move(agency));
  }
  // Record 1 is the header.
  for (std::size_t i = 0; i < agencies.size(); ++i) {
    const std::string successor = absl::StrCat("agencies/", agencies[i].successor());
    if (agencies[i].successor().empty()) continue;
    if (!names.contains(successor) || successor == agencies[i].name()) {
      return RefuseCsvLine(i + 2, "has a successor that is no other agency of the file");
    }
  }
  return agencies;
}

}  // namespace accord::registry
