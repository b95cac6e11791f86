#include "clients/accordctl/operate/status.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/access/method.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kWitnessed[] = "/accord.audit.v1.AuditService/GetWitnessedCheckpoint";
constexpr char kStatusService[] = ".v1.StatusService";

class StatusCommand : public AgainstAGateway {
 protected:
  StatusCommand() {
    gateway_.RefuseWith(kWitnessed, Refuse(rules::kNotFound, "nobody has witnessed the log"));
  }
  // This gives the short names of the services that report their status.
  static std::vector<std::string> Services() {
    std::vector<std::string> services;
    for (const std::string& service : AllServices()) {
      if (!absl::EndsWith(service, kStatusService)) continue;
      const std::vector<std::string> parts = absl::StrSplit(service, '.');
      services.push_back(parts[1]);
    }
    return services;
  }
  static std::string PathOf(const std::string& service) {
    return absl::StrCat("/accord.", service, kStatusService, "/GetServiceStatus");
  }
  // This replaces the gateway's address by one where nothing listens.
  void MoveTheGatewayAway() {
    Contexts contexts = ReadContexts(tls_gateway_.contexts_file()).value();
    contexts.all["york"].address = "127.0.0.1:1";
    ASSERT_TRUE(WriteContexts(tls_gateway_.contexts_file(), contexts).ok());
  }
};

TEST_F(StatusCommand, NamesTheAddressWhereNoGatewayAnswersAndWhatToDo) {
  MoveTheGatewayAway();
  const Said said = Run("status");
  EXPECT_TRUE(absl::IsUnavailable(said.status)) << said.status;
  EXPECT_EQ(said.out, "");
  EXPECT_THAT(std::string(said.status.message()), HasSubstr("there was no answer from 127.0.0.1:1"));
  EXPECT_THAT(PrintError(said.status, Format::kTable),
              AllOf(HasSubstr("`accordctl context list` shows the address"), Not(HasSubstr("ipv4"))));
}

TEST_F(StatusCommand, GivesARowAndTheReasonOfAServiceThatIsGone) {
  gateway_.RefuseWith(PathOf("training"), Refuse(rules::kBackendUnavailable, "training is not reached"));
  const Said said = Run("status");
  EXPECT_TRUE(absl::IsUnavailable(said.status)) << said.status;
  for (const std::string& service : Services()) EXPECT_THAT(said.out, HasSubstr("\n" + service + " "));
  EXPECT_THAT(said.out, AllOf(HasSubstr("UNAVAILABLE"), HasSubstr("training gave no answer: ")));
  EXPECT_THAT(said.out, Not(HasSubstr("registry gave no answer")));
}

TEST_F(StatusCommand, NamesTheServicesOfWhichNothingMayBeAsked) {
  for (const std::string& service : Services()) {
    gateway_.RefuseWith(PathOf(service), Refuse(rules::kRoleNotPermitted, "not for this role"));
  }
  const Said said = Run("status");
  for (const std::string& service : Services()) EXPECT_THAT(said.out, HasSubstr(service));
  EXPECT_THAT(said.out, AllOf(HasSubstr("this person may ask nothing of "), HasSubstr("intelligence"),
                              Not(HasSubstr("\nintelligence "))));
}

}  // namespace
}  // namespace accord::ctl
