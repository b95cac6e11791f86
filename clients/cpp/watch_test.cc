#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "clients/cpp/testing/client_fixture.h"
#include "common/testing/eventually.h"

namespace accord::client {
namespace {

using ::testing::ElementsAre;
using testing::FakeGateway;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::Planned;
using testing::Refuses;

class Watches : public testing::ClientFixture {
 protected:
  using Change = accord::host::v1::Change;
  using WatchOfReferrals = Watch<Referral, Change>;

  WatchOfReferrals Watched(const std::string& token = "", Seconds silence = Seconds(30)) {
    return WatchedBy(accord_, token, silence);
  }
  static WatchOfReferrals WatchedBy(const Client& accord, const std::string& token, Seconds silence) {
    accord::host::v1::WatchChangesRequest followed;
    followed.add_kinds("referral");
    return accord.Watch(&Referrals::ListReferrals, ListReferralsRequest(), &ListReferralsResponse::referrals,
                        &Feed::WatchChanges, followed,
                        {.token = token, .silence = silence, .waits = Waits(Seconds(0.01), Seconds(0.01))});
  }

  // The names of the next changes; positions between them are passed over.
  static std::vector<std::string> NextChanges(WatchOfReferrals& watch, std::size_t count) {
    std::vector<std::string> told;
    while (told.size() < count) {
      const auto* event = watch.Next();
      if (event == nullptr) break;
      if (event->kind == Kind::kChanged) told.push_back(event->change->name());
    }
    return told;
  }

  std::vector<std::string> StreamSystems() {
    std::vector<std::string> systems;
    for (const auto& [system, _] : gateway_.streams()) systems.push_back(system);
    return systems;
  }
};

TEST_F(Watches, ListThenTellChangesFromTheFirstPageOn) {
  std::vector<std::string> made;
  for (int i = 0; i < 3; ++i) made.push_back(Create().name());
  auto watch = Watched();
  ASSERT_EQ(watch.Next()->kind, Kind::kBegun);
  std::vector<std::string> listed;
  for (int i = 0; i < 3; ++i) {
    const auto* event = watch.Next();
    ASSERT_EQ(event->kind, Kind::kListed);
    EXPECT_EQ(event->token, "");
    listed.push_back(event->record->name());
    // It comes between two pages of the list, and so the position of the first page is what counts.
    if (i == 0) gateway_.Change("one");
  }
  EXPECT_EQ(listed, made);
  const auto* position = watch.Next();
  EXPECT_EQ(position->kind, Kind::kPosition);
  EXPECT_EQ(position->token, "at-0");
  EXPECT_THAT(NextChanges(watch, 1), ElementsAre("one"));
}

TEST_F(Watches, GoOnWhereTheyWereWhenAStreamEndsOrIsRefusedForAWhile) {
  gateway_.PlanStream({.ends = true});
  gateway_.PlanStream(
      Refuses({.code = grpc::StatusCode::UNAVAILABLE, .reason = "SERVICE_BUSY", .retry_after = 0.01}));
  gateway_.PlanStream(Refuses({.code = grpc::StatusCode::UNAVAILABLE, .reason = ""}));
  auto watch = Watched("at-0");
  for (const char* name : {"one", "two", "three"}) gateway_.Change(name);
  EXPECT_THAT(NextChanges(watch, 3), ElementsAre("one", "two", "three"));
  EXPECT_THAT(gateway_.streams(), ElementsAre(Pair("first", "at-0"), Pair("first", "at-1"),
                                              Pair("first", "at-1"), Pair("first", "at-1")));
}

TEST_F(Watches, BeginAtATokenThatWasKept) {
  gateway_.Change("one");
  gateway_.Change("two");
  auto watch = Watched("at-1");
  EXPECT_THAT(NextChanges(watch, 1), ElementsAre("two"));
  EXPECT_THAT(gateway_.calls(), IsEmpty());
}

TEST_F(Watches, ListAnewWhereTheServiceNoLongerKnowsThePosition) {
  gateway_.PlanStream(Refuses({.code = grpc::StatusCode::ABORTED, .reason = "POSITION_FROM_ANOTHER_TIME"}));
  auto watch = Watched("at-7");
  EXPECT_EQ(watch.Next()->kind, Kind::kBegun);
}

TEST_F(Watches, AreRefusedWhereTheyMayNotBe) {
  gateway_.PlanStream(Refuses({.code = grpc::StatusCode::PERMISSION_DENIED, .reason = "ROLE_NOT_PERMITTED"}));
  auto watch = Watched("at-0");
  const Refusal refusal = RefusalOfCall([&watch] { watch.Next(); });
  EXPECT_EQ(refusal.rule(), Rule::kRoleNotPermitted);
}

TEST_F(Watches, OpenASilentStreamAnew) {
  auto watch = Watched("at-0", Seconds(0.3));
  EXPECT_EQ(watch.Next()->kind, Kind::kPosition);
  EXPECT_EQ(watch.Next()->kind, Kind::kPosition);
  EXPECT_EQ(gateway_.streams().size(), 2u);
}

TEST_F(Watches, MoveToTheCertificateThatHasTakenTheFilesPlace) {
  auto watch = Watched("at-0");
  EXPECT_EQ(watch.Next()->kind, Kind::kPosition);
  Place(second_);
  gateway_.Change("one");
  gateway_.Change("two");
  EXPECT_THAT(NextChanges(watch, 2), ElementsAre("one", "two"));
  EXPECT_THAT(StreamSystems(), ElementsAre("first", "second"));
}

TEST_F(Watches, OutliveARefusalOfTheCertificateBefore) {
  Planned revoked = Refuses({.code = grpc::StatusCode::PERMISSION_DENIED, .reason = "CERTIFICATE_REVOKED"});
  revoked.then = [this] { Place(second_); };
  gateway_.PlanStream(std::move(revoked));
  auto watch = Watched("at-0");
  gateway_.Change("one");
  EXPECT_THAT(NextChanges(watch, 1), ElementsAre("one"));
  EXPECT_THAT(StreamSystems(), ElementsAre("first", "second"));
}

TEST_F(Watches, GoOnAtTheNextGatewayWhenOneEnds) {
  FakeGateway other(pki_);
  auto watch =
      WatchedBy(Connect(SettingsFor(gateway_.address() + "," + other.address())), "at-0", Seconds(30));
  gateway_.Change("one");
  other.Change("one");
  other.Change("two");
  EXPECT_THAT(NextChanges(watch, 1), ElementsAre("one"));
  gateway_.Stop();
  EXPECT_THAT(NextChanges(watch, 1), ElementsAre("two"));
  EXPECT_THAT(other.streams(), ElementsAre(Pair("first", "at-1")));
}

TEST_F(Watches, EndWhenTheyAreClosedAlsoWhileTheyWait) {
  auto watch = Watched("at-0");
  EXPECT_EQ(watch.Next()->kind, Kind::kPosition);
  std::atomic<bool> ended = false;
  std::thread reader([&] {
    for (const auto& event : watch) ADD_FAILURE() << event.token;
    ended = true;
  });
  watch.Close();
  EXPECT_TRUE(accord::testing::Eventually([&ended] { return ended.load(); }));
  reader.join();
  EXPECT_EQ(watch.Next(), nullptr);
}

TEST_F(Watches, EndWhenTheyAreClosedAlsoWhileAGatewayDoesNotGreetThem) {
  const int silent = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(bind(silent, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(silent, 1), 0);
  ASSERT_EQ(getsockname(silent, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const Client accord = Connect(SettingsFor("127.0.0.1:" + std::to_string(ntohs(address.sin_port))));
  auto watch = WatchedBy(accord, "at-0", Seconds(30));
  std::atomic<bool> ended = false;
  std::thread reader([&] {
    EXPECT_EQ(watch.Next(), nullptr);
    ended = true;
  });
  const int met = accept(silent, nullptr, nullptr);
  watch.Close();
  // A connection that is not made is given up after five seconds.
  EXPECT_TRUE(accord::testing::Eventually([&ended] { return ended.load(); }, absl::Seconds(3)));
  reader.join();
  close(met);
  close(silent);
}

}  // namespace
}  // namespace accord::client
