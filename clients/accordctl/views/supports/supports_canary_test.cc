// An address is planted into every text of the records that the views of support take: what a page or a file
// shows of them is what stands here, and nothing else.
#include <gmock/gmock.h>
#include <google/protobuf/message.h>

#include <map>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/supports/catchments.h"
#include "clients/accordctl/views/supports/directory_export.h"
#include "clients/accordctl/views/supports/orders_page.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using ::testing::HasSubstr;
using ::testing::Not;
using Paths = std::set<std::string>;

// This is the address that was planted into each text, by its path.
using Marks = std::map<std::string, std::string>;

// Each text gets an address of its own, and each repeated field one element.
void Plant(google::protobuf::Message* message, const std::string& prefix, Marks* marks) {
  const auto* reflection = message->GetReflection();
  const auto* type = message->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const std::string path = absl::StrCat(prefix, std::string(field->name()));
    if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
      if (!absl::StartsWith(std::string(field->message_type()->full_name()), "accord.")) continue;
      Plant(field->is_repeated() ? reflection->AddMessage(message, field)
                                 : reflection->MutableMessage(message, field),
            path + ".", marks);
    } else if (field->type() == FieldDescriptor::TYPE_STRING) {
      const std::string mark = absl::StrCat(1000 + marks->size(), " Canary Street");
      (*marks)[path] = mark;
      if (field->is_repeated()) {
        reflection->AddString(message, field, mark);
      } else {
        reflection->SetString(message, field, mark);
      }
    }
  }
}

// This gives the paths of those that a text shows.
Paths ShownIn(const std::string& text, const Marks& marks) {
  Paths shown;
  for (const auto& [path, mark] : marks) {
    if (absl::StrContains(text, mark)) shown.insert(path);
  }
  return shown;
}

TEST(SupportsCanary, IsOnThePageOfOrdersInNoTextButThoseOfTheCourt) {
  supports::v1::RestrainingOrder order;
  Marks marks;
  Plant(&order, "", &marks);
  ASSERT_GT(marks.size(), 15u);
  OrdersView view;
  view.now = EndOfDay(absl::CivilDay(2026, 11, 24));
  view.unserved = view.expiring = {order};
  const Paths court = {"court", "court_file_no", "expires_on", "made_on", "serving_agency"};
  for (const Language language : {Language::kEnglish, Language::kFrench}) {
    const Speaking spoken(language);
    EXPECT_EQ(ShownIn(OrdersPage(view), marks), court);
  }
}

TEST(SupportsCanary, IsOnTheMapOfCatchmentsInWhatIsPublicAlone) {
  Catchments catchments;
  catchments.day = "2026-11-24";
  Marks marks;
  supports::v1::CrisisPartner partner;
  Plant(&partner, "", &marks);
  partner.set_funded_from("2017-02-23");
  partner.clear_funded_to();
  catchments.partners = {partner};
  EXPECT_EQ(ShownIn(CatchmentsPage(catchments), marks), (Paths{"catchment", "partner_agency", "phone"}));
  EXPECT_EQ(ShownIn(CatchmentsJson(catchments).dump(), marks), (Paths{"catchment", "partner_agency"}));
}

TEST(SupportsCanary, IsInTheDirectoryOfNoConfidentialSite) {
  supports::v1::Facility facility;
  Marks marks;
  Plant(&facility, "", &marks);
  facility.set_name("agencies/vs-ovs/facilities/f1");
  facility.set_location_kind(supports::v1::FACILITY_LOCATION_KIND_SITE);
  facility.set_confidential(true);
  Directory directory;
  directory.day = "2026-11-24";
  directory.facilities = {facility};
  const auto refused = HsdsDirectoryOf(directory);
  EXPECT_EQ(RuleOf(refused.status()), "FACILITY_CONFIDENTIAL");
  EXPECT_THAT(std::string(refused.status().message()), Not(HasSubstr("Canary")));
  directory.facilities[0].clear_address();
  const auto hidden = HsdsDirectoryOf(directory);
  ASSERT_TRUE(hidden.ok()) << hidden.status();
  EXPECT_EQ(ShownIn(hidden->dump(), marks), (Paths{"telephone", "title"}));
  directory.facilities = {facility};
  directory.facilities[0].set_confidential(false);
  const auto open = HsdsDirectoryOf(directory);
  ASSERT_TRUE(open.ok()) << open.status();
  EXPECT_EQ(ShownIn(open->dump(), marks),
            (Paths{"address.city", "address.postal_code", "address.street", "telephone", "title"}));
}

}  // namespace
}  // namespace accord::ctl
