#include "clients/accordctl/views/strategy/call_record.h"

#include <gmock/gmock.h>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

namespace st = strategy::v1;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

st::FundingCallRecord RecordSample() {
  st::FundingCallRecord record;
  auto* call = record.mutable_funding_call();
  call->set_name("agencies/co-pahtco/fundingCalls/c1");
  call->set_title("Community supports");
  call->set_criteria_digest(std::string(64, 'c'));
  call->set_available_cents(100000005);
  auto* criterion = call->add_criteria();
  criterion->set_code("need");
  criterion->set_text("<b>The need</b>");
  criterion->set_max_points(3);
  criterion->set_weight_bp(10000);
  record.set_declarations_none(3);
  auto* first = record.add_applications();
  first->set_applicant_title("A shelter");
  first->set_project_title("A safe place");
  first->set_rank(1);
  first->set_tied(true);
  first->set_score_numerator(10000);
  first->set_score_denominator(3);
  first->set_assessments_needed(2);
  first->set_assessments_submitted(2);
  first->set_recommendation(st::RECOMMENDATION_RECOMMENDED);
  first->set_recommended_cents(300000);
  auto* given = first->add_assessments();
  given->set_scorer("ann");
  given->set_scorer_agency("min-mag");
  given->add_scores()->set_criterion("need");
  given->mutable_scores(0)->set_points(0);
  auto* second = record.add_applications();
  second->set_applicant_title("A club");
  second->set_assessments_needed(2);
  return record;
}

std::string PageOfSample() {
  PrintedFor whom;
  whom.reader = "director, the office";
  whom.now = absl::FromCivil(absl::CivilSecond(2026, 11, 27, 12, 0, 0), OntarioZone());
  whom.zone = OntarioZone();
  return PrintedPage(CallRecordDocument(RecordSample(), whom), whom);
}

TEST(CallRecordView, HasARowForEachApplicationWithItsExactFraction) {
  const std::vector<Row> rows = CallRecordRows(RecordSample());
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[1],
              ElementsAre("1, tied", "10000/3", "A shelter", "A safe place", "", "2/2", "recommends it"));
  EXPECT_THAT(rows[2], ElementsAre("", "", "A club", "", "", "0/2", "")) << "what is not known is no 0";
}

TEST(CallRecordView, SaysTheDigestsThePointsAndWhatIsRecommendedOnAPageOfItsOwn) {
  const std::string page = PageOfSample();
  EXPECT_THAT(page, AllOf(HasSubstr(std::string(64, 'c')), HasSubstr("need 0"), HasSubstr("1000000.05"),
                          HasSubstr("3000.00"), HasSubstr("10000/3")));
  EXPECT_THAT(page, Not(HasSubstr("<b>The need"))) << "what others wrote is no markup";
}

TEST(CallRecordView, IsSaidInFrench) {
  const Speaking french(Language::kFrench);
  EXPECT_THAT(PageOfSample(), AllOf(HasSubstr("Les critères"), HasSubstr("ex æquo")));
  EXPECT_EQ(CallRecordRows(RecordSample())[0][0], "RANG");
}

}  // namespace
}  // namespace accord::ctl
