// This tests the combined feeds against a gateway that reports a change repeatedly.
#include "clients/accordctl/records/changes.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/testing/answering_gateway.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"
#include "clients/accordctl/testing/printed.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::string FeedOf(const std::string& service) {
  return absl::StrCat("/accord.", service, ".v1.ChangeService/WatchChanges");
}

class WatchChangesCommand : public ::testing::Test {
 protected:
  WatchChangesCommand() {
    registry::v1::Agency agency;
    agency.set_kind(annotations::v1::AGENCY_KIND_POLICE_SERVICE);
    gateway_.Answer("/accord.registry.v1.RegistryService/GetAgency", agency);
    host::v1::Change change;
    change.set_kind("referral");
    change.set_name("agencies/cas-york/referrals/01a");
    change.set_verb("AcknowledgeReferral");
    change.set_agency("ps-york");
    change.set_state("acknowledged");
    *change.mutable_time() = ToProto(absl::FromUnixSeconds(1'800'000'000));
    gateway_.Answer(FeedOf("protocols"), change);
  }
  std::string Run(std::vector<std::string> words, absl::Status* status) {
    words.insert(words.begin(), {"watch", "changes"});
    const auto add = [](CLI::App* app, CommandSession* session) {
      AddDescriptorCommands(app, session);
      AddChangesCommand(app, session);
    };
    return Printed(&tls_gateway_, add, std::move(words), status);
  }

  AnsweringGateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
};

TEST_F(WatchChangesCommand, TellsOfTheFeedsThatThePersonMayFollowInOneLineEach) {
  absl::Status status;
  const std::string told =
      Run({"--limit", "1", "--kind", "inspector-referral", "--assignee", "member"}, &status);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(told, AllOf(HasSubstr("referral acknowledged  AcknowledgeReferral by ps-york"),
                          HasSubstr("agencies/cas-york/referrals/01a\n")));
  EXPECT_THAT(gateway_.asked(), AllOf(Contains(FeedOf("protocols")), Not(Contains(FeedOf("intelligence"))),
                                      Not(Contains(FeedOf("training")))));
  host::v1::WatchChangesRequest request;
  ASSERT_TRUE(request.ParseFromString(gateway_.sent(FeedOf("protocols"))));
  EXPECT_TRUE(request.progress());
  EXPECT_EQ(request.assignee(), "member");
  ASSERT_EQ(request.kinds_size(), 1);
  EXPECT_EQ(request.kinds(0), "inspector_referral");
}

TEST_F(WatchChangesCommand, GoesOnWithTheServicesThatTellWhereAnotherRefuses) {
  gateway_.RefuseWith(FeedOf("prosecution"), Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  absl::Status status;
  EXPECT_THAT(Run({"--limit", "1"}, &status), HasSubstr("agencies/cas-york/referrals/01a"));
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(WatchChangesCommand, IsRefusedWhereEveryServiceRefuses) {
  for (const char* service : {"protocols", "prosecution", "supports"}) {
    gateway_.RefuseWith(FeedOf(service), Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  }
  absl::Status status;
  EXPECT_EQ(Run({}, &status), "");
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
}

TEST_F(WatchChangesCommand, SaysSoWhereNoServiceTellsForThePurpose) {
  absl::Status status;
  EXPECT_EQ(Run({"--purpose", "victim_support"}, &status), "");
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_THAT(gateway_.asked(), Not(Contains(FeedOf("protocols"))));
}

}  // namespace
}  // namespace accord::ctl
