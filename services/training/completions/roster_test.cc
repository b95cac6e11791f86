#include "services/training/completions/roster.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::training {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::string_literals;

constexpr absl::CivilDay kToday(2026, 11, 26);

std::string FaultOf(const absl::Status& status) {
  return absl::StrCat(RuleOf(status), ": ", std::string(status.message()));
}

std::string OfHeader(const std::string& header) { return FaultOf(Roster::FromHeader(header).status()); }

std::string OfDay(const std::string& day) {
  const auto roster = *Roster::FromHeader("course,learner_agency,learner,completed_on");
  const std::string fault = FaultOf(roster.Read(absl::StrCat("git,ps-york,p1,", day), kToday).status());
  if (day.size() > 4) {
    EXPECT_THAT(fault, Not(HasSubstr(day))) << "a day of somebody's training";
  }
  return fault;
}

std::string Statement(const std::string& result) {
  return absl::StrCat(
      R"({"actor":{"account":{"homePage":"https://lms.example/agencies/ps-york","name":"p1"}},)"
      R"("verb":{"id":"http://adlnet.gov/expapi/verbs/passed"},"object":{"id":"https://lms.example/courses/git"},)",
      result, R"("timestamp":"2024-03-01T03:30:00Z"})");
}

TEST(ARoster, OfASpreadsheetIsRefusedByWhatItIs) {
  EXPECT_THAT(OfHeader("course;learner_agency;learner;completed_on"),
              HasSubstr("SEPARATOR_UNKNOWN: Cells are separated by semicolons"));
  EXPECT_THAT(OfHeader("course\tlearner_agency\tlearner\tcompleted_on"), HasSubstr("by tabs"));
  EXPECT_THAT(OfHeader("\xff\xfe"s + "c\0o\0"s), HasSubstr("ENCODING: The file is UTF-16"));
  EXPECT_THAT(OfHeader("\0c\0o"s), HasSubstr("ENCODING"));
  EXPECT_TRUE(Roster::FromHeader("\xEF\xBB\xBFlearner,course,completed_on,learner_agency\r").ok());
}

TEST(ARoster, DaysOfSpreadsheetsAreNamed) {
  EXPECT_THAT(OfDay("45351"), HasSubstr("DATE_INVALID: completed_on is a number, as spreadsheets keep days"));
  for (const char* with_time : {"45351.5", "45351.75", "45351.0", "1.25"}) {
    EXPECT_THAT(OfDay(with_time), HasSubstr("is a number, as spreadsheets keep days")) << with_time;
  }
  EXPECT_THAT(OfDay("20240229"), HasSubstr("has no hyphens: write YYYY-MM-DD"));
  EXPECT_THAT(OfDay("29/02/2024"), HasSubstr("nobody can tell the day from the month: write YYYY-MM-DD"));
  EXPECT_THAT(OfDay("2/29/24"), HasSubstr("nobody can tell"));
  EXPECT_THAT(OfDay("29.02.2024"), HasSubstr("nobody can tell"));
  EXPECT_THAT(OfDay("29-02-2024"), HasSubstr("nobody can tell"));
  EXPECT_THAT(OfDay("2024-02-29T00:00:00"), HasSubstr("without a time"));
  EXPECT_THAT(OfDay("2024-02-30"), HasSubstr("a day that exists"));
  EXPECT_THAT(OfDay(""), HasSubstr("a day that exists"));
}

TEST(ARoster, NamesTheColumnThatIsWrongAndRepeatsNoValue) {
  const auto roster = *Roster::FromHeader("course,learner_agency,learner,completed_on");
  const auto fault = [&](const std::string& line) { return FaultOf(roster.Read(line, kToday).status()); };
  EXPECT_THAT(fault("Basics 1,ps-york,p1,2024-02-29"), HasSubstr("VALUE_INVALID: course is no id: "));
  EXPECT_THAT(fault("git,York Police,p1,2024-02-29"), HasSubstr("VALUE_INVALID: learner_agency is no id: "));
  EXPECT_THAT(fault("git,ps-york,Jane.Doe,2024-02-29"), HasSubstr("VALUE_INVALID: learner is no id: "));
  EXPECT_THAT(fault("git,ps-york,Jane.Doe,2024-02-29"), Not(HasSubstr("Doe")));
  EXPECT_THAT(fault("git,ps-york,,2024-02-29"), HasSubstr("VALUE_INVALID: learner is empty: "));
  EXPECT_THAT(OfHeader("course,learner_agency,learner"),
              HasSubstr("COLUMN_MISSING: No column is completed_on: the columns are "));
  EXPECT_THAT(OfHeader("course,learner,learner,completed_on"),
              HasSubstr("COLUMN_REPEATED: Column 3 is learner once more."));
}

TEST(ARoster, NamesEveryCellOfALineThatIsWrongByTheRuleOfTheFirst) {
  const auto roster = *Roster::FromHeader("course,learner_agency,learner,completed_on");
  const auto course_unknown = [](const CompletionRow&) {
    return Refuse(rules::kCourseUnknown, "course is none of your agency's courses.");
  };
  const auto fault = [&](const std::string& line) {
    return FaultOf(roster.Read(line, kToday, {course_unknown}).status());
  };
  const std::string form =
      ": course, learner_agency and learner are ids, 1 to 63 of a-z, 0-9 and -, a letter first.";
  EXPECT_EQ(
      fault("git,York Police,,29/02/2024"),
      "VALUE_INVALID: learner_agency is no id; learner is empty" + form +
          " completed_on is written with the year last or with other signs, and nobody can tell the day "
          "from the month: write YYYY-MM-DD. course is none of your agency's courses.");
  EXPECT_EQ(
      fault("git,ps-york,p1,2026-11-27"),
      "EVENT_IN_FUTURE: completed_on is a day that has not come, and in Ontario it is 2026-11-26 today. "
      "course is none of your agency's courses.");
  EXPECT_EQ(fault("git,ps-york,p1,2024-02-29"), "COURSE_UNKNOWN: course is none of your agency's courses.");
  EXPECT_EQ(FaultOf(Roster::OfStatements()
                        .Read(R"({"verb":{"id":"failed"},"timestamp":"yesterday"})", kToday)
                        .status()),
            "VERB_UNKNOWN: verb.id is completed or passed of http://adlnet.gov/expapi/verbs/. "
            "actor.account (homePage and name) and object.id are required. "
            "timestamp is an ISO 8601 instant with its offset.");
}

TEST(ARoster, TakesNoCellWhoseQuotesEndBeforeItDoes) {
  const auto roster = *Roster::FromHeader("course,learner_agency,learner,completed_on");
  const auto fault = [&](const std::string& line) { return FaultOf(roster.Read(line, kToday).status()); };
  for (const char* line : {R"("git"x,ps-york,p1,2024-02-29)", R"("git" ,ps-york,p1,2024-02-29)",
                           R"("gi"t",ps-york,p1,2024-02-29)", R"("" "git",ps-york,p1,2024-02-29)"}) {
    EXPECT_THAT(fault(line), HasSubstr("QUOTES_UNBALANCED: Something stands behind the quotes of cell 1"))
        << line;
  }
  EXPECT_THAT(fault(R"(git,"ps-york,p1,2024-02-29)"),
              HasSubstr("QUOTES_UNBALANCED: The quote of cell 2 is not"));
  EXPECT_TRUE(roster.Read(R"("git","ps-york","p1","2024-02-29")", kToday).ok());
}

TEST(ARoster, OfAnOldMacIsRefusedByItsLines) {
  EXPECT_THAT(OfHeader("course,learner_agency,learner,completed_on\rgit,ps-york,p1,2024-02-29"),
              HasSubstr("SEPARATOR_UNKNOWN: Lines end with carriage returns alone"));
}

TEST(AStatement, WithAKeyTwiceIsRefusedWhicheverCouldBeMeant) {
  const auto read = [](const std::string& result) {
    return FaultOf(Roster::OfStatements().Read(Statement(result), kToday).status());
  };
  for (const char* result :
       {R"("result":{"success":false,"success":true},)", R"("result":{"success":false},"result":{},)",
        R"("object":{"id":"https://lms.example/courses/other"},)"}) {
    EXPECT_THAT(read(result), HasSubstr("STATEMENT_INVALID: The line names one key twice")) << result;
  }
  EXPECT_TRUE(
      Roster::OfStatements().Read(Statement(R"("context":{"id":"a","extensions":{"id":"b"}},)"), kToday).ok())
      << "the same key in another object";
}

TEST(AStatement, OfAnAttemptThatFailedIsNoCompletion) {
  const auto read = [](const std::string& result) {
    return FaultOf(Roster::OfStatements().Read(Statement(result), kToday).status());
  };
  for (const char* failed : {"false", "\"false\"", "null", "0"}) {
    EXPECT_THAT(read(absl::StrCat(R"("result":{"success":)", failed, "},")),
                HasSubstr("STATEMENT_INVALID: result.success is not true"))
        << failed;
    EXPECT_THAT(read(absl::StrCat(R"("result":{"success":true,"completion":)", failed, "},")),
                HasSubstr("STATEMENT_INVALID: result.completion is not true"))
        << failed;
  }
  for (const char* done :
       {"", R"("result":{},)", R"("result":{"success":true,"completion":true,"score":{"scaled":0.8}},)"}) {
    EXPECT_TRUE(Roster::OfStatements().Read(Statement(done), kToday).ok()) << done;
  }
  EXPECT_TRUE(Roster::OfStatements().Read("\xEF\xBB\xBF" + Statement(""), kToday).ok());
}

}  // namespace
}  // namespace accord::training
