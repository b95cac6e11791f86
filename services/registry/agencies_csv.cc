#include "services/registry/agencies_csv.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::registry {
namespace {

using Fields = std::vector<std::string>;

absl::Status BadLine(std::size_t line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("agencies, record ", line, ": ", what));
}

absl::StatusOr<std::vector<Fields>> Records(const std::string& csv) {
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
      return BadLine(records.size() + 1, "a quote stands inside a field");
    } else if (c == ',' || c == '\n') {
      fields.push_back(std::move(field));
      field.clear();
      if (c == '\n') records.push_back(std::move(fields)), fields.clear();
    } else if (c != '\r') {
      field += c;
    }
  }
  if (quoted) return BadLine(records.size() + 1, "a quoted field does not end");
  if (!field.empty() || !fields.empty()) {
    fields.push_back(std::move(field));
    records.push_back(std::move(fields));
  }
  return records;
}

absl::StatusOr<v1::Agency> ToAgency(const Fields& fields, std::size_t line) {
  if (fields.size() != 8) return BadLine(line, absl::StrCat("has ", fields.size(), " fields, not 8"));
  const auto kind = FromShortName(annotations::v1::AgencyKind_descriptor(), fields[2]);
  if (!IsId(fields[0]))
    return BadLine(line, "has an id that is none: a-z, 0-9 and -, starting with a letter");
  if (fields[1].empty()) return BadLine(line, "has no name");
  if (!kind) return BadLine(line, "has an unknown kind");
  if (fields[4] != "true" && fields[4] != "false") return BadLine(line, "indigenous must be true or false");
  for (const auto& day : {fields[6], fields[7]}) {
    if (!day.empty() && !ParseDay(day)) return BadLine(line, "has a day that does not exist");
  }
  if (!fields[6].empty() && !fields[7].empty() && fields[7] < fields[6])
    return BadLine(line, "has a valid_to that comes before its valid_from");
  v1::Agency agency;
  agency.set_name("agencies/" + fields[0]);
  agency.set_display_name(fields[1]);
  agency.set_kind(static_cast<AgencyKind>(*kind));
  agency.set_region(fields[3]);
  agency.set_indigenous(fields[4] == "true");
  agency.set_notes(fields[5]);
  agency.set_valid_from(fields[6]);
  agency.set_valid_to(fields[7]);
  return agency;
}

}  // namespace

absl::StatusOr<std::vector<v1::Agency>> ParseAgencies(const std::string& csv) {
  ACCORD_ASSIGN_OR_RETURN(auto records, Records(csv));
  if (records.empty() ||
      records[0] != Fields{"id", "name", "kind", "region", "indigenous", "notes", "valid_from", "valid_to"}) {
    return BadLine(1, "the header is not id,name,kind,region,indigenous,notes,valid_from,valid_to");
  }
  std::vector<v1::Agency> agencies;
  std::set<std::string> names;
  for (std::size_t i = 1; i < records.size(); ++i) {
    ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, ToAgency(records[i], i + 1));
    if (!names.insert(agency.name()).second) return BadLine(i + 1, "repeats an id");
    agencies.push_back(std::move(agency));
  }
  return agencies;
}

}  // namespace accord::registry
