#include "common/access/field_changes.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"

namespace accord {
namespace {

using protocols::v1::Referral;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// These are the classes that people who work on referrals may read.
std::set<annotations::v1::SensitiveClass> TwoClasses() {
  return {annotations::v1::SENSITIVE_CLASS_VICTIM_IDENTITY, annotations::v1::SENSITIVE_CLASS_YOUTH_RECORD};
}

std::vector<std::string> ChangeLines(const Referral& before, const Referral& after,
                                     const std::set<annotations::v1::SensitiveClass>& classes) {
  std::vector<std::string> told;
  for (const auto& change : FieldChanges(before, after, classes)) {
    told.push_back(absl::StrCat(change.path(), ": ", change.before(), " -> ", change.after(),
                                change.masked() ? " (masked)" : ""));
  }
  return told;
}

Referral FirstVersion() {
  Referral referral;
  referral.set_name("agencies/cas-york/referrals/r1");
  referral.set_etag("1");
  referral.mutable_update_time()->set_seconds(1);
  referral.set_state(protocols::v1::REFERRAL_STATE_SUBMITTED);
  referral.set_reporter_belief("what I saw");
  referral.add_indicators("hotel");
  referral.mutable_screening()->set_tool("SEY");
  referral.mutable_screening()->set_outcome("high");
  auto* flag = referral.add_flags();
  flag->set_id("f1");
  flag->set_text("call back");
  return referral;
}

TEST(FieldChanges, OfTheSameVersionAreNone) {
  EXPECT_THAT(ChangeLines(FirstVersion(), FirstVersion(), TwoClasses()), IsEmpty());
  EXPECT_THAT(ChangeLines(FirstVersion(), FirstVersion(), {}), IsEmpty());
}

TEST(FieldChanges, AreToldByTheirPathWithTheValuesOfBothVersions) {
  Referral second = FirstVersion();
  second.set_name("agencies/cas-york/referrals/r2");
  second.set_etag("2");
  second.mutable_update_time()->set_seconds(2);
  second.set_protocol_version(3);
  second.set_state(protocols::v1::REFERRAL_STATE_ACKNOWLEDGED);
  second.clear_reporter_belief();
  second.add_indicators("new phone");
  second.set_caregiver_suspect(true);
  second.mutable_acknowledged_at()->set_seconds(1795788000);
  second.mutable_screening()->set_outcome("low");
  EXPECT_THAT(ChangeLines(FirstVersion(), second, TwoClasses()),
              ElementsAre("protocol_version:  -> 3", "reporter_belief: what I saw -> ",
                          "indicators[1]:  -> new phone", "caregiver_suspect:  -> true",
                          "state: submitted -> acknowledged", "acknowledged_at:  -> 2026-11-27T14:00:00Z",
                          "screening.outcome: high -> low"));
}

TEST(FieldChanges, OfElementsThatHaveAnIdGoByTheIdWhereverTheElementStands) {
  Referral second = FirstVersion();
  second.mutable_flags(0)->set_id("f2");
  second.mutable_flags(0)->set_text("call the school");
  *second.add_flags() = FirstVersion().flags(0);
  second.mutable_flags(1)->set_cleared(true);
  EXPECT_THAT(ChangeLines(FirstVersion(), second, TwoClasses()),
              ElementsAre("flags[f1].cleared:  -> true", "flags[f2].id:  -> f2",
                          "flags[f2].text:  -> call the school"));
  EXPECT_THAT(ChangeLines(second, FirstVersion(), TwoClasses()),
              ElementsAre("flags[f2].id: f2 -> ", "flags[f2].text: call the school -> ",
                          "flags[f1].cleared: true -> "));
}

TEST(FieldChanges, OfWhatAReaderMayNotReadTellThatItChangedAndNoValue) {
  Referral second = FirstVersion();
  second.set_state(protocols::v1::REFERRAL_STATE_ACKNOWLEDGED);
  second.set_reporter_belief("what I heard");
  second.set_indicators(0, "motel");
  second.add_indicators("new phone");
  second.mutable_screening()->set_outcome("low");
  second.mutable_screening()->set_tool("other");
  second.mutable_flags(0)->set_text("call the school");
  EXPECT_THAT(ChangeLines(FirstVersion(), second, {annotations::v1::SENSITIVE_CLASS_VICTIM_IDENTITY}),
              ElementsAre("reporter_belief:  ->  (masked)", "indicators:  ->  (masked)",
                          "state: submitted -> acknowledged", "screening.tool: SEY -> other",
                          "screening.outcome:  ->  (masked)", "flags[f1].text:  ->  (masked)"));
}

TEST(FieldChanges, NoTextThatIsClassifiedIsToldToWhoReadsNoClass) {
  const Referral empty;
  int classified = 0;
  for (int i = 0; i < Referral::descriptor()->field_count(); ++i) {
    const auto* field = Referral::descriptor()->field(i);
    const bool text =
        field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING && !field->is_repeated();
    const bool open = field->options().GetExtension(annotations::v1::rule).sensitive() ==
                      annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
    if (!text || open) continue;
    ++classified;
    Referral filled;
    filled.GetReflection()->SetString(&filled, field, "secret");
    const std::string masked = absl::StrCat(field->name(), ":  ->  (masked)");
    EXPECT_THAT(ChangeLines(empty, filled, {}), ElementsAre(masked));
    EXPECT_THAT(ChangeLines(filled, empty, {}), ElementsAre(masked));
  }
  EXPECT_GT(classified, 3);
}

}  // namespace
}  // namespace accord
