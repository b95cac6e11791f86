#include "common/testing/walk_coverage.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace accord::testing {
namespace {

std::string WalkedName(std::string_view service, std::string_view what) {
  return std::string(service) + "." + std::string(what);
}

void AddWalkedNames(const WalkedBy& row, std::set<std::string>* names) {
  for (absl::string_view each : absl::StrSplit(absl::string_view(row.what.data(), row.what.size()), ' ')) {
    names->insert(WalkedName(row.service, std::string(each)));
  }
}

std::set<std::string>& NotedWalks() {
  static auto* noted = new std::set<std::string>;
  return *noted;
}

class WalkCoverageListener : public ::testing::EmptyTestEventListener {
  void OnTestStart(const ::testing::TestInfo&) override { NotedWalks().clear(); }
  void OnTestEnd(const ::testing::TestInfo& test) override {
    // A test that failed or was skipped may not have come to all of its calls, so it is
    // not checked.
    if (!test.result()->Passed()) return;
    const std::set<std::string> expected = WalkedIn(absl::StrCat(test.test_suite_name(), ".", test.name()));
    if (expected == NotedWalks()) return;
    ADD_FAILURE() << "walk_table.cc says that this test walks " << absl::StrJoin(expected, " ")
                  << ", and it walks " << absl::StrJoin(NotedWalks(), " ");
  }
};

}  // namespace

std::set<std::string> WalkedIn(std::string_view test) {
  std::set<std::string> names;
  for (const WalkedBy& row : WalkTable()) {
    if (row.test == test) AddWalkedNames(row, &names);
  }
  return names;
}

std::set<std::string> WalkedAnywhere() {
  std::set<std::string> names;
  for (const WalkedBy& row : WalkTable()) AddWalkedNames(row, &names);
  return names;
}

void NoteWalked(std::string_view service, std::string_view what) {
  NotedWalks().insert(WalkedName(service, what));
}

bool HoldWalks() {
  // The listener is appended once, however many files of a binary ask.
  static const bool held = [] {
    ::testing::UnitTest::GetInstance()->listeners().Append(new WalkCoverageListener);
    return true;
  }();
  return held;
}

}  // namespace accord::testing
