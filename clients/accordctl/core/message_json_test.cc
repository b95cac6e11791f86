#include "clients/accordctl/core/message_json.h"

#include <gmock/gmock.h>

#include <fstream>

#include "accord/host/v1/status.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/assignment.h"
#include "clients/accordctl/core/contexts.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string TempFile(const std::string& content) {
  const std::string path =
      ::testing::TempDir() + "/accordctl-" + ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::ofstream(path) << content;
  return path;
}

TEST(Body, YamlWithShortEnumNamesIsReadAndWrittenBackTheSame) {
  const auto json =
      ReadInputDocument(TempFile("title: \"true\"\nkind: ht_addendum\nterritory: [york-region]\n"
                                 "parties:\n- {agency: ps-york, capacity: police, part: signatory}\n"));
  ASSERT_OK(json.status());
  protocols::v1::Protocol protocol;
  ASSERT_OK(FromJson(*json, &protocol));
  EXPECT_EQ(protocol.title(), "true");
  EXPECT_EQ(protocol.kind(), protocols::v1::PROTOCOL_KIND_HT_ADDENDUM);
  EXPECT_EQ(protocol.parties(0).capacity(), protocols::v1::PARTY_CAPACITY_POLICE);
  protocols::v1::Protocol again;
  const auto written = ReadInputDocument(TempFile(ToYaml(ToJson(protocol))));
  ASSERT_OK(written.status());
  ASSERT_OK(FromJson(*written, &again));
  EXPECT_EQ(again.SerializeAsString(), protocol.SerializeAsString());
}

TEST(Body, TextOfSeveralLinesComesBackAsItWasWritten) {
  for (const std::string text :
       {"two\nlines", "two\nlines\n", "an end\n\n", "  leading\n and\ttab", "\n", "\nfirst",
        "carriage\r\nreturn", "a\n  b\n c", "# no comment\nx", "blank \nends", "\ttab\nx"}) {
    for (const Json& json :
         {Json{{"title", text}}, Json{{"title", text}, {"etag", "x"}}, Json{{"list", {text, text}}},
          Json{{"deep", {{"title", text}}}, {"etag", "x"}}}) {
      const auto read = ReadInputDocument(TempFile(ToYaml(json)));
      ASSERT_OK(read.status()) << ToYaml(json);
      EXPECT_EQ(*read, json) << ToYaml(json);
    }
  }
}

TEST(Body, NothingComesBackAsNothing) {
  const Json json = {{"b:key", nullptr}, {"list", {nullptr, "null"}}};
  EXPECT_EQ(*ReadInputDocument(TempFile(ToYaml(json))), json) << ToYaml(json);
}

TEST(Body, FaultsAreNamedByTheirPlace) {
  const auto fault = [](const std::string& text) {
    const auto json = ReadInputDocument(TempFile(text));
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

// Protobuf itself does not name the field of a value that it cannot read.
TEST(Body, EveryKindOfValueThatDoesNotFitIsNamedByItsFieldAndSaysWhatFits) {
  const auto fault = [](const google::protobuf::Descriptor* type, const Json& json) {
    std::string field;
    const absl::Status status = CheckJsonFields(json, type, &field);
    EXPECT_FALSE(status.ok()) << DumpJson(json);
    EXPECT_EQ(std::string(status.message()).substr(0, field.size() + 2), field + ": ") << status;
    return std::string(status.message());
  };
  const auto* agency = registry::v1::Agency::descriptor();
  for (const char* text : {"yes", "True", "1", ""}) {
    EXPECT_EQ(fault(agency, {{"indigenous", text}}), "indigenous: must be true or false");
  }
  for (const char* text :
       {"2026-11-26T15:04:05", "2026-11-26", "tomorrow", "", " 2026-11-26T15:04:05Z", "infinite-future",
        "20260-11-26T15:04:05Z", "0000-01-01T00:00:00Z", "2026-12-31T23:59:60Z", "2026-11-26T15:04:05-0500",
        "2026-11-26t15:04:05Z", "2026-11-26T24:00:00Z"}) {
    EXPECT_THAT(fault(agency, {{"create_time", text}}),
                HasSubstr("create_time: must be a time with its zone: write 2026-11-24T22:00:00-05:00"));
  }
  const auto* list = registry::v1::ListAgenciesRequest::descriptor();
  for (const Json& value : {Json("many"), Json("99999999999"), Json(99999999999), Json("1.5"), Json(1.5),
                            Json(""), Json(" 5"), Json(true), Json({{"a", 1}})}) {
    EXPECT_EQ(fault(list, {{"page_size", value}}),
              "page_size: must be a whole number from -2147483648 to 2147483647");
  }
  const auto* protocol = protocols::v1::Protocol::descriptor();
  EXPECT_EQ(fault(protocol, {{"kind", "ht_addendun"}}).find("kind: is not one of "), 0u);
  EXPECT_THAT(fault(protocol, {{"kind", "ht_addendun"}}), HasSubstr("; did you mean ht_addendum"));
  EXPECT_THAT(fault(protocol, {{"titel", "x"}}), HasSubstr("; did you mean title?"));
  EXPECT_THAT(fault(protocol, {{"territory", {"a", nullptr}}}), HasSubstr("territory.1: is empty"));
  EXPECT_THAT(fault(protocol, {{"kind", 1.5}}), HasSubstr("kind: is not one of "));
  EXPECT_THAT(fault(protocol, {{"territory[0]", "a"}}),
              HasSubstr("; an element of a list is written with a point, as territory.0"));
  const auto* status = host::v1::ServiceStatus::descriptor();
  for (const char* text : {"90", "infs", "nans", "s", "1 h", "999999999999s"}) {
    EXPECT_EQ(fault(status, {{"oldest_overdue", text}}),
              "oldest_overdue: must be a number of seconds: write 90s");
  }
}

// Some parsers of instants accept what others do not: a leap second, more digits, a zone without
// a colon.
TEST(Body, AnInstantIsEitherRefusedByItsFieldOrTaken) {
  for (const char* text :
       {"2026-12-31T23:59:60Z", "2026-11-26T15:04:05.1234567891Z", "2026-11-26T15:04:05-0500",
        "2026-11-26T15:04:05+24:00", "2026-11-26T15:04:05+05:30:30", "2026-11-01T01:30:00-04:00",
        "2026-11-26T15:04:05.Z", "2026-02-29T00:00:00Z", "0001-01-01T00:00:00+14:00"}) {
    const Json json = {{"create_time", text}};
    registry::v1::Agency agency;
    const absl::Status checked = CheckJsonFields(json, registry::v1::Agency::descriptor());
    EXPECT_EQ(checked, FromJson(json, &agency)) << text;
    if (!checked.ok()) {
      EXPECT_THAT(std::string(checked.message()), HasSubstr("create_time: must be a time")) << text;
    }
  }
}

TEST(Body, ValuesThatFitAreTaken) {
  for (const char* time : {"2026-11-26T15:04:05Z", "2026-11-26T15:04:05.25Z", "2026-11-26T15:04:05-05:00"}) {
    registry::v1::Agency agency;
    EXPECT_OK(FromJson({{"create_time", time}, {"indigenous", "true"}}, &agency)) << time;
    EXPECT_TRUE(agency.indigenous());
  }
  registry::v1::ListAgenciesRequest list;
  EXPECT_OK(FromJson({{"page_size", "7"}}, &list));
  EXPECT_EQ(list.page_size(), 7);
}

TEST(Body, OfAFileIsNamedByFileAndLine) {
  const auto* command = FindCommand("create", "agency");
  ASSERT_NE(command, nullptr);
  const auto said = [&](const std::string& text) {
    RequestLine line;
    line.file = TempFile(text);
    const std::string message(AssembleRequest(*command, line).status().message());
    return message.rfind(line.file, 0) == 0 ? message.substr(line.file.size()) : message;
  };
  EXPECT_EQ(said("display_name: x\nindigenous: yes\n"), ":2:1: indigenous: must be true or false");
  EXPECT_THAT(said("display_name: x\n\nkind: crwn\n"), HasSubstr(":3:1: kind: is not one of "));
  EXPECT_THAT(said("display_nme: x\n"), HasSubstr(":1:1: display_nme: there is no such field in Agency"));
  RequestLine line;
  line.json = "{\"indigenous\": \"yes\"}";
  EXPECT_EQ(std::string(AssembleRequest(*command, line).status().message()),
            "--json:1:2: indigenous: must be true or false");
}

TEST(Body, AnAssignmentThatDoesNotFitIsRefusedBeforeAnythingIsAsked) {
  const auto* command = FindCommand("create", "agency");
  ASSERT_NE(command, nullptr);
  RequestLine line;
  line.sets = {"parties[0]=ps-york"};
  EXPECT_THAT(std::string(AssembleRequest(*command, line).status().message()),
              HasSubstr("an element of a list is written with a point, as parties.0; "));
  line.sets = {"display_nme=x"};
  EXPECT_THAT(std::string(AssembleRequest(*command, line).status().message()),
              HasSubstr("; did you mean display_name? `accordctl explain agency` tells all"));
  line.sets = {"kind=crwn"};
  EXPECT_THAT(std::string(AssembleRequest(*command, line).status().message()),
              HasSubstr("agency.kind: is not one of "));
}

TEST(Body, AWordWhereAMessageIsWantedIsAnsweredWithItsFieldsAndHowTheyAreGiven) {
  const auto* command = FindCommand("flag", "referral");
  ASSERT_NE(command, nullptr);
  RequestLine line;
  line.sets = {"flag=nope"};
  EXPECT_THAT(std::string(AssembleRequest(*command, line).status().message()),
              AllOf(HasSubstr("--set flag=nope: flag has fields of its own: write --set flag."),
                    HasSubstr("-f FILE"), HasSubstr("it has the fields ")));
  line.sets = {"flag={}"};
  EXPECT_EQ(std::string(AssembleRequest(*command, line).status().message()).find("fields of its own"),
            std::string::npos);
  // In a file the place is told.
  line.sets = {};
  line.json = "{\"flag\": \"nope\"}";
  EXPECT_THAT(std::string(AssembleRequest(*command, line).status().message()),
              HasSubstr("--json:1:2: flag: must be a mapping of fields: "));
  // What the service copies into the record is named by its parent.
  RequestLine copied;
  copied.sets = {"course=nope"};
  EXPECT_THAT(std::string(AssembleRequest(*FindCommand("create", "offering"), copied).status().message()),
              AllOf(HasSubstr("the service writes course itself: leave it out; --parent "),
                    HasSubstr(" says what this is of")));
}

TEST(Body, AFieldThatThereIsNotIsNamedWithTheNearestAtEveryDepth) {
  const auto* command = FindCommand("create", "protocol");
  ASSERT_NE(command, nullptr);
  const auto said = [&](const RequestLine& line) {
    return std::string(AssembleRequest(*command, line).status().message());
  };
  RequestLine set, file;
  set.sets = {"parties.0.capcity=police"};
  EXPECT_EQ(said(set),
            "protocol.parties.0.capcity: there is no such field in ProtocolParty; did you mean capacity?");
  file.file = TempFile("title: x\nparties:\n- {capcity: police}\n");
  EXPECT_THAT(
      said(file),
      HasSubstr(":3:4: parties.0.capcity: there is no such field in ProtocolParty; did you mean capacity?"));
}

TEST(Body, AFieldOrAValueThatThereIsNotIsToldInFrenchToWhoReadsFrench) {
  const Speaking french(Language::kFrench);
  const auto* command = FindCommand("create", "protocol");
  ASSERT_NE(command, nullptr);
  const auto said = [&](const std::string& set) {
    RequestLine line;
    line.sets = {set};
    return std::string(AssembleRequest(*command, line).status().message());
  };
  EXPECT_EQ(said("titel=x"),
            "--set titel: il n'y a pas de champ de ce nom dans Protocol; vouliez-vous dire title? `accordctl "
            "explain protocol` les énumère tous");
  EXPECT_EQ(
      said("parties.0.capcity=police"),
      "protocol.parties.0.capcity: il n'y a pas de champ de ce nom dans ProtocolParty; vouliez-vous dire "
      "capacity?");
  EXPECT_THAT(said("parties[0]=x"),
              HasSubstr("; un élément d'une liste s'écrit avec un point, comme parties.0"));
  EXPECT_THAT(said("kind=ht_addendun"), HasSubstr("protocol.kind: n'est pas l'une de ces valeurs\u00a0: "));
  EXPECT_THAT(said("kind=ht_addendun"), HasSubstr("; vouliez-vous dire ht_addendum"));
}

TEST(Body, AssignmentsReachIntoListsAndObjects) {
  Json json = Json::object();
  ASSERT_OK(ApplyAssignment(&json, "parties.1.agency=ps-york"));
  ASSERT_OK(ApplyAssignment(&json, "territory=[\"a\",\"b\"]"));
  ASSERT_OK(ApplyAssignment(&json, "title=2026"));
  EXPECT_EQ(json["parties"][1]["agency"], "ps-york");
  EXPECT_EQ(json["territory"].size(), 2u);
  EXPECT_EQ(json["title"], "2026");
  EXPECT_THAT(ApplyAssignment(&json, "no value"),
              accord::testing::FailsWith(absl::StatusCode::kInvalidArgument, "write it as FIELD=VALUE"));
}

TEST(Contexts, AreKeptAndAnUnknownKeyIsRefused) {
  const std::string path = TempFile("");
  Contexts contexts;
  contexts.current = "york";
  contexts.all["york"].address = "127.0.0.1:7400";
  contexts.all["york"].actor = "worker";
  ASSERT_OK(WriteContexts(path, contexts));
  const auto read = ReadContexts(path);
  ASSERT_OK(read);
  EXPECT_EQ(read->current, "york");
  EXPECT_EQ(read->all.at("york").address, "127.0.0.1:7400");
  EXPECT_EQ(read->all.at("york").actor, "worker");
  ASSERT_OK(WriteFile(path, "contexts: {york: {addres: x}}\n", FileKind::kSecret));
  EXPECT_THAT(std::string(ReadContexts(path).status().message()), HasSubstr("york.addres"));
}

}  // namespace
}  // namespace accord::ctl
