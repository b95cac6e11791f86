// This tests a breach report against a gateway: what it requests, what it prints, and which records it puts
// under a legal hold.
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::RefusedBy;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEntries[] = "/accord.audit.v1.AuditService/ListEntries";
constexpr char kCheckpoint[] = "/accord.audit.v1.AuditService/GetCheckpoint";
constexpr char kPlace[] = "/accord.protocols.v1.RetentionService/PlaceLegalHold";
constexpr char kRecord[] = "agencies/ps-york/referrals/01a";

class BreachCommand : public AgainstAGateway {
 protected:
  BreachCommand() {
    audit::v1::ListEntriesResponse page;
    audit::v1::Entry* entry = page.add_entries();
    entry->set_index(7);
    entry->mutable_record()->set_agency("cas-york");
    entry->mutable_record()->set_actor("worker");
    entry->mutable_record()->set_method("/accord.protocols.v1.ReferralService/GetReferral");
    *entry->mutable_record()->mutable_time() = ToProto(absl::FromUnixSeconds(1'700'000'000));
    auto* resource = entry->mutable_record()->add_resources();
    resource->set_name(kRecord);
    resource->set_owner("ps-york");
    resource->set_touch(caller::v1::TOUCH_DISCLOSED);
    gateway_.Answer(kEntries, page);
    audit::v1::Checkpoint checkpoint;
    checkpoint.set_tree_size(90);
    checkpoint.set_root_hash("root");
    gateway_.Answer(kCheckpoint, checkpoint);
  }
  // This gives a report on what cas-york saw in 2023, with further arguments.
  Said Report(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"breach", "report",           "--from",   "2023-01-01T00:00",
                                      "--to",   "2024-01-01T00:00", "--agency", "cas-york"};
    words.insert(words.end(), more.begin(), more.end());
    return RunWords(std::move(words));
  }
};

TEST_F(BreachCommand, PrintsTheRecordsWithTheLogThatTheyWereReadFromAndHoldsNothing) {
  const Said told = Report({});
  EXPECT_OK(told.status);
  EXPECT_THAT(told.out, AllOf(HasSubstr(kRecord), HasSubstr("the log had 90 entries, root 726f6f74")));
  EXPECT_EQ(Report({"-o", "name"}).out, std::string(kRecord) + "\n");
  EXPECT_THAT(gateway_.asked(), Not(Contains(kPlace)));
}

TEST_F(BreachCommand, PutsTheReferralsUnderALegalHoldWhenAsked) {
  const Said told = Report({"--hold", "A breach of 2023"});
  EXPECT_OK(told.status);
  EXPECT_THAT(gateway_.asked(), Contains(kPlace));
  EXPECT_THAT(told.err, HasSubstr("1 referral was put under a legal hold, 0 had one"));
}

TEST_F(BreachCommand, TakesAHoldThatStandsForHeld) {
  gateway_.RefuseWith(kPlace, Refuse(rules::kAlreadyHeld, "This agency holds it."));
  const Said told = Report({"--hold", "A breach of 2023"});
  EXPECT_OK(told.status);
  EXPECT_THAT(told.err, HasSubstr("0 referrals were put under a legal hold, 1 had one"));
}

TEST_F(BreachCommand, FailsWithTheRuleThatRefusesAHold) {
  gateway_.RefuseWith(kPlace, Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  EXPECT_THAT(Report({"--hold", "A breach of 2023"}).status, RefusedBy(rules::kRoleNotPermitted));
}

}  // namespace
}  // namespace accord::ctl
