#include "common/testing/resource_verbs.h"

#include <gmock/gmock.h>
#include <google/protobuf/field_mask.pb.h>

#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"
#include "common/access/request_check.h"
#include "common/testing/golden.h"

namespace accord::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

const VerbsOfKind& KindCalled(const std::string& name) {
  static const auto* kinds = new std::vector<VerbsOfKind>(VerbsOfAllKinds());
  for (const VerbsOfKind& kind : *kinds) {
    if (kind.name() == name) return kind;
  }
  ADD_FAILURE() << "there is no kind " << name;
  return kinds->front();
}

std::vector<std::string> Rpcs(const std::string& kind, ResourceVerb verb) {
  const auto& rpcs = KindCalled(kind).rpcs;
  const auto found = rpcs.find(verb);
  return found == rpcs.end() ? std::vector<std::string>() : found->second;
}

// This gives the names of all RPCs that agencies may call.
std::set<std::string> AllRpcs() {
  std::set<std::string> names;
  for (const std::string& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.grants.empty()) names.insert(method.descriptor->name());
    }
  }
  return names;
}

// This gives the type of the records that a List method answers with; it is null if it answers with none.
const google::protobuf::Descriptor* ListedType(const google::protobuf::MethodDescriptor& method) {
  if (!absl::StartsWith(method.name(), "List")) return nullptr;
  for (int i = 0; i < method.output_type()->field_count(); ++i) {
    const auto* field = method.output_type()->field(i);
    const auto* type = field->message_type();
    if (!field->is_repeated() || type == nullptr) continue;
    if (type->options().HasExtension(annotations::v1::resource)) return type;
  }
  return nullptr;
}

// This says whether some text of the record may be longer than texts are by default.
bool HasLongText(const google::protobuf::Descriptor& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    const auto* field = type.field(i);
    const bool text = field->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
    if (text && field->options().GetExtension(annotations::v1::rule).max() > kMaxStringBytes) return true;
  }
  return false;
}

TEST(ResourceVerbs, EachKindHasEachVerbOrSaysWhyNot) {
  const std::vector<VerbsOfKind> kinds = VerbsOfAllKinds();
  EXPECT_GT(kinds.size(), 70u);
  for (const VerbsOfKind& kind : kinds) {
    for (const ResourceVerb verb : ResourceVerbs()) {
      EXPECT_TRUE(kind.rpcs.contains(verb) || !WhyLacked(kind.name(), verb).empty())
          << kind.name() << " has no RPC for " << VerbWord(verb)
          << ": write it, or say why not in common/testing/resource_verbs_table.cc";
    }
  }
}

TEST(ResourceVerbs, NoKindIsSaidToLackWhatItHas) {
  std::set<std::string> known;
  for (const VerbsOfKind& kind : VerbsOfAllKinds()) known.insert(kind.name());
  std::set<std::pair<ResourceVerb, std::string>> said;
  for (const LackedVerb& each : LackedVerbs()) {
    EXPECT_FALSE(each.why.empty());
    for (const absl::string_view name :
         absl::StrSplit(absl::string_view(each.kinds.data(), each.kinds.size()), ' ')) {
      const std::string kind(name);
      EXPECT_TRUE(said.emplace(each.verb, kind).second) << kind << " is there twice";
      if (kind == "*") {
        EXPECT_TRUE(each.verb == ResourceVerb::kHistory || each.verb == ResourceVerb::kCount);
        continue;
      }
      ASSERT_TRUE(known.contains(kind)) << "there is no kind " << kind;
      EXPECT_FALSE(KindCalled(kind).rpcs.contains(each.verb))
          << kind << " is said to lack " << VerbWord(each.verb) << ", and has it";
    }
  }
}

// An RPC that a reason names must exist, so that its reader can find it.
TEST(ResourceVerbs, EveryRpcThatAReasonNamesIsThere) {
  const std::set<std::string> rpcs = AllRpcs();
  const std::regex rpc("\\b[A-Z][a-z]+[A-Z][A-Za-z]+\\b");
  int named = 0;
  for (const LackedVerb& each : LackedVerbs()) {
    const std::string why(each.why);
    for (auto at = std::sregex_iterator(why.begin(), why.end(), rpc); at != std::sregex_iterator(); ++at) {
      ++named;
      EXPECT_THAT(rpcs, Contains(at->str()));
    }
  }
  EXPECT_GT(named, 10);
}

TEST(ResourceVerbs, AreReadOutOfTheDescriptors) {
  const std::string referral = "protocols.Referral";
  EXPECT_THAT(Rpcs(referral, ResourceVerb::kCreate), ElementsAre("CreateReferral"));
  EXPECT_THAT(Rpcs(referral, ResourceVerb::kGet), ElementsAre("GetReferral"));
  EXPECT_THAT(Rpcs(referral, ResourceVerb::kHistory), ElementsAre("ListReferralRevisions"));
  EXPECT_THAT(Rpcs("protocols.Protocol", ResourceVerb::kHistory), ElementsAre("ListRecordRevisions"));
  EXPECT_THAT(Rpcs(referral, ResourceVerb::kCount), ElementsAre("CountReferrals"));
  EXPECT_THAT(Rpcs(referral, ResourceVerb::kWatch), ElementsAre("WatchChanges"));
  EXPECT_THAT(Rpcs(referral, ResourceVerb::kChange), Contains("RedirectReferral")) << "beside another one";
  // The method is found by the name of the record that the request holds.
  EXPECT_THAT(Rpcs("intelligence.Report", ResourceVerb::kChange), Contains("UpdateReportDraft"));
  // A method that only shows a kind in an answer about another kind neither makes nor changes it.
  EXPECT_THAT(Rpcs("training.Course", ResourceVerb::kCreate), ElementsAre("CreateCourse"));
  EXPECT_THAT(Rpcs("intelligence.InformationReply", ResourceVerb::kCreate),
              ElementsAre("AnswerInformationRequest"));
}

// A page of large records is long, and most readers need only a few fields of each.
TEST(ResourceVerbs, ListsOfLargeRecordsTakeAReadMaskAndNothingElseDoes) {
  constexpr int kManyFields = 20;
  int lists = 0;
  for (const std::string& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      const auto* mask = method.descriptor->input_type()->FindFieldByName("read_mask");
      const auto* records = ListedType(*method.descriptor);
      const bool large =
          records != nullptr && (records->field_count() >= kManyFields || HasLongText(*records));
      EXPECT_EQ(mask != nullptr, large) << method.path;
      if (mask == nullptr) continue;
      EXPECT_EQ(mask->message_type(), google::protobuf::FieldMask::descriptor()) << method.path;
      ++lists;
    }
  }
  EXPECT_GT(lists, 10);
}

TEST(ResourceVerbs, AreThoseOfTheGoldenFile) {
  ExpectGolden("tests/resource_verbs.golden", {ResourceVerbsText()});
}

}  // namespace
}  // namespace accord::testing
