// The input is a roster, as a learning system exports it. After the first byte `x` comes an xAPI statement.
// Otherwise it is a CSV header, a line feed, and a line.
#include "services/training/completions/roster.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using training::CompletionRow;
using training::Roster;

constexpr absl::CivilDay kToday(2026, 11, 25);

bool IsId(const std::string& text) {
  return !text.empty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string Quoted(const std::string& cell) {
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

void Cells(std::string_view line) {
  const auto cells = training::SplitRosterCsv(line);
  if (!cells.ok()) return;
  Hold(!cells->empty(), "a line has a cell");
  std::vector<std::string> quoted;
  for (const std::string& cell : *cells) quoted.push_back(Quoted(cell));
  const auto again = training::SplitRosterCsv(absl::StrJoin(quoted, ","));
  Hold(again.ok() && *again == *cells, "cells that are quoted are read back");
}

void Sound(const CompletionRow& row) {
  Hold(IsId(row.course) && IsId(row.learner_agency) && IsId(row.learner), "what is accepted are ids");
  const auto day = ParseDay(row.completed_on);
  Hold(day && *day <= kToday, "what is accepted has happened");
  const auto plain = Roster::FromHeader("completed_on,learner,course,learner_agency");
  const auto again = plain->Read(
      absl::StrJoin({row.completed_on, row.learner, row.course, row.learner_agency}, ","), kToday);
  Hold(again.ok() && again->course == row.course && again->learner == row.learner &&
           again->learner_agency == row.learner_agency && again->completed_on == row.completed_on,
       "a row is read back from its own words");
}

}  // namespace

ACCORD_FUZZ_TARGET(roster, bytes) {
  Input input(bytes);
  absl::StatusOr<Roster> roster = Roster::OfStatements();
  if (!bytes.empty() && bytes[0] == 'x') {
    input.Byte();
  } else {
    const std::string_view header = input.Line();
    Cells(header);
    Cells(input.rest());
    roster = Roster::FromHeader(header);
  }
  if (!roster.ok()) return Hold(!RuleOf(roster.status()).empty(), "a header is refused by a rule");
  const auto row = roster->Read(input.rest(), kToday);
  if (row.ok()) return Sound(*row);
  Hold(!RuleOf(row.status()).empty(), "a line is refused by a rule");
}

}  // namespace accord::fuzz
