#include "common/access/refusal_explanation.h"

#include <gmock/gmock.h>

#include <functional>
#include <set>
#include <string>

#include "accord/annotations/v1/fields.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/error.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Method Telephoning(bool telephones) {
  Method method{nullptr, "/accord.x.v1.S/M", {}, {}};
  method.rule.set_telephone_duty(telephones);
  return method;
}

TEST(ExplainRefusal, NamesTheDutyToTelephoneWhereTheRuleOfTheMethodSaysSo) {
  const Method urgent = Telephoning(true), other = Telephoning(false);
  const absl::Status told = ExplainRefusal(NotFound(), &urgent, Language::kNone);
  EXPECT_THAT(TelephoneDutyIn(told), HasSubstr("telephone the receiver's duty desk"));
  EXPECT_EQ(RuleOf(told), "NOT_FOUND");
  EXPECT_EQ(told.message(), NotFound().message());
  EXPECT_EQ(StatusDetails(ExplainRefusal(NotFound(), &other, Language::kNone)), StatusDetails(NotFound()));
  EXPECT_EQ(StatusDetails(ExplainRefusal(NotFound(), nullptr, Language::kNone)), StatusDetails(NotFound()));
  EXPECT_EQ(ExplainRefusal(absl::OkStatus(), &urgent, Language::kFrench), absl::OkStatus());
}

TEST(ExplainRefusal, SpeaksTheCallersLanguageAndKeepsWhatWasToldFirst) {
  const Method urgent = Telephoning(true);
  const absl::Status french = ExplainRefusal(NotFound(), &urgent, Language::kFrench);
  EXPECT_THAT(TelephoneDutyIn(french), HasSubstr("téléphonez au service de garde"));
  EXPECT_NE(LocalizedText(french, Language::kFrench), "");
  EXPECT_EQ(TelephoneDutyIn(WithTelephoneDuty(french, Language::kEnglish)), TelephoneDutyIn(french));
}

TEST(ExplainRefusal, IsOfWhateverRefusedAndSurvivesTheWire) {
  const absl::Status lost = WithTelephoneDuty(absl::UnavailableError("no connection"), Language::kNone);
  const absl::Status read = FromStatusDetails(
      static_cast<int>(lost.code()), {lost.message().data(), lost.message().size()}, StatusDetails(lost));
  EXPECT_EQ(TelephoneDutyIn(read), TelephoneDutyIn(lost));
  EXPECT_THAT(TelephoneDutyIn(absl::InternalError("broken")), IsEmpty());
}

// This says whether a caller of such a request says how soon somebody must act.
bool SaysHowUrgent(const Descriptor& type, std::set<const Descriptor*>* seen) {
  if (!seen->insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().GetExtension(annotations::v1::rule).output_only()) continue;
    if (field.enum_type() == protocols::v1::Urgency_descriptor()) return true;
    if (field.message_type() != nullptr && SaysHowUrgent(*field.message_type(), seen)) return true;
  }
  return false;
}

TEST(ExplainRefusal, IsAskedForByEveryChangeThatSaysHowSoonSomebodyMustAct) {
  std::set<std::string> urgent;
  for (const std::string& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      std::set<const Descriptor*> seen;
      if (!method.rule.mutates() || !SaysHowUrgent(*method.descriptor->input_type(), &seen)) continue;
      urgent.insert(method.descriptor->name());
      EXPECT_TRUE(method.rule.telephone_duty()) << method.path << ": its refusals name no duty to telephone";
    }
  }
  EXPECT_TRUE(urgent.contains("CreateReferral"));
}

}  // namespace
}  // namespace accord
