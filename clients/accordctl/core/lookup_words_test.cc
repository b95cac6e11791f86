#include "clients/accordctl/core/lookup_words.h"

#include <gmock/gmock.h>

#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/supports/v1/crisis_referral_service.pb.h"
#include "accord/supports/v1/support_transfer_service.pb.h"
#include "clients/accordctl/core/field_paths.h"
#include "clients/accordctl/testing/command_line_fixture.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(FieldAtPath, LeadsThroughMessagesAndLists) {
  const auto* request = prosecution::v1::CreateAccusedRequest::descriptor();
  const auto* section = prosecution::v1::Count::descriptor()->FindFieldByName("section");
  EXPECT_EQ(FieldAtPath(request, "accused.counts.0.section"), section);
  EXPECT_EQ(FieldAtPath(request, "accused.counts"),
            request->FindFieldByName("accused")->message_type()->FindFieldByName("counts"));
  for (const char* nowhere : {"", "accused.", "accused.no_field", "0", "parent.more"}) {
    EXPECT_EQ(FieldAtPath(request, nowhere), nullptr) << nowhere;
  }
}

TEST(GivenFieldPaths, LeadToEveryValueThatAPersonGives) {
  const auto* request = supports::v1::SendCrisisReferralRequest::descriptor();
  EXPECT_THAT(GivenFieldPaths(request->FindFieldByName("catchment")), ElementsAre("catchment"));
  EXPECT_THAT(GivenFieldPaths(request->FindFieldByName("handed")),
              AllOf(Contains("handed.needs"), Contains("handed.safe_contact.channel")));
  const auto* consent =
      supports::v1::AcceptSupportTransferRequest::descriptor()->FindFieldByName("services_consent");
  EXPECT_THAT(GivenFieldPaths(consent),
              AllOf(Contains("services_consent.data.0"), Contains("services_consent.recipient_agency"),
                    Not(Contains("services_consent.state"))));
  EXPECT_THAT(GivenFieldPaths(consent, /*required=*/true),
              Not(Contains("services_consent.recipient_agency")));
}

TEST(LookupText, NamesTheCommandThatListsTheWords) {
  const auto* referral = protocols::v1::Referral::descriptor();
  EXPECT_EQ(LookupText(*referral->FindFieldByName("ground_code")),
            "`accordctl grounds list` lists the words.");
  EXPECT_EQ(LookupText(*referral->FindFieldByName("reporter_belief")), "");
}

class Vocabulary : public CommandLine {};

TEST_F(Vocabulary, AnOptionOfWordsIsCompletedWithThem) {
  EXPECT_EQ(Ran("__complete -- accused advance --event begin"), "begin_trial\nbegin_sentencing\n");
  EXPECT_EQ(Ran("__complete -- position advance --event ab"), "abolish\n");
}

TEST_F(Vocabulary, AnAssignmentIsCompletedWithTheWordsOfItsField) {
  EXPECT_EQ(Ran("__complete -- accused advance --set event=begin"),
            "event=begin_trial\nevent=begin_sentencing\n");
  EXPECT_EQ(Ran("__complete -- referral create --set urgency=h"), "urgency=h12\nurgency=h48\n");
  EXPECT_EQ(Ran("__complete -- crisis-referral send --set handed.charge_laid=y"), "handed.charge_laid=yes\n")
      << "it stands beside the file's consent";
  // Bash splits the assignment into three words and replaces the last one by the completion.
  EXPECT_EQ(Ran("__complete -- accused advance --set event = begin"), "begin_trial\nbegin_sentencing\n");
  EXPECT_EQ(Ran("__complete -- referral create --set urgency = h4"), "h48\n");
  EXPECT_EQ(Ran("__complete -- referral create --set no_field=h"), "");
}

TEST_F(Vocabulary, AFieldIsExplainedWithWhereItsWordsAre) {
  EXPECT_THAT(Ran("explain referral ground_code"), HasSubstr("`accordctl grounds list` lists the words."));
  EXPECT_THAT(Ran("explain protocol territory"), HasSubstr("`accordctl territories list` lists the words."));
  EXPECT_THAT(Ran("explain case court_region"), HasSubstr("`accordctl court-regions list` lists the words."));
  EXPECT_THAT(Ran("explain accused advance event"),
              AllOf(HasSubstr("`accordctl stage-events list` lists the words."),
                    HasSubstr("begin_trial: The trial began."), HasSubstr("one of the values")));
  EXPECT_THAT(Ran("explain course advance event"),
              AllOf(HasSubstr("retire: "), Not(HasSubstr("lists the words"))));
}

TEST_F(Vocabulary, TheHelpOfACommandTellsTheWordsOfAnEvent) {
  EXPECT_THAT(Said("accused advance --help"), AllOf(HasSubstr("hear_bail"), HasSubstr("One of:")));
}

}  // namespace
}  // namespace accord::ctl
