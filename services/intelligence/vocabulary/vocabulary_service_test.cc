// These tests show that what callers type is listed, that what is listed is accepted, and that the words of
// events are those of the lifecycles.
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "accord/intelligence/v1/vocabulary_service.pb.h"
#include "common/access/names.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class IntelligenceVocabulary : public Intelligence {
 protected:
  static std::set<std::string> WordsOf(const google::protobuf::EnumDescriptor* type) {
    std::set<std::string> words;
    for (int i = 0; i < type->value_count(); ++i) {
      if (type->value(i)->number() != 0) words.insert(ShortName(type, type->value(i)->number()));
    }
    return words;
  }
};

TEST_F(IntelligenceVocabulary, AnOffenceThatIsListedIsTakenByAReport) {
  v1::ListPredicateOffencesRequest request;
  request.set_page_size(10);
  int taken = 0;
  do {
    const auto page = Must(Call<v1::ListPredicateOffencesResponse>(york_, request));
    for (const v1::PredicateOffence& offence : page.predicate_offences()) {
      EXPECT_EQ(Drafted([&](v1::Report* report) { report->set_predicate_offence(offence.section()); }), "")
          << offence.section();
      ++taken;
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(taken, RealRules().predicate_offences_size());
  EXPECT_EQ(Drafted([](v1::Report* report) { report->set_predicate_offence("286.5"); }), "PREDICATE_UNKNOWN");
}

TEST_F(IntelligenceVocabulary, APositionThatIsListedCanBeEstablished) {
  const auto page =
      Must(Call<v1::ListFoundingPositionsResponse>(director_, v1::ListFoundingPositionsRequest()));
  EXPECT_EQ(page.founding_positions_size(), 3);
  for (const v1::PositionSeed& position : page.founding_positions()) {
    v1::EstablishPositionRequest request;
    request.set_parent("agencies/ci-ciso");
    request.set_position_id(position.id());
    EXPECT_OK(Call<v1::Position>(director_, request)) << position.id();
  }
}

TEST_F(IntelligenceVocabulary, IsForThoseAloneWhoWriteReports) {
  EXPECT_EQ(RuleOfRequest(society_, v1::ListPredicateOffencesRequest()), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(RuleOfRequest(society_, v1::ListFoundingPositionsRequest()), "AGENCY_KIND_NOT_PERMITTED");
}

TEST_F(IntelligenceVocabulary, EveryWordOfAnEventIsOneOfItsLifecycle) {
  // People bring about every event of a position.
  EXPECT_EQ(WordsOf(v1::PositionEvent_descriptor()), PositionLifecycle().Events());
  const auto expect_known = [](const google::protobuf::EnumDescriptor* type, const Lifecycle& lifecycle) {
    const std::set<std::string> events = lifecycle.Events();
    for (const std::string& word : WordsOf(type)) EXPECT_TRUE(events.contains(word)) << word;
  };
  expect_known(v1::ReportEvent_descriptor(), ReportLifecycle());
  expect_known(v1::ReleaseEvent_descriptor(), ReleaseLifecycle());
  expect_known(v1::InformationRequestEvent_descriptor(), RequestLifecycle());
}

TEST_F(IntelligenceVocabulary, ADecisionOnAReportTakesItsWordsAlone) {
  for (const std::string& event : ReportLifecycle().Events()) {
    v1::Report report = Submitted();
    ASSERT_EQ(Grade(&report, analyst_), "");
    const bool is_word = WordsOf(v1::ReportEvent_descriptor()).contains(event);
    EXPECT_EQ(Decide(&report, event, coordinator_) != "STATE_NOT_PERMITTED", is_word) << event;
  }
}

}  // namespace
}  // namespace accord::intelligence
