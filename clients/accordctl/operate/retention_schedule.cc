#include "clients/accordctl/operate/retention_schedule.h"

#include <google/protobuf/text_format.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/embedded.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/page.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using host::v1::RetentionRow;

// This gives `12 months` or `400 days`; it is empty if the row has no time.
std::string RetentionTimeText(const RetentionRow& row) {
  if (row.months() > 0) return Counted(static_cast<std::size_t>(row.months()), "month", "months");
  if (row.days() > 0) return Counted(static_cast<std::size_t>(row.days()), "day", "days");
  return "";
}

std::string RetentionEndText(const RetentionRow& row) {
  switch (row.end()) {
    case host::v1::RETENTION_END_PURGED:
      return Text("purged after {{time}}", {{"time", RetentionTimeText(row)}});
    case host::v1::RETENTION_END_REVIEWED:
      return Text("reviewed after {{time}}", {{"time", RetentionTimeText(row)}});
    case host::v1::RETENTION_END_OPERATOR:
      return Text("whoever operates it decides");
    default:
      // An end that this version does not know cannot be relied on.
      return Text("until a row says otherwise");
  }
}

std::string RetentionLawMarkText(annotations::v1::LawMark mark) {
  switch (mark) {
    case annotations::v1::LAW_MARK_VERIFIED:
      return Text("verified");
    case annotations::v1::LAW_MARK_SECONDARY:
      return Text("secondary source");
    case annotations::v1::LAW_MARK_MEMORY:
      return Text("from memory");
    case annotations::v1::LAW_MARK_CHOICE:
      return Text("a choice");
    default:
      return Text("not marked");
  }
}

std::string RetentionAuthorityText(const RetentionRow& row) {
  if (row.authority().empty()) return Text("not established");
  const std::string& named = SpokenLanguage() == Language::kFrench ? row.authority_fr() : row.authority();
  return absl::StrCat(named, " (", RetentionLawMarkText(row.mark()), ")");
}

// An empty value is not established, which is null for programs.
Json RetentionJsonOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json RetentionJsonOrNull(int number) { return number == 0 ? Json(nullptr) : Json(number); }

}  // namespace

host::v1::RetentionSchedule OwnRetentionSchedule() {
  host::v1::RetentionSchedule schedule;
  const std::string text(Embedded("retention.textproto"));
  if (!google::protobuf::TextFormat::ParseFromString(text, &schedule)) std::abort();
  return schedule;
}

std::vector<RetentionRow> RetentionRowsOn(const host::v1::RetentionSchedule& schedule,
                                          const std::string& day) {
  std::vector<RetentionRow> rows;
  for (const RetentionRow& row : schedule.rows()) {
    // Days are text (YYYY-MM-DD), whose byte order is their order in time.
    const bool begun = row.effective_from().empty() || row.effective_from() <= day;
    const bool ended = !row.effective_to().empty() && row.effective_to() <= day;
    if (begun && !ended) rows.push_back(row);
  }
  return rows;
}

std::string RetentionTable(const std::vector<RetentionRow>& rows) {
  std::vector<Row> table;
  table.push_back(
      Row{Text("KIND"), Text("KEPT"), Text("AUTHORITY FOR THAT"), Text("HELD UNDER"), Text("SINCE")});
  for (const RetentionRow& row : rows) {
    const std::string source = row.source().empty() ? Text("not established") : row.source();
    const std::string since = row.effective_from().empty() ? Text("always") : row.effective_from();
    table.push_back(Row{row.kind(), RetentionEndText(row), source, RetentionAuthorityText(row), since});
  }
  return Table(table);
}

Json RetentionJson(const host::v1::RetentionSchedule& schedule, const std::string& day,
                   const std::vector<RetentionRow>& rows) {
  Json listed = Json::array();
  for (const RetentionRow& row : rows) {
    const bool marked = row.mark() != annotations::v1::LAW_MARK_UNSPECIFIED;
    const std::string mark =
        marked ? ShortName(annotations::v1::LawMark_descriptor(), row.mark()) : std::string();
    Json each = {{"kind", row.kind()},
                 {"authority", RetentionJsonOrNull(row.authority())},
                 {"authority_fr", RetentionJsonOrNull(row.authority_fr())},
                 {"mark", RetentionJsonOrNull(mark)},
                 {"end", ShortName(host::v1::RetentionEnd_descriptor(), row.end())},
                 {"months", RetentionJsonOrNull(row.months())},
                 {"days", RetentionJsonOrNull(row.days())},
                 {"setting", RetentionJsonOrNull(row.setting())},
                 {"source", RetentionJsonOrNull(row.source())},
                 {"effective_from", RetentionJsonOrNull(row.effective_from())},
                 {"effective_to", RetentionJsonOrNull(row.effective_to())}};
    listed.push_back(std::move(each));
  }
  return {{"as_of", schedule.as_of()}, {"day", day}, {"rows", listed}};
}

std::string DisposalCertificate(const protocols::v1::Tombstone& tombstone, const std::string& agency) {
  const std::string at = MomentText(FromProto(tombstone.time()), OntarioZone());
  const std::string what =
      tombstone.purged()
          ? Text("Nobody needed the record any more, and it was purged by the rule {{rule}}.",
                 {{"rule", tombstone.reason()}})
          : Text("The law ended access to the record, and it was sealed away by the rule {{rule}}.",
                 {{"rule", tombstone.reason()}});
  std::string page = absl::StrCat(Text("Certificate of disposal"), "\n\n");
  const TextValues lines = {{Text("Record"), tombstone.resource()},
                            {Text("Ended"), at},
                            {Text("Issued to"), agency},
                            {Text("SHA-256 of what could be read of it without a key"), tombstone.digest()}};
  for (const auto& [label, value] : lines) {
    absl::StrAppend(&page, Text("{{label}}: {{value}}", {{"label", label}, {"value", value}}), "\n");
  }
  absl::StrAppend(&page, "\n", what, "\n",
                  Text("Its content was erased, from its earlier versions and from stored answers too, and "
                       "nobody can read it again."),
                  "\n",
                  Text("The log still tells who saw it, by its name alone. Backups made before that moment "
                       "hold it until whoever keeps them deletes them; one that is restored ends it again."),
                  "\n");
  return page;
}

}  // namespace accord::ctl
