#include "clients/accordctl/core/body.h"

#include <gmock/gmock.h>

#include <fstream>

#include "accord/protocols/v1/service.pb.h"
#include "accord/registry/v1/service.pb.h"
#include "clients/accordctl/core/contexts.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

std::string TempFile(const std::string& content) {
  const std::string path =
      ::testing::TempDir() + "/accordctl-" + ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::ofstream(path) << content;
  return path;
}

TEST(Body, YamlWithShortEnumNamesIsReadAndWrittenBackTheSame) {
  const auto json =
      ReadDocument(TempFile("title: \"true\"\nkind: ht_addendum\nterritory: [york-region]\n"
                            "parties:\n- {agency: ps-york, capacity: police, part: signatory}\n"));
  ASSERT_TRUE(json.ok()) << json.status();
  protocols::v1::Protocol protocol;
  ASSERT_TRUE(FromJson(*json, &protocol).ok());
  EXPECT_EQ(protocol.title(), "true");
  EXPECT_EQ(protocol.kind(), protocols::v1::PROTOCOL_KIND_HT_ADDENDUM);
  EXPECT_EQ(protocol.parties(0).capacity(), protocols::v1::PARTY_CAPACITY_POLICE);
  protocols::v1::Protocol again;
  const auto written = ReadDocument(TempFile(ToYaml(ToJson(protocol))));
  ASSERT_TRUE(written.ok()) << written.status();
  ASSERT_TRUE(FromJson(*written, &again).ok());
  EXPECT_EQ(again.SerializeAsString(), protocol.SerializeAsString());
}

TEST(Body, TextOfSeveralLinesComesBackAsItWasWritten) {
  for (const std::string text :
       {"two\nlines", "two\nlines\n", "an end\n\n", "  leading\n and\ttab", "\n", "\nfirst",
        "carriage\r\nreturn", "a\n  b\n c", "# no comment\nx", "blank \nends", "\ttab\nx"}) {
    for (const Json& json :
         {Json{{"title", text}}, Json{{"title", text}, {"etag", "x"}}, Json{{"list", {text, text}}},
          Json{{"deep", {{"title", text}}}, {"etag", "x"}}}) {
      const auto read = ReadDocument(TempFile(ToYaml(json)));
      ASSERT_TRUE(read.ok()) << ToYaml(json);
      EXPECT_EQ(*read, json) << ToYaml(json);
    }
  }
}

TEST(Body, NothingComesBackAsNothing) {
  const Json json = {{"b:key", nullptr}, {"list", {nullptr, "null"}}};
  EXPECT_EQ(*ReadDocument(TempFile(ToYaml(json))), json) << ToYaml(json);
}

TEST(Body, FaultsAreNamedByTheirPlace) {
  const auto fault = [](const std::string& text) {
    const auto json = ReadDocument(TempFile(text));
    if (!json.ok()) return std::string(json.status().message());
    protocols::v1::Protocol protocol;
    return std::string(FromJson(*json, &protocol).message());
  };
  EXPECT_THAT(fault("titel: x"), HasSubstr("titel: there is no such field in Protocol"));
  EXPECT_THAT(fault("kind: nonsense"), HasSubstr("kind: is not one of base_child_abuse"));
  EXPECT_THAT(fault("parties:\n- {capacity: judge}"), HasSubstr("parties.0.capacity: is not one of"));
  EXPECT_THAT(fault("title: [unclosed"), HasSubstr(":1:"));
  EXPECT_THAT(fault("just text"), HasSubstr("must be a mapping"));
}

TEST(Body, AssignmentsReachIntoListsAndObjects) {
  Json json = Json::object();
  ASSERT_TRUE(SetPath(&json, "parties.1.agency=ps-york").ok());
  ASSERT_TRUE(SetPath(&json, "territory=[\"a\",\"b\"]").ok());
  ASSERT_TRUE(SetPath(&json, "title=2026").ok());
  EXPECT_EQ(json["parties"][1]["agency"], "ps-york");
  EXPECT_EQ(json["territory"].size(), 2u);
  EXPECT_EQ(json["title"], "2026");
  EXPECT_THAT(SetPath(&json, "no value"),
              accord::testing::FailsWith(absl::StatusCode::kInvalidArgument, "write it as FIELD=VALUE"));
}

TEST(Contexts, AreKeptAndAnUnknownKeyIsRefused) {
  const std::string path = TempFile("");
  Contexts contexts;
  contexts.current = "york";
  contexts.all["york"].address = "127.0.0.1:7400";
  contexts.all["york"].actor = "worker";
  ASSERT_TRUE(WriteContexts(path, contexts).ok());
  const auto read = ReadContexts(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->current, "york");
  EXPECT_EQ(read->all.at("york").address, "127.0.0.1:7400");
  EXPECT_EQ(read->all.at("york").actor, "worker");
  ASSERT_TRUE(WriteFile(path, "contexts: {york: {addres: x}}\n", FileKind::kSecret).ok());
  EXPECT_THAT(std::string(ReadContexts(path).status().message()), HasSubstr("york.addres"));
}

}  // namespace
}  // namespace accord::ctl
