#include "common/storage/database/migration_file.h"

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace accord::storage {
namespace {

constexpr char kTitle[] = "title";
constexpr char kBreaking[] = "older versions cannot run";
constexpr char kLineEnds[] = "stored line ends";

absl::Status RefuseMigrationFile(const std::string& what) { return absl::InvalidArgumentError(what); }

absl::StatusOr<int> MigrationNumberOf(const std::string& name) {
  const std::string digits = name.substr(0, 4);
  int number = 0;
  if (name.size() < 10 || name[4] != '_' || !absl::EndsWith(name, ".sql") ||
      digits.find_first_not_of("0123456789") != std::string::npos || !absl::SimpleAtoi(digits, &number)) {
    return RefuseMigrationFile("the name is not of the form 0123_slug.sql");
  }
  return number;
}

std::string TakeMigrationLine(std::string_view* text) {
  const std::size_t end = text->find('\n');
  std::string line(text->substr(0, end));
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  return line;
}

absl::StatusOr<std::map<std::string, std::string>> TakeMigrationHeaders(std::string_view* text) {
  std::map<std::string, std::string> headers;
  while (text->starts_with("-- ")) {
    const std::string line = TakeMigrationLine(text).substr(3);
    const std::size_t colon = line.find(": ");
    const std::string name = line.substr(0, colon);
    if (name != kTitle && name != kBreaking && name != kLineEnds) {
      return RefuseMigrationFile(absl::StrCat("there is no header `", name, "`"));
    }
    const std::string value = colon == std::string::npos ? "" : line.substr(colon + 2);
    if (value.empty()) return RefuseMigrationFile(absl::StrCat("the header `", name, "` says nothing"));
    if (!headers.emplace(name, value).second)
      return RefuseMigrationFile(absl::StrCat("the header `", name, "` is twice"));
  }
  for (const char* needed : {kTitle, kBreaking}) {
    if (!headers.contains(needed))
      return RefuseMigrationFile(absl::StrCat("the header `", needed, "` is missing"));
  }
  return headers;
}

void SkipMigrationRemarks(std::string_view* text) {
  while (text->starts_with("--")) TakeMigrationLine(text);
}

absl::StatusOr<bool> IsMigrationBreaking(const std::string& said) {
  if (said != "yes" && said != "no")
    return RefuseMigrationFile(absl::StrCat("`", kBreaking, "` is yes or no"));
  return said == "yes";
}

// A comment among the statements would be stored with them and hide how a statement begins, so it is refused.
absl::StatusOr<std::string> MigrationStatementsIn(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string statements(text);
  const std::vector<std::string> lines = absl::StrSplit(statements, '\n');
  for (const std::string& line : lines) {
    if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(line), "--")) {
      return RefuseMigrationFile("remarks stand before the statements");
    }
  }
  return statements;
}

absl::StatusOr<std::string> WithMigrationLineEnds(const std::string& statements,
                                                  const std::string& line_ends) {
  if (line_ends != "both" && line_ends != "before" && line_ends != "after" && line_ends != "none") {
    return RefuseMigrationFile(absl::StrCat("`", kLineEnds, "` is before, after or none"));
  }
  if (statements.empty()) return std::string();
  const bool before = line_ends == "both" || line_ends == "before";
  const bool after = line_ends == "both" || line_ends == "after";
  return absl::StrCat(before ? "\n" : "", statements, after ? "\n" : "");
}

absl::StatusOr<Migration> ReadMigration(const MigrationFile& file) {
  std::string_view text = file.text;
  ACCORD_ASSIGN_OR_RETURN(const int number, MigrationNumberOf(file.name));
  ACCORD_ASSIGN_OR_RETURN(auto headers, TakeMigrationHeaders(&text));
  SkipMigrationRemarks(&text);
  ACCORD_ASSIGN_OR_RETURN(const bool breaking, IsMigrationBreaking(headers[kBreaking]));
  ACCORD_ASSIGN_OR_RETURN(const std::string statements, MigrationStatementsIn(text));
  const std::string line_ends = headers.contains(kLineEnds) ? headers[kLineEnds] : "both";
  ACCORD_ASSIGN_OR_RETURN(std::string sql, WithMigrationLineEnds(statements, line_ends));
  return Migration{number, headers[kTitle], std::move(sql), breaking};
}

}  // namespace

absl::StatusOr<std::vector<Migration>> ReadMigrations(const std::vector<MigrationFile>& files) {
  std::vector<Migration> migrations;
  int last = 0;
  for (const MigrationFile& file : files) {
    auto migration = ReadMigration(file);
    if (!migration.ok()) {
      return RefuseMigrationFile(absl::StrCat("migration ", file.name, ": ", migration.status().message()));
    }
    if (migration->version <= last) {
      return RefuseMigrationFile(absl::StrCat("migration ", file.name, ": its number is not above ", last));
    }
    last = migration->version;
    migrations.push_back(*std::move(migration));
  }
  return migrations;
}

std::vector<Migration> MigrationsIn(const std::vector<MigrationFile>& files) {
  auto migrations = ReadMigrations(files);
  if (!migrations.ok()) {
    LogError("migration_malformed", {{"fault", std::string(migrations.status().message())}});
    std::abort();
  }
  return *std::move(migrations);
}

}  // namespace accord::storage
