// These tests show which facilities are approved on a day, and that nothing says where a confidential one is.
#include "common/testing/walk.h"
#include "services/supports/facilities/facility_service.h"
#include "services/supports/place_words.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Walk;

class Facilities : public SupportsFixture {
 protected:
  static v1::CreateFacilityRequest Site(bool confidential) {
    v1::CreateFacilityRequest request;
    request.set_parent("agencies/vs-ovs");
    auto* facility = request.mutable_facility();
    facility->set_title("A house to recover in");
    facility->set_location_kind(v1::FACILITY_LOCATION_KIND_SITE);
    facility->set_confidential(confidential);
    facility->set_region("Central East");
    facility->set_telephone("1 555 0100");
    facility->set_source("a list for the test");
    if (!confidential) *facility->mutable_address() = Address();
    return request;
  }
  static v1::FacilityAddress Address() {
    v1::FacilityAddress address;
    address.set_street("12 Canary Street");
    address.set_city("Newmarket");
    address.set_postal_code("L3Y 1A1");
    return address;
  }
  std::string Record(const v1::CreateFacilityRequest& request, v1::Facility* kept = nullptr) {
    return Rule(Call<v1::Facility>(program_, request), kept);
  }
  v1::Facility Recorded(bool confidential) {
    v1::Facility kept;
    EXPECT_EQ(Record(Site(confidential), &kept), "");
    return kept;
  }
  std::string Approve(v1::Facility* facility, const std::string& from, const std::string& to = "",
                      const std::string& source = "the program, by letter") {
    v1::ApproveFacilityRequest request;
    request.mutable_approval()->set_from(from);
    request.mutable_approval()->set_to(to);
    request.mutable_approval()->set_source(source);
    return Move(program_, facility, request);
  }
  std::string End(v1::Facility* facility, const std::string& to) {
    v1::EndFacilityApprovalRequest request;
    request.set_to(to);
    return Move(program_, facility, request);
  }
  const Caller program_ = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
};

TEST_F(Facilities, SayNowhereWhereAConfidentialOneIs) {
  v1::CreateFacilityRequest request = Site(true);
  *request.mutable_facility()->mutable_address() = Address();
  EXPECT_EQ(Record(request), "FACILITY_CONFIDENTIAL");
  for (const char* field : {"title", "region", "telephone", "source"}) {
    v1::CreateFacilityRequest told = Site(true);
    v1::Facility* facility = told.mutable_facility();
    facility->GetReflection()->SetString(facility, v1::Facility::descriptor()->FindFieldByName(field),
                                         "12 Canary St");
    EXPECT_EQ(Record(told), "FACILITY_CONFIDENTIAL") << field;
  }
  v1::Facility kept = Recorded(true);
  EXPECT_EQ(Approve(&kept, "2017-01-01", "", "visited at 12 rue du Canari"), "FACILITY_CONFIDENTIAL");
  EXPECT_EQ(Approve(&kept, "2017-01-01"), "");
}

TEST_F(Facilities, ThatMakeNoSecretHaveTheirAddressInItsFieldAlone) {
  v1::CreateFacilityRequest request = Site(false);
  request.mutable_facility()->set_title("The house at 12 Canary Street");
  EXPECT_EQ(Record(request), "ADDRESS_IN_TEXT");
  v1::Facility kept = Recorded(false);
  EXPECT_EQ(Approve(&kept, "2017-01-01", "", "visited at 12 Canary Street"), "ADDRESS_IN_TEXT");
}

TEST_F(Facilities, TellAPlaceFromWordsThatAreNone) {
  for (const char* place :
       {"12 Canary Street", "12B Canary St", "1204 Old Mill Road, rear", "12, rue du Canari", "l3y 1a1",
        "L3Y1A1", "Apt 4", "unit #12", "100 Highway 7", "12  Canary  Street", "12\tCanary\nStreet",
        "12\u00a0Canary\u00a0Street", "12 Canary Str\u200beet", "12 all\u00e9e des Pins", "L3Y\u00a0 1A1",
        "L3Y\u20111A1"}) {
    EXPECT_TRUE(LooksLikePlace(place)) << place;
  }
  for (const char* other :
       {"Central East", "1 555 0100", "416 555 0100 x12", "Open 24 hours, 7 days", "O. Reg. 346/18, s. 4",
        "s. 278.5, Ontario Court of Justice", "2 visits to Dr Smith next week",
        "progress report of 2017-02-23", "", "La Rue House", "she rang us 3 times", "2.5 hours and 3.75 days",
        "the chemin de fer. It took 3 hours", "error 12"}) {
    EXPECT_FALSE(LooksLikePlace(other)) << other;
  }
}

TEST_F(Facilities, WhereTheyAreIsKnownInOtherWaysOfWriting) {
  for (const char* place : {"sur la rue des \u00c9rables, au 12", "C\u00f4te-des-Neiges 4520", "P.O. Box 12",
                            "PO Box 12", "case postale 12", "RR#2 Sutton", "R.R. 2", "rural route 2",
                            "43.6532, -79.3832", "43.6532 N, 79.3832 W", "43\u00b039'12\" N"}) {
    EXPECT_TRUE(LooksLikePlace(place)) << place;
  }
}

TEST_F(Facilities, AConfidentialOneIsNotCalledAfterItsStreet) {
  for (const char* title : {"Elm Avenue Safe House", "Maison de la rue des \u00c9rables"}) {
    v1::CreateFacilityRequest request = Site(true);
    request.mutable_facility()->set_title(title);
    EXPECT_EQ(Record(request), "FACILITY_CONFIDENTIAL") << title;
    request = Site(false);
    request.mutable_facility()->set_title(title);
    EXPECT_EQ(Record(request), "") << title;
  }
  v1::CreateFacilityRequest request = Site(true);
  request.mutable_facility()->set_title("Street Outreach House");
  EXPECT_EQ(Record(request), "");
}

TEST_F(Facilities, ThatBecomeConfidentialLoseTheirAddressForGood) {
  v1::Facility facility = Recorded(false);
  EXPECT_EQ(facility.address().city(), "Newmarket");
  EXPECT_THAT(StoredWithoutKey(), HasSubstr("Canary"));
  ASSERT_EQ(Move(program_, &facility, v1::ConcealFacilityRequest()), "");
  EXPECT_THAT(StoredWithoutKey(), Not(HasSubstr("Canary"))) << "neither its versions nor old answers have it";
  EXPECT_TRUE(facility.confidential());
  EXPECT_EQ(Move(program_, &facility, v1::ConcealFacilityRequest()), "ALREADY_RECORDED");
  v1::GetFacilityRequest get;
  get.set_name(facility.name());
  for (const Caller& who : {worker_, office_, program_}) {
    v1::Facility read;
    ASSERT_EQ(Rule(Call<v1::Facility>(who, get), &read), "") << who.actor;
    EXPECT_FALSE(read.has_address()) << who.actor;
    const auto list = Must(Call<v1::ListFacilitiesResponse>(who, v1::ListFacilitiesRequest()));
    EXPECT_THAT(list.ShortDebugString(), Not(HasSubstr("Canary"))) << who.actor;
  }
}

TEST_F(Facilities, ThatHelpFromAfarHaveNoAddress) {
  v1::CreateFacilityRequest request = Site(false);
  request.mutable_facility()->set_location_kind(v1::FACILITY_LOCATION_KIND_REMOTE);
  EXPECT_EQ(Record(request), "FIELD_INVALID");
  request.mutable_facility()->clear_address();
  EXPECT_EQ(Record(request), "");
}

TEST_F(Facilities, AreApprovedFromAFirstDayToALastOne) {
  v1::Facility facility = Recorded(false);
  EXPECT_FALSE(IsFacilityApprovedOn(facility, "2017-03-01"));
  EXPECT_EQ(Approve(&facility, "2017-02-23", "2017-02-22"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(End(&facility, "2017-03-31"), "ALREADY_RECORDED") << "there is nothing to end";
  ASSERT_EQ(Approve(&facility, "2017-02-23"), "");
  EXPECT_EQ(Approve(&facility, "2018-01-01"), "ALREADY_RECORDED") << "the first has no end yet";
  EXPECT_EQ(End(&facility, "2017-02-22"), "DATES_OUT_OF_ORDER");
  ASSERT_EQ(End(&facility, "2017-12-31"), "");
  ASSERT_EQ(Approve(&facility, "2019-01-01"), "");
  for (const auto& [day, approved] : {std::pair{"2017-02-22", false},
                                      {"2017-02-23", true},
                                      {"2017-12-31", true},
                                      {"2018-01-01", false},
                                      {"2018-12-31", false},
                                      {"2019-01-01", true},
                                      {"2026-11-24", true}}) {
    EXPECT_EQ(IsFacilityApprovedOn(facility, day), approved) << day;
  }
}

using FacilityWalk = Facilities;

TEST_F(FacilityWalk, OfAFacility) {
  using namespace annotations::v1;
  Walk walk;
  walk.service = "accord.supports.v1.FacilityService";
  walk.agencies = {
      {"program", {"vs-ovs", AGENCY_KIND_VICTIM_SERVICES, "program", ROLE_OVS_PROGRAM}},
      {"program elsewhere", {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "other", ROLE_OVS_PROGRAM}}};
  walk.states = {"none"};
  walk.make = [](const std::string&) { return "agencies/vs-ovs"; };
  walk.table = {{"CreateFacility", {"program"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, testing::ChangesBut(walk.service, {"CreateFacility"})),
            2);
  walk.make = [&](const std::string&) { return Recorded(false).name(); };
  walk.table = {{"ApproveFacility", {"program"}, {}},
                {"EndFacilityApproval", {"program"}, {}},
                {"ConcealFacility", {"program"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"CreateFacility"}), 6);
}

}  // namespace
}  // namespace accord::supports
