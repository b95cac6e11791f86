#include "services/training/completions/roster.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "nlohmann/json.hpp"

namespace accord::training {
namespace {

constexpr std::array<std::string_view, 4> kColumns = {"course", "learner_agency", "learner", "completed_on"};
constexpr char kIdForm[] =
    "course, learner_agency and learner are ids, 1 to 63 of a-z, 0-9 and -, a letter first.";

// This tells whether a text is UTF-8. Overlong forms, surrogates and code points above U+10FFFF are refused.
bool IsRosterUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80       ? 1
                               : lead >> 5 == 6  ? 2
                               : lead >> 4 == 14 ? 3
                               : lead >> 3 == 30 ? 4
                                                 : 0;
    if (length == 0 || i + length > text.size()) return false;
    uint32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      if (byte >> 6 != 2) return false;
      point = point << 6 | (byte & 0x3F);
    }
    constexpr std::array<uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
    if (point < kLeast[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
    i += length;
  }
  return true;
}

// This removes a byte order mark, which some programs write before the first line.
std::string_view RosterWithoutByteOrderMark(std::string_view line) {
  return line.substr(0, 3) == "\xEF\xBB\xBF" ? line.substr(3) : line;
}

// This gives what is wrong with a text that is not a day, judged by its form alone.
std::string_view FaultOfRosterDay(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  const auto only = [&](std::string_view others) {
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_digit(c) || others.find(c) != std::string_view::npos; });
  };
  const std::size_t point = std::min(text.find('.'), text.size());
  // A fraction is a time of the day: 45351.75 is six in the evening.
  if (digits > 0 && point <= 5 && std::count(text.begin(), text.end(), '.') <= 1 && only(".")) {
    return "completed_on is a number, as spreadsheets keep days (they count from 1900): give the column the "
           "form "
           "YYYY-MM-DD before you save it as CSV.";
  }
  if (digits == 8 && text.size() == 8) return "completed_on has no hyphens: write YYYY-MM-DD.";
  if (digits > 0 && only("/.- ") && !(text.size() >= 5 && text[4] == '-')) {
    return "completed_on is written with the year last or with other signs, and nobody can tell the day from "
           "the "
           "month: write YYYY-MM-DD.";
  }
  if (text.size() > 10 && ParseDay(text.substr(0, 10))) {
    return "completed_on is a day, YYYY-MM-DD, without a time.";
  }
  return "completed_on is YYYY-MM-DD, a day that exists.";
}

// This gives every cell that is wrong, because whoever corrects a file corrects each line once.
std::vector<absl::Status> FaultsOfRosterRow(const CompletionRow& row, absl::CivilDay today) {
  std::vector<absl::Status> faults;
  for (const auto& [column, id] :
       {std::pair("course", &row.course), std::pair("learner_agency", &row.learner_agency),
        std::pair("learner", &row.learner)}) {
    // The value may be the name of a person, so the message does not repeat it.
    if (IsId(*id)) continue;
    faults.push_back(
        Refuse(rules::kValueInvalid, absl::StrCat(column, id->empty() ? " is empty" : " is no id")));
  }
  if (!faults.empty()) {
    // What an id is stands once, behind the last of them.
    faults.back() = Reword(faults.back(), absl::StrCat(std::string(faults.back().message()), ": ", kIdForm));
  }
  if (!ParseDay(row.completed_on)) {
    faults.push_back(Refuse(rules::kDateInvalid, FaultOfRosterDay(row.completed_on)));
  } else if (auto fault = CheckPersonalDayHasCome("completed_on", row.completed_on, today); !fault.ok()) {
    faults.push_back(std::move(fault));
  }
  return faults;
}

// This gives one refusal of all faults, by the rule of the first one; it is OK if there are none.
absl::Status RefuseRosterLine(const std::vector<absl::Status>& faults) {
  if (faults.size() <= 1) return faults.empty() ? absl::OkStatus() : faults.front();
  std::string what;
  for (const absl::Status& fault : faults) {
    if (!what.empty()) what += what.back() == '.' ? " " : "; ";
    what += std::string(fault.message());
  }
  return Reword(faults.front(), what);
}

// This gives the part after the last slash, since identifiers of statements are IRIs.
std::string LastPartOfRosterIri(const std::string& iri) { return iri.substr(iri.rfind('/') + 1); }

// This reads a line that is one JSON object. A key that occurs twice is refused, because readers differ in
// which value they take.
absl::StatusOr<nlohmann::json> ReadRosterStatementObject(std::string_view line) {
  using Event = nlohmann::json::parse_event_t;
  bool twice = false;
  // These are the keys of the objects that are open.
  std::vector<std::set<std::string>> keys;
  nlohmann::json json = nlohmann::json::parse(
      line,
      [&](int, Event event, nlohmann::json& parsed) {
        if (event == Event::object_start) keys.emplace_back();
        if (event == Event::object_end && !keys.empty()) keys.pop_back();
        if (event == Event::key) {
          twice = twice || keys.empty() || !keys.back().insert(parsed.get<std::string>()).second;
        }
        return true;
      },
      /*allow_exceptions=*/false);
  if (twice) return Refuse(rules::kStatementInvalid, "The line names one key twice.");
  if (!json.is_object()) return Refuse(rules::kStatementInvalid, "The line is not one JSON object.");
  return json;
}

absl::StatusOr<CompletionRow> ReadRosterStatement(std::string_view line) {
  ACCORD_ASSIGN_OR_RETURN(const nlohmann::json json, ReadRosterStatementObject(line));
  const auto text = [&](const char* pointer) {
    const nlohmann::json::json_pointer at(pointer);
    return json.contains(at) && json.at(at).is_string() ? json.at(at).get<std::string>() : std::string();
  };
  std::vector<absl::Status> faults;
  const std::string verb = text("/verb/id");
  if (verb != "http://adlnet.gov/expapi/verbs/completed" && verb != "http://adlnet.gov/expapi/verbs/passed") {
    faults.push_back(
        Refuse(rules::kVerbUnknown, "verb.id is completed or passed of http://adlnet.gov/expapi/verbs/."));
  }
  // A verb says what was tried, and the result says how it went (xAPI 1.0.3, section 2.4.5).
  for (const char* field : {"completion", "success"}) {
    const nlohmann::json::json_pointer at(absl::StrCat("/result/", field));
    if (json.contains(at) && json.at(at) != true) {
      faults.push_back(
          Refuse(rules::kStatementInvalid,
                 absl::StrCat("result.", field, " is not true: an attempt that failed is no completion.")));
    }
  }
  // Anonymous groups and mailboxes name nobody whom an employer knows.
  if (text("/actor/account/name").empty() || text("/object/id").empty()) {
    faults.push_back(
        Refuse(rules::kStatementInvalid, "actor.account (homePage and name) and object.id are required."));
  }
  CompletionRow row;
  row.course = LastPartOfRosterIri(text("/object/id"));
  row.learner_agency = LastPartOfRosterIri(text("/actor/account/homePage"));
  row.learner = text("/actor/account/name");
  absl::Time at;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text("/timestamp"), &at, &error)) {
    faults.push_back(Refuse(rules::kDateInvalid, "timestamp is an ISO 8601 instant with its offset."));
  }
  ACCORD_RETURN_IF_ERROR(RefuseRosterLine(faults));
  row.completed_on = FormatDay(OntarioDay(at));
  return row;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SplitRosterCsv(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false, was_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        cells.back() += line[++i];
      } else {
        quoted = false;
      }
    } else if (c == ',') {
      cells.emplace_back();
      was_quoted = false;
    } else if (was_quoted) {
      return Refuse(rules::kQuotesUnbalanced,
                    absl::StrCat("Something stands behind the quotes of cell ", cells.size(),
                                 ": a quote within quotes is written twice."));
    } else if (c == '"' && cells.back().empty()) {
      quoted = was_quoted = true;
    } else {
      cells.back() += c;
    }
  }
  if (quoted) {
    return Refuse(rules::kQuotesUnbalanced,
                  absl::StrCat("The quote of cell ", cells.size(), " is not closed on this line."));
  }
  return cells;
}

absl::StatusOr<Roster> Roster::FromHeader(std::string_view header) {
  if (header.substr(0, 2) == "\xFF\xFE" || header.substr(0, 2) == "\xFE\xFF" ||
      header.find('\0') != std::string_view::npos) {
    return Refuse(rules::kEncoding, "The file is UTF-16, not UTF-8: save it as UTF-8 (in Excel: CSV UTF-8).");
  }
  header = RosterWithoutByteOrderMark(header);
  if (!header.empty() && header.back() == '\r') header.remove_suffix(1);
  if (header.find('\r') != std::string_view::npos) {
    return Refuse(rules::kSeparatorUnknown,
                  "Lines end with carriage returns alone, as on old Macs: save the file with line feeds.");
  }
  Roster roster;
  roster.columns_.assign(kColumns.size(), std::string::npos);
  for (const auto& [separator, name] :
       {std::pair(';', "semicolons"), std::pair('\t', "tabs"), std::pair('|', "bars")}) {
    if (!absl::StrContains(absl::string_view(header.data(), header.size()), ',') &&
        absl::StrContains(absl::string_view(header.data(), header.size()), separator)) {
      return Refuse(rules::kSeparatorUnknown, absl::StrCat("Cells are separated by ", name,
                                                           ", not by commas: save the file with commas."));
    }
  }
  ACCORD_ASSIGN_OR_RETURN(const auto cells, SplitRosterCsv(header));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto known = std::find(kColumns.begin(), kColumns.end(), cells[i]);
    if (known == kColumns.end()) {
      return Refuse(
          rules::kColumnUnknown,
          absl::StrCat("Column ", i + 1, " is none of course, learner_agency, learner, completed_on."));
    }
    std::size_t& at = roster.columns_[static_cast<std::size_t>(known - kColumns.begin())];
    if (at != std::string::npos) {
      return Refuse(rules::kColumnRepeated, absl::StrCat("Column ", i + 1, " is ", cells[i], " once more."));
    }
    at = i;
  }
  const auto missing = std::find(roster.columns_.begin(), roster.columns_.end(), std::string::npos);
  if (missing != roster.columns_.end()) {
    const std::string_view name = kColumns[static_cast<std::size_t>(missing - roster.columns_.begin())];
    return Refuse(rules::kColumnMissing,
                  absl::StrCat("No column is ", std::string(name),
                               ": the columns are course, learner_agency, learner and completed_on."));
  }
  return roster;
}

Roster Roster::OfStatements() { return Roster(); }

absl::StatusOr<CompletionRow> Roster::Read(std::string_view line, absl::CivilDay today,
                                           const std::vector<RowCheck>& others) const {
  if (!IsRosterUtf8(line)) return Refuse(rules::kEncoding, "The line is not UTF-8.");
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  CompletionRow row;
  if (columns_.empty()) {
    ACCORD_ASSIGN_OR_RETURN(row, ReadRosterStatement(RosterWithoutByteOrderMark(line)));
  } else {
    ACCORD_ASSIGN_OR_RETURN(auto cells, SplitRosterCsv(line));
    if (cells.size() != columns_.size()) {
      return Refuse(rules::kColumnCount,
                    absl::StrCat("The line has ", cells.size(), " cells, the header ", columns_.size(), "."));
    }
    row.course = std::move(cells[columns_[0]]);
    row.learner_agency = std::move(cells[columns_[1]]);
    row.learner = std::move(cells[columns_[2]]);
    row.completed_on = std::move(cells[columns_[3]]);
  }
  std::vector<absl::Status> faults = FaultsOfRosterRow(row, today);
  for (const RowCheck& other : others) {
    if (absl::Status fault = other(row); !fault.ok()) faults.push_back(std::move(fault));
  }
  ACCORD_RETURN_IF_ERROR(RefuseRosterLine(faults));
  return row;
}

}  // namespace accord::training
