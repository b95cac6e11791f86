#include "common/host/revisions.h"

#include <gmock/gmock.h>

#include "accord/host/v1/revisions.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/storage/retention/history.h"
#include "common/testing/in_process.h"

namespace accord::host {
namespace {

using namespace annotations::v1;

class Revisions : public ::testing::Test {
 protected:
  Revisions() : in_process_(storage::CoreMigrations()), systems_("system", &in_process_.page_tokens()) {
    RegisterRevisions("accord.registry.v1", &in_process_.handlers());
    EXPECT_TRUE(in_process_.Seal().ok());
    // The resource changes twice within one request, and so at one instant.
    const storage::Write write{"co-pahtco", "admin", "request-1", in_process_.clock().Now()};
    const storage::Placement placement{"cas-york", "", {"cas-york"}, {}};
    EXPECT_TRUE(in_process_.database()
                    .Transact([&](storage::Transaction& tx) -> absl::Status {
                      registry::v1::System system;
                      system.set_name("agencies/cas-york/systems/cms");
                      ACCORD_RETURN_IF_ERROR(systems_.Insert(tx, &system, write, placement));
                      return systems_.Update(tx, &system, system.etag(), write, placement);
                    })
                    .ok());
  }
  Reply List(AgencyKind kind, Role role) {
    const Caller caller{"some-agency", kind, "main", "somebody", {role}, PURPOSE_ADMINISTRATION};
    const auto reply = in_process_.ReplyTo(caller, v1::ListRevisionKeysRequest());
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.value_or(Reply());
  }
  testing::InProcess in_process_;
  storage::Resources systems_;
};

TEST_F(Revisions, EachChangeIsToldWithItsVersion) {
  v1::ListRevisionKeysResponse response;
  ASSERT_TRUE(response.ParseFromString(List(AGENCY_KIND_PLATFORM_LOG, ROLE_PLATFORM_AUDITOR).response));
  ASSERT_EQ(response.revisions_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(response.revisions(i).sequence(), i + 1);
    EXPECT_EQ(response.revisions(i).version(), i + 1);
    EXPECT_EQ(response.revisions(i).name(), "agencies/cas-york/systems/cms");
    EXPECT_EQ(response.revisions(i).request_id(), "request-1");
  }
}

TEST_F(Revisions, WhatTheCallersAgencyDoesNotSeeIsHiddenAndTheLogAloneIsTold) {
  const auto hidden = [&](AgencyKind kind, Role role) {
    v1::ListRevisionKeysResponse response;
    EXPECT_TRUE(response.ParseFromString(List(kind, role).response));
    return response.revisions_size() == 2 && response.revisions(1).hidden();
  };
  EXPECT_TRUE(hidden(AGENCY_KIND_PLATFORM_LOG, ROLE_PLATFORM_AUDITOR));
  EXPECT_FALSE(hidden(AGENCY_KIND_COORDINATION_OFFICE, ROLE_PLATFORM_ADMIN));
  const absl::Status placed = in_process_.database().Transact([](storage::Transaction& tx) {
    return tx
        .Exec(
            "insert into visible (kind, agency, field, value, name) values "
            "('system', 'co-pahtco#board', '', '', 'agencies/cas-york/systems/cms')")
        .status();
  });
  ASSERT_TRUE(placed.ok()) << placed;
  EXPECT_FALSE(hidden(AGENCY_KIND_PLATFORM_LOG, ROLE_PLATFORM_AUDITOR)) << "seen in one of its capacities";
}

TEST_F(Revisions, NamesThatAPersonReadsAreDisclosedAndThoseThatTheLogComparesAreNot) {
  EXPECT_EQ(List(AGENCY_KIND_PLATFORM_LOG, ROLE_PLATFORM_AUDITOR).touched.resources_size(), 0);
  const auto touched = List(AGENCY_KIND_COORDINATION_OFFICE, ROLE_PLATFORM_ADMIN).touched;
  ASSERT_EQ(touched.resources_size(), 1);
  EXPECT_EQ(touched.resources(0).name(), "agencies/cas-york/systems/cms");
  EXPECT_EQ(touched.resources(0).owner(), "cas-york");
  EXPECT_EQ(touched.resources(0).touch(), caller::v1::TOUCH_DISCLOSED);
}

TEST_F(Revisions, WhereTheLogGoesOnFromIsSettled) {
  const Caller log{"sv-audit", AGENCY_KIND_PLATFORM_LOG, "main",
                   "log",      {ROLE_PLATFORM_AUDITOR},  PURPOSE_ADMINISTRATION};
  v1::WatchRevisionKeysRequest watch;
  watch.set_after_sequence(1);
  const absl::Status watched = in_process_.Stream<v1::ListRevisionKeysResponse>(
      log, watch, [](const v1::ListRevisionKeysResponse&) { return false; });
  ASSERT_TRUE(watched.ok()) << watched;
  EXPECT_EQ(*in_process_.database().Read(storage::SettledUpTo), 1);
  // A caller other than the log settles nothing.
  List(AGENCY_KIND_COORDINATION_OFFICE, ROLE_PLATFORM_ADMIN);
  EXPECT_EQ(*in_process_.database().Read(storage::SettledUpTo), 1);
}

}  // namespace
}  // namespace accord::host
