// These tests read the history of a record that changes between the two reads that the history needs: the
// present record and the page of versions.
#include "common/host/watching/record_history.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "accord/host/v1/history.pb.h"
#include "accord/intelligence/v1/changes.pb.h"
#include "accord/intelligence/v1/membership_service.pb.h"
#include "common/base/error.h"
#include "common/host/watching/change_feed.h"
#include "common/storage/records/resources.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"

namespace accord::host {
namespace {

namespace iv1 = intelligence::v1;
using storage::Transaction;

constexpr char kMemberships[] = "/accord.intelligence.v1.MembershipService/";
constexpr char kMembership[] = "agencies/ciso/memberships/ps-york";

// This is a service whose record changes as many times as a test says, each time just after it was read.
class ARecordThatChanges : public ::testing::Test {
 protected:
  ARecordThatChanges() {
    Handlers& handlers = process_.handlers();
    handlers.Unary<iv1::GetMembershipRequest, iv1::Membership>(
        absl::StrCat(kMemberships, "GetMembership"),
        [this](Call&, const iv1::GetMembershipRequest&) { return ReadAndChange(); });
    handlers.Unary<iv1::ListMembershipsRequest, iv1::ListMembershipsResponse>(
        absl::StrCat(kMemberships, "ListMemberships"),
        [](Call&, const iv1::ListMembershipsRequest&) -> absl::StatusOr<iv1::ListMembershipsResponse> {
          return absl::UnimplementedError("nobody lists");
        });
    handlers.Mutate<iv1::SetMembershipCategoryRequest, iv1::Membership>(
        absl::StrCat(kMemberships, "SetMembershipCategory"),
        [](Call&, Transaction&, const storage::Write&, const auto&) -> absl::StatusOr<iv1::Membership> {
          return absl::UnimplementedError("the test changes it");
        });
    RegisterChangeFeed({.package = "accord.intelligence.v1", .tokens = &process_.page_tokens()}, &handlers);
    EXPECT_OK(process_.Seal());
    iv1::Membership first;
    first.set_name(kMembership);
    first.set_category(iv1::MEMBER_CATEGORY_I);
    EXPECT_OK(process_.database().Transact(
        [&](Transaction& tx) { return memberships_.Insert(tx, &first, WriteOf("first"), placement_); }));
  }

  absl::StatusOr<v1::ListRecordRevisionsResponse> History() {
    readings_ = 0;
    v1::ListRecordRevisionsRequest request;
    request.set_name(kMembership);
    return process_.Call<v1::ListRecordRevisionsResponse>(director_, request);
  }

  // This is the number of further changes just after a read.
  int changes_ = 0;
  int readings_ = 0;

 private:
  storage::Write WriteOf(const std::string& request_id) {
    return {director_.agency, director_.actor, request_id, process_.clock().Now()};
  }
  absl::StatusOr<iv1::Membership> ReadAndChange() {
    ++readings_;
    iv1::Membership read;
    ACCORD_RETURN_IF_ERROR(process_.database().Read(
        [&](Transaction& tx) { return memberships_.GetAny(tx, kMembership, &read); }));
    if (changes_ == 0) return read;
    --changes_;
    iv1::Membership next = read;
    next.set_category(read.category() == iv1::MEMBER_CATEGORY_I ? iv1::MEMBER_CATEGORY_II
                                                                : iv1::MEMBER_CATEGORY_I);
    ACCORD_RETURN_IF_ERROR(process_.database().Transact([&](Transaction& tx) {
      return memberships_.Update(tx, &next, read.etag(), WriteOf(absl::StrCat("after-", read.etag())),
                                 placement_);
    }));
    return read;
  }

  const Caller director_{"ciso",
                         annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE,
                         "cms",
                         "director",
                         {annotations::v1::ROLE_CISO_DIRECTOR},
                         annotations::v1::PURPOSE_INTELLIGENCE};
  const storage::Placement placement_{"ciso", "", {"ciso"}, {}};
  testing::InProcess process_{storage::CoreMigrations()};
  storage::Resources memberships_{"membership", &process_.page_tokens()};
};

TEST_F(ARecordThatChanges, NoMoreIsReadOnce) {
  const auto history = History();
  ASSERT_OK(history);
  EXPECT_EQ(history->revisions_size(), 1);
  EXPECT_EQ(readings_, 1);
}

// Otherwise a version would be shown according to what its reader may read of another one.
TEST_F(ARecordThatChanges, OnceOrTwiceIsReadAnewAndTheHistoryHasTheChange) {
  for (const int times : {1, 2}) {
    const auto before = History();
    ASSERT_OK(before);
    changes_ = times;
    const auto history = History();
    ASSERT_OK(history) << times;
    EXPECT_EQ(readings_, times + 1);
    EXPECT_EQ(history->revisions_size(), before->revisions_size() + times);
  }
}

TEST_F(ARecordThatChanges, AtEachOfThreeReadingsIsRefusedAndCanBeReadLater) {
  changes_ = 3;
  const absl::Status refused = History().status();
  EXPECT_THAT(refused, testing::RefusedBy(rules::kDatabaseBusy));
  EXPECT_EQ(readings_, 3);
  const auto later = History();
  ASSERT_OK(later);
  EXPECT_EQ(later->revisions_size(), 4);
}

}  // namespace
}  // namespace accord::host
