#include "common/access/method.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include <cstddef>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"

namespace accord {
namespace {

using ::testing::HasSubstr;

constexpr char kCrownAudience[] =
    R"([accord.annotations.v1.audience] { name: "crown" grants { kinds: AGENCY_KIND_CROWN } })";
constexpr char kOfficeAudience[] =
    R"([accord.annotations.v1.audience] {
         name: "office"
         grants { kinds: AGENCY_KIND_COORDINATION_OFFICE roles: ROLE_OFFICE_STAFF }
         grants { kinds: AGENCY_KIND_MINISTRY roles: ROLE_MINISTRY_LEAD }
       })";

// This gives an RPC of the planted service; `rule` is the rest of its access rule.
std::string PlantedRpc(const std::string& name, const std::string& rule) {
  return absl::StrCat("method { name: \"", name,
                      "\" input_type: \".accord.planted.v1.Thing\" output_type: \".accord.planted.v1.Thing\"",
                      " options { [accord.annotations.v1.access] { permission: \"planted.things.do\" ", rule,
                      " } } }");
}

// This is a gRPC service that no process has, given as the text of its proto.
class PlantedService {
 public:
  PlantedService(const std::string& audiences, const std::string& rpcs) {
    google::protobuf::FileDescriptorProto file;
    const std::string text = absl::StrCat(
        R"(name: "planted.proto" package: "accord.planted.v1" syntax: "proto3"
           message_type {
             name: "Thing"
             field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
             field { name: "request_id" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
           }
           service { name: "ThingService" options { )",
        audiences, " } ", rpcs, " }");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &file)) << text;
    file_ = pool_.BuildFile(file);
    EXPECT_NE(file_, nullptr) << text;
  }
  absl::StatusOr<std::vector<Method>> Methods() const {
    if (file_ == nullptr) return absl::InternalError("no such file");
    return MethodsOf(*file_->service(0));
  }

 private:
  google::protobuf::DescriptorPool pool_;
  const google::protobuf::FileDescriptor* file_ = nullptr;
};

// This gives the fault of a planted service with which no process may start.
std::string FaultOf(const std::string& audiences, const std::string& rpcs) {
  return std::string(PlantedService(audiences, rpcs).Methods().status().message());
}

TEST(Audiences, GiveTheirGrantsToEachRpcThatNamesThem) {
  const PlantedService planted(
      absl::StrCat(kCrownAudience, kOfficeAudience),
      PlantedRpc("GetThing", "audience: \"office\"") + PlantedRpc("ListThings", "audience: \"crown\"") +
          PlantedRpc("CountThings", "audience: \"office\"") + PlantedRpc("KeepThing", "peers: \"gateway\""));
  const auto methods = planted.Methods();
  ASSERT_TRUE(methods.ok()) << methods.status();
  ASSERT_EQ(methods->size(), 4U);
  for (const std::size_t of_office : {0U, 2U}) {
    const auto& grants = (*methods)[of_office].grants;
    ASSERT_EQ(grants.size(), 2U);
    EXPECT_EQ(grants[0].roles(0), annotations::v1::ROLE_OFFICE_STAFF);
    EXPECT_EQ(grants[1].roles(0), annotations::v1::ROLE_MINISTRY_LEAD);
  }
  ASSERT_EQ((*methods)[1].grants.size(), 1U);
  EXPECT_EQ((*methods)[1].grants[0].kinds(0), annotations::v1::AGENCY_KIND_CROWN);
  EXPECT_TRUE((*methods)[3].grants.empty());
}

TEST(Audiences, AreThoseOfTheRpcsOwnService) {
  EXPECT_THAT(FaultOf(kCrownAudience, PlantedRpc("GetThing", "audience: \"crown\"") +
                                          PlantedRpc("ListThings", "audience: \"clerks\"")),
              HasSubstr("ListThings: its gRPC service has no audience clerks"));
}

TEST(Audiences, AreNamedBySomeRpc) {
  EXPECT_THAT(
      FaultOf(absl::StrCat(kCrownAudience, kOfficeAudience), PlantedRpc("GetThing", "audience: \"crown\"")),
      HasSubstr("ThingService: no RPC names office"));
}

TEST(Audiences, HaveANameOfTheirOwnAndAdmitSomebody) {
  const std::string rpc = PlantedRpc("GetThing", "audience: \"crown\"");
  EXPECT_THAT(FaultOf(absl::StrCat(kCrownAudience, kCrownAudience), rpc), HasSubstr("crown is there twice"));
  EXPECT_THAT(FaultOf("[accord.annotations.v1.audience] { name: \"crown\" }", rpc),
              HasSubstr("crown grants nothing to anybody"));
  EXPECT_THAT(FaultOf("[accord.annotations.v1.audience] { grants {} }", rpc), HasSubstr("one has no name"));
}

TEST(AccessRules, NameEitherAnAudienceOrPeers) {
  EXPECT_THAT(FaultOf(kCrownAudience, PlantedRpc("GetThing", "audience: \"crown\" peers: \"gateway\"")),
              HasSubstr("needs either an audience or peers"));
  EXPECT_THAT(FaultOf("", PlantedRpc("GetThing", "")), HasSubstr("needs either an audience or peers"));
}

TEST(AccessRules, APartWithoutAPathIsInTheRecordThatTheRequestCallsName) {
  const PlantedService planted(
      kCrownAudience,
      PlantedRpc("CloseThing",
                 "audience: \"crown\" mutates: true part { any: PART_OWNER any: PART_OFFICE }") +
          PlantedRpc("BeginThing", "audience: \"crown\" mutates: true part { any: PART_NOBODY }"));
  const auto methods = planted.Methods();
  ASSERT_TRUE(methods.ok()) << methods.status();
  EXPECT_EQ((*methods)[0].rule.part().of(), "name");
  EXPECT_EQ((*methods)[0].rule.part().any_size(), 2);
  EXPECT_EQ((*methods)[1].rule.part().of(), "");
}

// This says whether a message of this type can contain a record, at any depth.
bool HoldsARecord(const google::protobuf::Descriptor& type,
                  std::set<const google::protobuf::Descriptor*>* seen) {
  if (type.options().HasExtension(annotations::v1::resource)) return true;
  if (!seen->insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const google::protobuf::Descriptor* inner = type.field(i)->message_type();
    if (inner != nullptr && HoldsARecord(*inner, seen)) return true;
  }
  return false;
}

// The log tells the owners of the records that an answer contains. If it contains none, the handler
// names the records that it tells of, or there is nothing to name: a target has no record, and what
// is left of a report is reported to its own agency or by the notices of its purge.
TEST(Disclosures, WithoutARecordInTheAnswerAreMadeByTheseMethodsAlone) {
  const std::set<std::string> known = {"accord.intelligence.v1.DeconflictionService.EvaluateTargets",
                                       "accord.intelligence.v1.ProductService.ExportProductBundle",
                                       "accord.intelligence.v1.PurgeService.ConfirmReportPurge",
                                       "accord.intelligence.v1.PurgeService.ListReportTombstones",
                                       "accord.prosecution.v1.CaseService.ListCaseStatuses",
                                       "accord.protocols.v1.AttachmentService.DownloadAttachmentChunk",
                                       "accord.training.v1.CompletionService.ListCompletions"};
  std::set<std::string> found;
  for (const std::string& service : AllServices()) {
    // These are names of everybody's records. The host reports them to their owners when a person
    // reads them.
    if (service.ends_with(".RevisionService")) continue;
    const auto methods = MethodsOf(service);
    ASSERT_TRUE(methods.ok()) << methods.status();
    for (const Method& method : *methods) {
      // The host itself names the one record whose history is read.
      if (method.descriptor->name() == "ListRecordRevisions") continue;
      std::set<const google::protobuf::Descriptor*> seen;
      if (!method.rule.discloses() || HoldsARecord(*method.descriptor->output_type(), &seen)) continue;
      found.emplace(method.descriptor->full_name());
    }
  }
  EXPECT_EQ(found, known);
}

TEST(MethodPaths, GiveTheFullNameOfTheMethod) {
  EXPECT_EQ(MethodFullName("/accord.x.v1.S/M"), "accord.x.v1.S.M");
}

}  // namespace
}  // namespace accord
