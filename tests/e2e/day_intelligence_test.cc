// This tests the day of an intelligence officer. What was written wrongly is corrected, what was shared is
// followed, and what was recalled ends.
#include <string>

#include "tests/e2e/day.h"

namespace accord::e2e {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class IntelligenceDay : public Day {
 protected:
  const Person intel_{"ps-york", "intel", "intelligence"};
  const Person second_{"ps-york", "intel-two", "intelligence"};
  const Person durham_{"ps-durham", "intel", "intelligence"};
  const Person analyst_{"ci-ciso", "analyst", "intelligence"};
  const Person coordinator_{"ci-ciso", "coordinator", "intelligence"};

  static std::string Report(const std::string& text) {
    return Given({{"predicate_offence", "279.01(1)"},
                  {"suspicion_basis", "observed at three hotels"},
                  {"text", text},
                  {"handling", "h2"},
                  {"recipients", nlohmann::json::array({"ps-durham"})}});
  }
  void Grades(const std::string& report) {
    Does(intel_, absl::StrCat("report submit ", report));
    Does(analyst_, absl::StrCat("report grade ", report, " --source-reliability b --information-validity 2"));
  }
};

TEST_F(IntelligenceDay, OfAnOfficerWhoseReportIsReturnedSharedAndRecalled) {
  EXPECT_THAT(Reads(intel_, "predicate-offences list").dump(), HasSubstr("279.01(1)"));
  const std::string report = Name(intel_, absl::StrCat("report create ", Report("A vehicle.")));
  Grades(report);
  // The report is returned for a reason, which its originator reads, and is corrected.
  EXPECT_THAT(Fails(coordinator_, absl::StrCat("report decide ", report, " --event return")),
              HasSubstr("REASON_REQUIRED"));
  Does(coordinator_, absl::StrCat("report decide ", report, " --event return --reason 'which vehicle?'"));
  EXPECT_EQ(Text(intel_, absl::StrCat("report get ", report), "decision_reason"), "which vehicle?");
  Does(intel_,
       absl::StrCat("report update-draft ", report, " ", Report("A grey van moves two young women.")));
  Grades(report);
  Does(coordinator_, absl::StrCat("report decide ", report, " --event activate"));
  EXPECT_THAT(
      Names(intel_, "report list --filter 'state = active AND handling = h2' --order-by 'create_time desc'"),
      Contains(report));

  // Durham reads what it was given and asks to pass it on. York finds the request that waits, and grants it.
  const std::string copy = Name(intel_, absl::StrCat("report share --report ", report,
                                                     " --to-agency ps-durham --purpose 'joint work'"));
  EXPECT_THAT(Does(durham_, absl::StrCat("report-copy get ", copy)), HasSubstr("A grey van"));
  const std::string release =
      Name(durham_,
           absl::StrCat("release-request create ", Given({{"report", report},
                                                          {"recipients", nlohmann::json::array({"ps-peel"})},
                                                          {"justification", "a common target"}})));
  EXPECT_THAT(Names(intel_, "release-request list --filter 'state = pending' --order-by due"),
              Contains(release));
  EXPECT_THAT(Does(intel_, "dashboard"), HasSubstr(release));
  Does(intel_, absl::StrCat("release-request decide ", release,
                            " --event grant --recipients ps-peel --expires-on ", Days(30)));
  EXPECT_THAT(Names(intel_, "release-request list --filter 'state = pending'"), Not(Contains(release)));

  // Whoever asked a question closes it, although nobody answered.
  const std::string question = Name(
      intel_,
      absl::StrCat("information-request create ", Given({{"priority", "routine"},
                                                         {"question", "Is the van known?"},
                                                         {"justification", "three hotels"},
                                                         {"predicate_offence", "279.01(1)"},
                                                         {"to", nlohmann::json::array({"ps-durham"})}})));
  EXPECT_THAT(Names(durham_, "information-request list --filter 'state = issued'"), Contains(question));
  Does(durham_, absl::StrCat("information-request acknowledge ", question));
  Does(intel_, absl::StrCat("information-request advance ", question, " --event close"));

  // The report is recalled. Nobody can read it any more, and the log says who had it.
  Does(intel_, absl::StrCat("report recall ", report, " --reason 'the operation changed'"));
  EXPECT_THAT(Fails(durham_, absl::StrCat("report-copy get ", copy)), HasSubstr("NOT_FOUND"));
  EXPECT_THAT(Names(intel_, absl::StrCat("disclosures list --report ", report)), Contains(copy));

  // Two people purge what was wrong, and whoever had it confirms the purge.
  Does(intel_, absl::StrCat("report propose-purge ", report));
  EXPECT_THAT(Fails(intel_, absl::StrCat("report confirm-purge ", report, " --reason 'it was wrong'")),
              HasSubstr("PURGE_NEEDS_TWO"));
  Does(second_, absl::StrCat("report confirm-purge ", report, " --reason 'it was wrong'"));
  EXPECT_THAT(Fails(intel_, absl::StrCat("report get ", report)), HasSubstr("NOT_FOUND"));
  const auto stones = Reads(intel_, "report list-tombstones");
  EXPECT_THAT(stones.dump(), HasSubstr(report));
  int confirmed = 0;
  for (const auto& notice : Reads(durham_, "purge-notice list")) {
    if (notice.value("report", "") != report) continue;
    Does(durham_, absl::StrCat("purge-notice confirm ", notice.value("name", "")));
    ++confirmed;
  }
  EXPECT_EQ(confirmed, 1);
}

}  // namespace
}  // namespace accord::e2e
