// These tests show who administers what, written a second time: an agency's own administrator and the office,
// and nobody else.
#include "common/testing/twins.h"
#include "common/testing/walk.h"
#include "services/registry/enrolled.h"
#include "services/registry/placements.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

using testing::ChangesBut;
using testing::ShortNamesOf;
using testing::Walk;

constexpr char kAdminService[] = "accord.registry.v1.RegistryAdminService";
constexpr char kReviewService[] = "accord.registry.v1.AccessReviewService";

class RegistryWalk : public Registry {
 protected:
  RegistryWalk() {
    walk_.service = kAdminService;
    walk_.agencies = {{"own", {"cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY}},
                      {"another", {"ps-york", AGENCY_KIND_POLICE_SERVICE}},
                      {"office", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE}}};
  }
  template <class M>
  std::string Store(Enrolled* kind, M record) {
    const absl::Status stored = in_process_.database().Transact([&](storage::Transaction& tx) {
      return kind->Insert(tx, &record, {"test", "test", record.name(), in_process_.clock().Now()},
                          PlacementOf(record));
    });
    EXPECT_OK(stored);
    return record.name();
  }
  std::string StoreSystem(const std::string& state) {
    v1::System system;
    system.set_name(absl::StrCat("agencies/cas-york/systems/s", ++records_));
    system.set_state(static_cast<v1::SystemState>(*FromShortName(v1::SystemState_descriptor(), state)));
    return Store(&store_.systems, system);
  }
  std::string StoreActor(const std::string& state) {
    v1::Actor actor;
    actor.set_name(absl::StrCat("agencies/cas-york/actors/a", ++records_));
    actor.add_roles(ROLE_CAS_WORKER);
    actor.set_state(static_cast<v1::ActorState>(*FromShortName(v1::ActorState_descriptor(), state)));
    return Store(&store_.actors, actor);
  }
  std::string StoreCertificate(const std::string& state) {
    v1::Certificate certificate;
    certificate.set_name(absl::StrCat("agencies/cas-york/systems/s/certificates/c", ++records_));
    certificate.set_state(
        static_cast<v1::CertificateState>(*FromShortName(v1::CertificateState_descriptor(), state)));
    return Store(&store_.certificates, certificate);
  }
  std::string StoreAccessReview(const std::string& state) {
    v1::AccessReview review;
    review.set_name(absl::StrCat("agencies/cas-york/accessReviews/r", ++records_));
    review.set_state(
        static_cast<v1::AccessReviewState>(*FromShortName(v1::AccessReviewState_descriptor(), state)));
    return Store(&store_.access_reviews, review);
  }
  int WalkAlone(const std::set<std::string>& methods) {
    return testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, methods));
  }

  Walk walk_;
  int records_ = 0;
};

TEST_F(RegistryWalk, OfAnAgency) {
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/cas-york"; };
  walk_.table = {{"UpdateAgency", {"office"}, {}},
                 {"CreateSystem", {"own", "office"}, {}},
                 {"CreateActor", {"own", "office"}, {}},
                 {"SetAgencyDutyContacts", {"own", "office"}, {}}};
  EXPECT_EQ(WalkAlone({"UpdateAgency", "CreateSystem", "CreateActor", "SetAgencyDutyContacts"}), 10);
}

TEST_F(RegistryWalk, OfASystem) {
  walk_.states = ShortNamesOf(v1::SystemState_descriptor());
  walk_.held_up_by = {"SYSTEM_NOT_ACTIVE"};
  walk_.make = [&](const std::string& state) { return StoreSystem(state); };
  walk_.table = {{"SuspendSystem", {"own", "office"}, {"active"}},
                 {"ResumeSystem", {"own", "office"}, {"suspended"}},
                 {"IssueCertificate", {"office"}, {"active"}}};
  EXPECT_EQ(WalkAlone({"SuspendSystem", "ResumeSystem", "IssueCertificate"}), 14);
}

TEST_F(RegistryWalk, OfAnActor) {
  walk_.states = ShortNamesOf(v1::ActorState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreActor(state); };
  walk_.table = {{"UpdateActor", {"own", "office"}, {}},
                 {"DisableActor", {"own", "office"}, {"active"}},
                 {"EnableActor", {"own", "office"}, {"disabled"}},
                 {"SetActorDisplayName", {"own", "office"}, {}}};
  EXPECT_EQ(WalkAlone({"UpdateActor", "DisableActor", "EnableActor", "SetActorDisplayName"}), 24);
}

TEST_F(RegistryWalk, OfACertificate) {
  walk_.states = ShortNamesOf(v1::CertificateState_descriptor());
  walk_.held_up_by = {"CERTIFICATE_ALREADY_REVOKED"};
  walk_.make = [&](const std::string& state) { return StoreCertificate(state); };
  walk_.table = {{"RevokeCertificate", {"own", "office"}, {"active"}}};
  EXPECT_EQ(WalkAlone({"RevokeCertificate"}), 6);
}

TEST_F(RegistryWalk, OfAnAccessReviewThatBegins) {
  walk_.service = kReviewService;
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/cas-york"; };
  walk_.table = {{"CreateAccessReview", {"own", "office"}, {}}};
  EXPECT_EQ(WalkAlone({"CreateAccessReview"}), 3);
}

// The office decides for an agency that has no administrator of its own; nobody signs for another agency.
TEST_F(RegistryWalk, OfAnAccessReview) {
  walk_.service = kReviewService;
  walk_.states = ShortNamesOf(v1::AccessReviewState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreAccessReview(state); };
  walk_.table = {{"DecideAccessReview", {"own", "office"}, {"open"}},
                 {"SignAccessReview", {"own"}, {"open"}}};
  EXPECT_EQ(WalkAlone({"DecideAccessReview", "SignAccessReview"}), 12);
}

class RegistryExistence : public RegistryWalk {};

// Who works where, with which system, is the agency's own to know.
TEST_F(RegistryExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.registry.v1",
                                   {StoreSystem("active"), StoreActor("active"), StoreCertificate("active"),
                                    StoreAccessReview("open")},
                                   {{"ps-york", AGENCY_KIND_POLICE_SERVICE, "admin", ROLE_PLATFORM_ADMIN},
                                    {"ps-york", AGENCY_KIND_POLICE_SERVICE, "privacy", ROLE_PRIVACY_OFFICER},
                                    {"cr-york", AGENCY_KIND_CROWN, "counsel", ROLE_CROWN_COUNSEL}}}),
            40);
}

}  // namespace
}  // namespace accord::registry
