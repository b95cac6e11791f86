#include "clients/accordctl/exchange/migration.h"

#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

// A source id serves people to find a record again; this is longer than any file number.
constexpr std::size_t kMostIdBytes = 200;

absl::Status MalformedMigrationLine(const std::string& what) {
  return Refuse(rules::kMigrationLineMalformed, what);
}

bool IsMigrationSourceText(const std::string& text) { return !text.empty() && text.size() <= kMostIdBytes; }

// This checks that the record has only fields of its resource. Its service checks everything else.
absl::Status CheckMigratedRecord(const std::string& kind, const Json& record) {
  const Command* create = FindCommand("create", MigrationNoun(kind));
  if (create == nullptr || create->body() == nullptr)
    return MalformedMigrationLine("nothing is brought of this kind");
  return CheckJsonFields(record, create->body()->message_type());
}

absl::Status ReadMigrationLine(const std::string& text, MigrationLine* line) {
  const auto json = ParseJson(text);
  if (!json.ok() || !json->is_object()) return MalformedMigrationLine("is no JSON object of its own");
  static const auto* kKnown = new std::set<std::string>{"kind", "source_system", "source_id", "record"};
  for (const auto& [name, value] : json->items()) {
    if (!kKnown->contains(name))
      return MalformedMigrationLine("has a field beside kind, source_system, source_id and record");
  }
  const std::string kind = JsonTextAt(*json, "kind");
  line->key = {kind, JsonTextAt(*json, "source_system"), JsonTextAt(*json, "source_id")};
  if (MigrationNoun(kind).empty()) return MalformedMigrationLine("kind is referral, case or partner");
  if (!IsMigrationSourceText(std::get<1>(line->key)) || !IsMigrationSourceText(std::get<2>(line->key))) {
    return MalformedMigrationLine("source_system and source_id have 1 to 200 bytes each");
  }
  const auto record = json->find("record");
  if (record == json->end() || !record->is_object())
    return MalformedMigrationLine("record is the record's fields");
  line->record = *record;
  const absl::Status fields = CheckMigratedRecord(kind, line->record);
  // A malformed document has no rule of its own.
  if (!fields.ok() && accord::RuleOf(fields).empty()) {
    return RefuseFields({{"record", std::string(fields.message())}});
  }
  return fields;
}

}  // namespace

std::string MigrationNoun(const std::string& kind) {
  if (kind == "referral" || kind == "case") return kind;
  return kind == "partner" ? "crisis-partner" : "";
}

MigrationFile ReadMigration(const std::string& text) {
  MigrationFile file;
  std::map<SourceKey, int64_t> first;
  int64_t number = 0;
  for (const absl::string_view each : absl::StrSplit(text, '\n')) {
    ++number;
    const std::string trimmed(absl::StripAsciiWhitespace(each));
    if (trimmed.empty()) continue;
    MigrationLine line;
    line.number = number;
    line.digest = Hex(Sha256(trimmed));
    const absl::Status taken = ReadMigrationLine(trimmed, &line);
    if (!taken.ok()) {
      file.faults.push_back({number, taken});
      continue;
    }
    const auto [known, fresh] = first.emplace(line.key, number);
    if (!fresh) {
      file.faults.push_back(
          {number, Refuse(rules::kMigrationSourceTwice,
                          absl::StrCat("line ", known->second, " has the same source id"))});
      continue;
    }
    file.lines.push_back(std::move(line));
  }
  return file;
}

absl::StatusOr<Journal> ReadJournal(const std::string& text) {
  Journal journal;
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto json = ParseJson(lines[i]);
    const bool whole = json.ok() && json->is_object() && !JsonTextAt(*json, "name").empty() &&
                       !JsonTextAt(*json, "digest").empty();
    if (!whole && i + 1 == lines.size()) break;
    if (!whole) {
      return Refuse(rules::kMigrationJournalMalformed,
                    absl::StrCat("line ", i + 1, " of the journal is none that this command wrote"));
    }
    journal[{JsonTextAt(*json, "kind"), JsonTextAt(*json, "source_system"), JsonTextAt(*json, "source_id")}] =
        {JsonTextAt(*json, "digest"), JsonTextAt(*json, "name")};
  }
  return journal;
}

std::string JournalText(const Journal& journal) {
  std::string text;
  for (const auto& [key, brought] : journal) {
    const Json line = {{"kind", std::get<0>(key)},
                       {"source_system", std::get<1>(key)},
                       {"source_id", std::get<2>(key)},
                       {"digest", brought.digest},
                       {"name", brought.name}};
    absl::StrAppend(&text, DumpJson(line), "\n");
  }
  return text;
}

absl::Status CheckMigrationLine(const MigrationLine& line, const Journal& journal) {
  const auto known = journal.find(line.key);
  if (known == journal.end()) return absl::OkStatus();
  if (known->second.digest == line.digest) return absl::AlreadyExistsError("it was brought before");
  return Refuse(rules::kMigrationLineChanged, "the record was brought before, out of another line");
}

std::string MigrationRequestId(const std::string& agency, const MigrationLine& line) {
  const auto& [kind, system, id] = line.key;
  // A line feed separates the parts, because none of them can contain one.
  const std::string digest =
      Hex(Sha256(absl::StrCat(agency, "\n", kind, "\n", system, "\n", id, "\n", line.digest)));
  return absl::StrCat("migration-", digest.substr(0, 40));
}

}  // namespace accord::ctl
