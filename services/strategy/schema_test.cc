// What no request of this service can ask for, whoever sends it: read off the descriptors, so that it holds
// of methods to come.
#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"
#include "common/access/named.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// `repeated`: the field is, or stands in a message that is.
using Visit = std::function<void(const FieldDescriptor& field, bool repeated)>;

void EachField(const Descriptor& type, bool repeated, std::set<const Descriptor*>* seen, const Visit& visit) {
  if (!absl::StartsWith(type.full_name(), "accord.") || !seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().GetExtension(annotations::v1::rule).output_only()) continue;
    const bool many = repeated || field.is_repeated();
    visit(field, many);
    if (field.message_type() != nullptr) EachField(*field.message_type(), many, seen, visit);
  }
}

// What callers of changes can fill in; returns how many methods there are.
int EachFieldOfEachChange(const Visit& visit) {
  int changes = 0;
  for (const std::string& service : AllServices()) {
    if (!absl::StartsWith(service, "accord.strategy.v1.")) continue;
    const auto methods = Must(MethodsOf(service));
    for (const Method& method : methods) {
      if (!method.rule.mutates()) continue;
      ++changes;
      std::set<const Descriptor*> seen;
      EachField(*method.descriptor->input_type(), false, &seen, visit);
    }
  }
  return changes;
}

TEST(StrategySchema, NoChangeTakesManyRecordsOrPeopleAtOnce) {
  // This is what an initiative waits for, who was heard on one occasion, and whom a call appoints: nothing is
  // decided about any of them.
  const std::set<std::string> named = {"accord.strategy.v1.Initiative.depends_on",
                                       "accord.strategy.v1.Engagement.organisations",
                                       "accord.strategy.v1.PanelMember.person"};
  // Records of a report, which states figures of them and changes none.
  const std::string report = "accord.strategy.v1.Report";
  std::set<std::string> found;
  const int changes = EachFieldOfEachChange([&](const FieldDescriptor& field, bool repeated) {
    if (!repeated || field.type() != FieldDescriptor::TYPE_STRING) return;
    const auto form = field.options().GetExtension(annotations::v1::rule).form();
    const NamedField* who = NamedFieldOf(field);
    const bool person = who != nullptr && who->names == Names::kPerson;
    if (form != annotations::v1::STRING_FORM_RESOURCE_NAME && !person) return;
    if (!absl::StartsWith(field.full_name(), report)) found.insert(field.full_name());
  });
  EXPECT_EQ(found, named) << "an award, a payment or a scorer is decided about one by one";
  EXPECT_GT(changes, 60);
}

TEST(StrategySchema, NoRequestHasAFieldThatLiftsARule) {
  const int changes = EachFieldOfEachChange([](const FieldDescriptor& field, bool) {
    // The day since which a section of an act is in force lifts nothing.
    if (field.name() == "in_force_on") return;
    for (const char* word : {"force", "override", "bypass", "skip", "ignore", "unchecked", "anyway"}) {
      EXPECT_FALSE(absl::StrContains(field.name(), word)) << field.full_name();
    }
  });
  EXPECT_GT(changes, 60);
}

}  // namespace
}  // namespace accord::strategy
