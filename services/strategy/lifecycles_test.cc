#include "services/strategy/lifecycles.h"

#include <set>
#include <string>

#include "accord/strategy/v1/initiative_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "common/access/names.h"
#include "common/testing/golden.h"

namespace accord::strategy {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/strategy/lifecycles.golden",
      {InitiativeLifecycle().Table(), LegislativeLifecycle().Table(), IndicatorLifecycle().Table(),
       ObservationLifecycle().Table(), AllocationLifecycle().Table(), ContributionLifecycle().Table(),
       ProgressReportLifecycle().Table(), FundingCallLifecycle().Table(),
       FundingApplicationLifecycle().Table(), ConflictDeclarationLifecycle().Table(),
       FundingAssessmentLifecycle().Table(), FundingAgreementLifecycle().Table(), PaymentLifecycle().Table(),
       DataAuthorisationLifecycle().Table()});
}

// This gives the events of a lifecycle without those that have methods of their own.
std::set<std::string> EventsBut(const Lifecycle& lifecycle, const std::set<std::string>& elsewhere) {
  std::set<std::string> events = lifecycle.Events();
  for (const std::string& event : elsewhere) events.erase(event);
  return events;
}

std::set<std::string> WordsOf(const google::protobuf::EnumDescriptor* type) {
  std::set<std::string> words;
  for (int i = 1; i < type->value_count(); ++i) words.insert(ShortName(type, type->value(i)->number()));
  return words;
}

TEST(Lifecycles, TheWordsOfTheirEventsAreThoseThatPeopleSay) {
  EXPECT_EQ(WordsOf(v1::InitiativeEvent_descriptor()),
            EventsBut(InitiativeLifecycle(), {kMeetMilestone, kReportDelivery, kDeliver, kEnd}));
  EXPECT_EQ(WordsOf(v1::LegislativeEvent_descriptor()),
            EventsBut(LegislativeLifecycle(), {kAssent, kCommence, kCommenceLast, kRepeal, kRepealLast}));
  EXPECT_EQ(WordsOf(v1::ContributionEvent_descriptor()), ContributionLifecycle().Events());
}

}  // namespace
}  // namespace accord::strategy
