#include "services/training/lifecycles.h"

#include <set>
#include <string>

#include "accord/training/v1/course_service.pb.h"
#include "accord/training/v1/offering_service.pb.h"
#include "common/access/names.h"
#include "common/testing/golden.h"

namespace accord::training {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/training/lifecycles.golden",
      {CourseLifecycle().Table(), OfferingLifecycle().Table(), EnrolmentLifecycle().Table(),
       ModelLifecycle().Table(), ImportLifecycle().Table(), CompletionCertificateLifecycle().Table()});
}

std::set<std::string> WordsOf(const google::protobuf::EnumDescriptor* type) {
  std::set<std::string> words;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) words.insert(ShortName(type, type->value(i)->number()));
  }
  return words;
}

TEST(Lifecycles, TheWordsOfTheirEventsAreThoseThatPeopleSay) {
  std::set<std::string> of_course = CourseLifecycle().Events();
  of_course.erase(kRevise);
  of_course.erase(kFirstDelivered);
  EXPECT_EQ(WordsOf(v1::CourseEvent_descriptor()), of_course);
  EXPECT_EQ(WordsOf(v1::OfferingEvent_descriptor()), OfferingLifecycle().Events());
  EXPECT_EQ(WordsOf(v1::TrainingModelEvent_descriptor()), ModelLifecycle().Events());
}

}  // namespace
}  // namespace accord::training
