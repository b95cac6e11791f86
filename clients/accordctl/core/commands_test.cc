#include "clients/accordctl/core/commands.h"

#include <gmock/gmock.h>

#include <set>

#include "absl/strings/match.h"

namespace accord::ctl {
namespace {

TEST(Commands, EveryRpcForAgenciesIsOneCommandAndNoTwoShareAName) {
  std::set<std::string> methods, names;
  for (const Command& command : Commands()) {
    methods.insert(command.method.path);
    EXPECT_TRUE(names.insert(command.verb + " " + command.noun).second)
        << command.verb << " " << command.noun;
  }
  std::size_t open = 0;
  for (const std::string& service : AllServices()) {
    if (InEveryProcess(service)) continue;
    const auto of_service = MethodsOf(service);
    for (const Method& method : *of_service) {
      if (method.rule.grants().empty()) continue;
      ++open;
      EXPECT_TRUE(methods.contains(method.path)) << method.path;
    }
  }
  EXPECT_EQ(open, methods.size());
}

TEST(Commands, VerbsAndNounsComeOutOfTheNames) {
  const auto path = [](const char* verb, const char* noun) {
    const Command* command = FindCommand(verb, noun);
    return command == nullptr ? "" : command->method.path;
  };
  EXPECT_EQ(path("get", "referral"), "/accord.protocols.v1.ReferralService/GetReferral");
  EXPECT_EQ(path("get", "referrals"), "/accord.protocols.v1.ReferralService/GetReferral");
  EXPECT_EQ(path("list", "agencies"), "/accord.registry.v1.RegistryService/ListAgencies");
  EXPECT_EQ(path("open-consultation", "protocol"),
            "/accord.protocols.v1.ProtocolService/OpenProtocolConsultation");
  EXPECT_EQ(path("offer-for-signature", "protocol"),
            "/accord.protocols.v1.ProtocolService/OfferProtocolForSignature");
  EXPECT_EQ(path("get", "inclusion-proof"), "/accord.audit.v1.AuditService/GetInclusionProof");
  EXPECT_EQ(path("watch", "referrals"), "/accord.protocols.v1.ReferralService/WatchReferrals");
  EXPECT_EQ(path("append", "records"), "");
}

TEST(Commands, EachHasTheCommentOfItsRpcForHelp) {
  for (const Command& command : Commands()) {
    EXPECT_NE(CommentOf(command.method.descriptor), "") << command.method.path;
  }
  EXPECT_EQ(CommentOf(FindCommand("screen", "referral")->request()->FindFieldByName("reason")),
            "It says why; the sender reads it.");
}

}  // namespace
}  // namespace accord::ctl
