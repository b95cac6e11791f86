// Whatever record a request names is of the kind that the method is about, or is refused before it
// is looked up.
#include "common/access/record_names.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"
#include "common/access/request_check.h"
#include "common/base/error.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using ::testing::HasSubstr;
using ::testing::Not;

using Path = std::vector<const FieldDescriptor*>;

const annotations::v1::FieldRule& RuleOn(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::rule);
}

// This visits each string of a message that a caller can fill in, at any depth.
void EachStringWithPath(const Descriptor& type, Path* path, const std::function<void(const Path&)>& fn) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (RuleOn(*field).output_only()) continue;
    bool around = false;
    for (const FieldDescriptor* above : *path)
      around = around || above->message_type() == field->message_type();
    path->push_back(field);
    if (field->type() == FieldDescriptor::TYPE_STRING) fn(*path);
    if (field->message_type() != nullptr && !around) EachStringWithPath(*field->message_type(), path, fn);
    path->pop_back();
  }
}

void EachStringOfEachMethod(const std::function<void(const Method&, const Path&)>& fn) {
  for (const auto& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      Path path;
      EachStringWithPath(*method.descriptor->input_type(), &path, [&](const Path& to) { fn(method, to); });
    }
  }
}

// This gives the path of the field as a refusal names it.
std::string Shown(const Path& path) {
  std::string shown;
  for (const FieldDescriptor* field : path) {
    absl::StrAppend(&shown, shown.empty() ? "" : ".", field->name(), field->is_repeated() ? "[0]" : "");
  }
  return shown;
}

// This gives what the gate says about a request in which only this field is set, to this text.
std::string Said(const Method& method, const Path& path, const std::string& text) {
  const std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                             ->GetPrototype(method.descriptor->input_type())
                                             ->New());
  Message* at = request.get();
  for (const FieldDescriptor* field : path) {
    const Reflection& reflection = *at->GetReflection();
    if (field->message_type() != nullptr) {
      at = field->is_repeated() ? reflection.AddMessage(at, field) : reflection.MutableMessage(at, field);
    } else if (field->is_repeated()) {
      reflection.AddString(at, field, text);
    } else {
      reflection.SetString(at, field, text);
    }
  }
  const absl::Status status = CheckRequest(request.get());
  EXPECT_TRUE(status.ok() || RuleOf(status) == "FIELD_INVALID") << status;
  return std::string(status.message());
}

// These are the patterns of all records that this build knows.
std::set<std::string> AllPatterns() {
  std::set<std::string> patterns = {"agencies/{agency}/somethingElse/{something}"};
  EachStringOfEachMethod([&](const Method&, const Path& path) {
    for (const auto& pattern : NamePatterns(*path.back())) patterns.insert(pattern);
  });
  return patterns;
}

TEST(RecordNames, ANameOfAnotherKindIsRefusedByEveryRpcAndARightOneByNone) {
  const auto all = AllPatterns();
  EXPECT_GT(all.size(), 25u);
  int fields = 0;
  EachStringOfEachMethod([&](const Method& method, const Path& path) {
    const auto& own = NamePatterns(*path.back());
    if (own.empty()) return;
    ++fields;
    const std::string where = absl::StrCat(method.path, " ", Shown(path));
    for (const std::string& pattern : all) {
      const std::string said = Said(method, path, NameLike(pattern, "cas-york", "r1"));
      const std::string refused = absl::StrCat(Shown(path), " is of another kind: ", ShownPattern(own[0]));
      if (std::find(own.begin(), own.end(), pattern) == own.end()) {
        EXPECT_THAT(said, HasSubstr(refused)) << where << " " << pattern;
        EXPECT_THAT(said, HasSubstr("is expected")) << where;
      } else {
        EXPECT_THAT(said, Not(HasSubstr("is of another kind"))) << where << " " << pattern;
      }
    }
  });
  EXPECT_GT(fields, 150);
}

// These are the reasons why a field that could hold the name of a record has no pattern.
const std::map<std::string, std::string>& NoPattern() {
  static const auto* reasons = new std::map<std::string, std::string>{
      {"accord.audit.v1.ListEntriesRequest.resource", "a record of any service"},
      {"accord.host.v1.ListRecordRevisionsRequest.name", "a record of any kind that has a history"},
      {"accord.supports.v1.FundLine.allocation", "a record of another service"},
      {"accord.supports.v1.RecordConsentLinkRequest.link_token", "a record of another service"}};
  return *reasons;
}

TEST(RecordNames, EveryFieldThatLooksLikeTheNameOfARecordHasAPattern) {
  auto reasons = NoPattern();
  EachStringOfEachMethod([&](const Method& method, const Path& path) {
    const FieldDescriptor& field = *path.back();
    const std::string& name = field.name();
    const bool looks = RuleOn(field).form() == annotations::v1::STRING_FORM_RESOURCE_NAME ||
                       name == "parent" || name == "resource" || (name == "name" && path.size() == 1) ||
                       RuleOn(field).resource_size() > 0;
    const auto& patterns = NamePatterns(field);
    if (looks && patterns.empty()) {
      EXPECT_TRUE(NoPattern().contains(field.full_name()))
          << field.full_name() << " of " << method.path << ": name the resource in its rule";
      reasons.erase(field.full_name());
    }
    // A listed resource that does not exist has an empty pattern.
    for (const std::string& pattern : patterns) EXPECT_NE(pattern, "") << field.full_name();
    if (!patterns.empty()) {
      EXPECT_TRUE(RuleOn(field).form() == annotations::v1::STRING_FORM_RESOURCE_NAME || name == "name")
          << field.full_name() << " has no form";
    }
  });
  for (const auto& [field, reason] : reasons) ADD_FAILURE() << field << " is no such field";
}

TEST(RecordNames, AreWrittenAsPeopleReadThem) {
  EXPECT_EQ(ShownPattern("agencies/{agency}/releaseRequests/{release_request}"),
            "agencies/AGENCY_ID/releaseRequests/RELEASE_REQUEST_ID");
  EXPECT_EQ(NameLike("agencies/{agency}/cases/{case}", "cr-york", "c1"), "agencies/cr-york/cases/c1");
  EXPECT_TRUE(HasPattern("agencies/cr-york/cases/c1", "agencies/{agency}/cases/{case}"));
  EXPECT_FALSE(HasPattern("agencies/cr-york/cases", "agencies/{agency}/cases/{case}"));
  EXPECT_FALSE(HasPattern("agencies/cr-york/cases/", "agencies/{agency}/cases/{case}"));
  EXPECT_FALSE(HasPattern("agencies/cr-york/cases/c1/accused/a1", "agencies/{agency}/cases/{case}"));
}

}  // namespace
}  // namespace accord
