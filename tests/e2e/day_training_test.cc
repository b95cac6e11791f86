// This tests the day of a police college. A course is offered, taken, certified and cancelled, and an error
// in a roster is corrected.
#include <fstream>
#include <string>

#include "tests/e2e/day.h"

namespace accord::e2e {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class TrainingDay : public Day {
 protected:
  const Person registrar_{"pc-opc", "registrar", "training"};
  const Person instructor_{"pc-opc", "instructor", "training"};

  std::string Offers(const std::string& course, int capacity) {
    const std::string offering =
        Name(registrar_, absl::StrCat("offering create --parent ", course, " ",
                                      Given({{"from", Days(0)},
                                             {"to", Days(0)},
                                             {"site", "Aylmer"},
                                             {"capacity", capacity},
                                             {"instructors", nlohmann::json::array({"instructor"})}})));
    Does(registrar_, absl::StrCat("offering advance ", offering, " --event open"));
    return offering;
  }
  std::string Enrols(const std::string& offering, const std::string& learner) {
    return Name(registrar_, absl::StrCat("enrolment create --parent ", offering, " ",
                                         Given({{"learner_agency", "ps-york"}, {"learner", learner}})));
  }
  std::string StateOf(const std::string& enrolment) {
    return Text(registrar_, absl::StrCat("enrolment get ", enrolment), "state");
  }
};

TEST_F(TrainingDay, OfACollegesRegistrarAndInstructor) {
  const std::string course =
      Name(registrar_, absl::StrCat("course create ", Given({{"course_id", "day-course"},
                                                             {"owner", "opc"},
                                                             {"title", "Recognising trafficking"},
                                                             {"mode", "classroom"}})));
  Does(registrar_, absl::StrCat("course advance ", course, " --event approve"));
  EXPECT_THAT(Names(registrar_,
                    "course list --filter 'state = approved AND owner = opc' --order-by 'create_time desc'"),
              Contains(course));

  // There is one seat, so the person who waits for it gets it when the other one withdraws.
  const std::string offering = Offers(course, 1);
  const std::string first = Enrols(offering, "badge-1"), second = Enrols(offering, "badge-2");
  EXPECT_EQ(StateOf(second), "ENROLMENT_STATE_WAITLISTED");
  Does(registrar_, absl::StrCat("enrolment withdraw ", first));
  EXPECT_EQ(StateOf(second), "ENROLMENT_STATE_ENROLLED");

  // Nobody who was absent completes the course, and nobody certifies what he or she marked.
  EXPECT_THAT(Fails(instructor_, absl::StrCat("enrolment complete ", second)),
              HasSubstr("COMPLETION_WITHOUT_ATTENDANCE"));
  Does(instructor_, absl::StrCat("enrolment record-attendance ", second, " --percent 100"));
  Does(instructor_, absl::StrCat("enrolment complete ", second));
  const auto issued = Reads(registrar_, absl::StrCat("completion-certificate issue --enrolment ", second));
  const std::string certificate = issued.value("name", "");
  EXPECT_THAT(Does({"cas-york", "worker", "training"},
                   absl::StrCat("completion-certificate verify --serial ", issued.value("serial", ""),
                                " --verification-code ", issued.value("verification_code", ""))),
              AllOf(HasSubstr("valid"), Not(HasSubstr("badge-2"))));
  EXPECT_THAT(Does(registrar_, absl::StrCat("completion-certificate print ", certificate)),
              HasSubstr("<html"));
  EXPECT_THAT(Names(registrar_, "completion-certificate list --status valid"), Contains(certificate));
  EXPECT_THAT(Names(registrar_, "completion-certificate list --learner-agency ps-york --learner badge-2"),
              ElementsAre(certificate));

  // An instructor leaves, and the enrolments of a cancelled offering end with it.
  const std::string cancelled = Offers(course, 5);
  const std::string left = Enrols(cancelled, "badge-3");
  EXPECT_THAT(Fails(registrar_, absl::StrCat("offering replace-instructor ", cancelled,
                                             " --instructor instructor --successor nobody")),
              HasSubstr("PERSON_UNKNOWN"));
  Does(registrar_,
       absl::StrCat("offering replace-instructor ", cancelled, " --instructor instructor --successor both"));
  Does(registrar_, absl::StrCat("offering advance ", cancelled, " --event cancel"));
  EXPECT_EQ(StateOf(left), "ENROLMENT_STATE_CANCELLED");
  EXPECT_THAT(Names(registrar_, "enrolment list --state cancelled"), Contains(left));
  EXPECT_THAT(Names(registrar_, absl::StrCat("enrolment list --offering ", cancelled)), ElementsAre(left));

  // A roster is imported whole, and a wrong day in it is corrected where everybody reads the reason.
  std::ofstream(Path("day-roster.csv")) << "learner,course,completed_on,learner_agency\n"
                                        << "e7001,day-course,2023-02-28,ps-york\n";
  Does(registrar_, absl::StrCat("roster import ", Path("day-roster.csv")));
  Does(registrar_, absl::StrCat("completion-correction correct-completion ",
                                Given({{"course", course},
                                       {"learner_agency", "ps-york"},
                                       {"learner", "e7001"},
                                       {"completed_on", "2023-02-28"},
                                       {"correct_completed_on", "2023-02-27"},
                                       {"reason", "the day before"}})));
  EXPECT_THAT(Does(registrar_, "roster export"), HasSubstr("day-course,ps-york,e7001,2023-02-27"));
  EXPECT_THAT(Reads(registrar_, "completion-correction list").dump(), HasSubstr(course));
  Does(registrar_, "training count");
}

}  // namespace
}  // namespace accord::e2e
