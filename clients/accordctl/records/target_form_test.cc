#include "clients/accordctl/records/target_form.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "clients/accordctl/records/premises_form.h"

namespace accord::ctl {
namespace {

struct FormRow {
  std::string where, what;
  // This is empty if the text has no form.
  std::string form;
};

void Check(const std::function<absl::StatusOr<std::string>(const FormRow&)>& form,
           const std::vector<FormRow>& rows) {
  for (const FormRow& row : rows) {
    const auto made = form(row);
    EXPECT_EQ(made.value_or(""), row.form) << row.where << " " << row.what;
    // An error message contains nothing of the target.
    if (!made.ok() && row.what.size() > 3) {
      EXPECT_EQ(made.status().message().find(row.what), std::string::npos) << row.what;
    }
  }
}

TEST(TargetForm, OfPhones) {
  Check([](const FormRow& row) { return PhoneForm(row.what); },
        {{"", "+14165550199", "phone:+14165550199"},
         {"", "416-555-0199", "phone:+14165550199"},
         {"", "(416) 555.0199", "phone:+14165550199"},
         {"", "1 416 555 0199", "phone:+14165550199"},
         {"", "+1 (416) 555-0199", "phone:+14165550199"},
         {"", "+44 20 7946 0958", "phone:+442079460958"},
         {"", "555-0199", ""},
         {"", "416-555-0199 x12", ""},
         {"", "116-555-0199", ""},
         {"", "416-055-0199", ""},
         {"", "+1416555019", ""},
         {"", "+0441234567", ""},
         {"", "+1234567890123456", ""},
         {"", "44 20 7946 0958", ""},
         {"", "+", ""},
         {"", "", ""}});
}

TEST(TargetForm, OfPlates) {
  Check([](const FormRow& row) { return PlateForm(row.where, row.what); },
        {{"ON", "ABCD 123", "plate:ON:ABCD123"},
         {"on", "abcd-123", "plate:ON:ABCD123"},
         {"QC", "A12 BCD", "plate:QC:A12BCD"},
         {"Ontario", "ABCD123", ""},
         {"O1", "ABCD123", ""},
         {"ON", "ABCD123456", ""},
         {"ON", "AB*D", ""},
         {"ON", "--", ""}});
}

TEST(TargetForm, OfHandles) {
  Check([](const FormRow& row) { return HandleForm(row.where, row.what); },
        {{"Instagram", "@Some.Name_1", "handle:instagram:some.name_1"},
         {"instagram", " some.name_1 ", "handle:instagram:some.name_1"},
         {"snapchat", "some-name", "handle:snapchat:some-name"},
         {"instagram", "https://instagram.com/some", ""},
         {"insta gram", "somebody", ""},
         {"instagram", "@", ""},
         {"instagram", "some name", ""}});
}

TEST(TargetForm, OfPremises) {
  Check([](const FormRow& row) { return PremisesForm(row.where, row.what); },
        {{"L4C 1A1", "4-12 King Street West", "premises:L4C1A1:4 12 KING ST W"},
         {"l4c1a1", "12 King St. W., Apt 4", "premises:L4C1A1:4 12 KING ST W"},
         {"L4C-1A1", "unit 4, 12 KING ST W", "premises:L4C1A1:4 12 KING ST W"},
         {"L4C 1A1", "12 King St W #4", "premises:L4C1A1:4 12 KING ST W"},
         {"L4C 1A1", "12 King St W", "premises:L4C1A1:12 KING ST W"},
         {"M4T 1A1", "1 St. Clair's Avenue East", "premises:M4T1A1:1 ST CLAIRS AVE E"},
         {"L4C 1A1", "12B Concession Road 8", "premises:L4C1A1:12B CONC RD 8"},
         {"L4C 1A1", "12 \u6771\u4eac Rd", ""},
         {"L4C 1A1", "12 King St; W", ""},
         {"L4C 1A1", "12 \xff Rd", ""},
         {"L4C 1A", "12 King St W", ""},
         {"44C 1A1", "12 King St W", ""},
         {"L4C 1A1", "King St W", ""},
         {"L4C 1A1", "12", ""},
         {"L4C 1A1", "", ""}});
}

// All spellings in one row are the same place.
TEST(TargetForm, OfPremisesMeetsOverTheUsualSpellings) {
  const std::vector<std::vector<std::string>> places = {
      {"100 Saint Clair Ave W", "100 St. Clair Avenue West", "100 ST CLAIR AV W", "100 St.Clair Ave.W.",
       "100 St.Clair Ave.West"},
      {"12 J.F.K. Dr", "12 JFK Drive"},
      {"7 Sainte-Anne Blvd", "7 Ste. Anne Boulevard", "7 STE ANNE BOUL"},
      {"5 Mount Pleasant Rd", "5 Mt. Pleasant Road", "5 Mt Pleasant Rd."},
      {"9 Fort York Blvd", "9 Ft. York Blvd"},
      {"12 First Ave", "12 1st Avenue", "12 1re Avenue", "12 Premi\u00e8re Avenue"},
      {"12 Twenty-First St", "12 21st Street", "12 Twenty First Str"},
      {"12 Thirteenth Line", "12 13th Line"},
      {"3 Huron Trail", "3 Huron Trl", "3 Huron Tr."},
      {"3 Elm Crescent", "3 Elm Cres", "3 Elm Cr"},
      {"3 Elm Parkway", "3 Elm Pkwy", "3 Elm Pky"},
      {"3 Elm Gardens", "3 Elm Gdns"},
      {"3 Town Line", "3 Townline", "3 Tline"},
      {"3 Side Road 10", "3 Sideroad 10", "3 Sdrd 10"},
      {"3 County Road No. 5", "3 County Rd 5", "3 Cty Rd 5", "3 CR 5"},
      {"3 Regional Road 5", "3 Regional Rd 5", "3 RR 5"},
      {"3 Side Road 11", "3 S.R. 11"},
      {"12 Lakeshore Blvd", "12 Lake Shore Blvd"},
      {"3 Highway 11", "3 King's Highway 11"},
      {"3 Hwy 7A", "3 Hwy 7-A", "3 Highway 7 A"},
      {"5 McDonald Rd", "5 Mc Donald Rd"},
      {"5 O'Connor Dr", "5 O Connor Dr", "5 OConnor Drive"},
      {"12 rue King O", "12 rue King Ouest"},
      {"5-100 St. Clair Av. O.", "5-100 St. Clair Ave W", "Unit 5, 100 St Clair Avenue Ouest"},
      {"12 boul. King O", "12 Boulevard King Ouest"},
      {"5-12 boul. Saint-Joseph", "12 Boulevard St-Joseph app. 5"},
      {"100A Main St", "100a Main St", "100 A Main Street", "100-A Main St", "100 A. Main St"},
      {"100A St Clair Ave", "100 A St. Clair Avenue"},
      {"100A Avenue Rd", "100 A Avenue Road"},
      {"100B Concession 8", "100 B Concession 8"},
      {"4-100C Main St", "4-100 C Main St", "100 C Main St, Unit 4"},
      {"12 King Rd N-E", "12 King Rd NE"},
      {"12 King St W Townhouse 6", "TH 6, 12 King St W"},
      {"12 King St W, Bldg 2", "12 King St W Building 2"},
      {"Lot 12 Concession 5", "Lot 12, Con. 5"},
      {"1234 Fourth Line", "911 # 1234 Fourth Line", "1234 4th Line"},
      {"3 Hwy 7", "3 Highway 7", "3 Highway Seven"},
      {"12 Ch\u00e2teau Rd", "12 Chateau Road", "12 Cha\u0302teau Rd", "12 CH\u00c2TEAU RD"},
      {"12 King\u2019s Rd", "12 King's Road", "12 Kings Rd"},
      {"12 North-East Rd", "12 Northeast Rd"},
      {"4-12 King St W", "12 King St W Unit 4", "12 King St W, Apt. 4", "12 King St W #4",
       "Suite 4, 12 King St W", "12 King St W Ste 4", "12 King St W Unit #4", "12 King St W apt4",
       "Unit 04 - 12 King Street West", "App. 4, 12 King St Ouest", "12 King St W Unit No. 4",
       "4\u201312 King St W"},
      {"A-12 King St W", "Unit A, 12 King St W", "12 King St W Apt A"},
      {"12 King St W Penthouse 3", "12 King St W PH 3", "PH3-12 King St W"},
      {"12 King St W Basement", "12 King St W, Bsmt"},
      {"12 Front St & Bay", "12 Front Street and Bay"},
  };
  std::vector<std::string> forms;
  for (const auto& ways : places) {
    const std::string first = PremisesForm("M4V 1N4", ways[0]).value_or("none");
    EXPECT_NE(first, "none") << ways[0];
    for (const auto& way : ways) EXPECT_EQ(PremisesForm("M4V1N4", way).value_or("none"), first) << way;
    forms.push_back(first);
  }
  std::sort(forms.begin(), forms.end());
  EXPECT_EQ(std::unique(forms.begin(), forms.end()), forms.end()) << "two places are one";
}

// `A` may be the street's name, `N` a direction, and `O` a part of the name or a street.
TEST(TargetForm, OfPremisesLeavesALetterThatIsOfTheStreet) {
  Check([](const FormRow& row) { return PremisesForm("M4V 1N4", row.what); },
        {{"", "100 A St", "premises:M4V1N4:100 A ST"},
         {"", "100 A Avenue", "premises:M4V1N4:100 A AVE"},
         {"", "100 A Avenue W", "premises:M4V1N4:100 A AVE W"},
         {"", "100 B Line", "premises:M4V1N4:100 B LINE"},
         {"", "4-100 A St", "premises:M4V1N4:4 100 A ST"},
         {"", "100 A St & Bay", "premises:M4V1N4:100 A ST AND BAY"},
         {"", "100 A A St", "premises:M4V1N4:100A A ST"},
         {"", "100 N Main St", "premises:M4V1N4:100 N MAIN ST"},
         {"", "100 O Connor Dr", "premises:M4V1N4:100 OCONNOR DR"},
         {"", "12 21st Ave O", "premises:M4V1N4:12 21ST AVE W"},
         {"", "12 Avenue O", "premises:M4V1N4:12 AVE O"}});
}

// Who pastes an address sees nothing of such a character, so its place is told.
TEST(TargetForm, OfTextWithACharacterThatNobodySeesNamesItsPlace) {
  const auto fault = [](const absl::StatusOr<std::string>& form) {
    return std::string(form.status().message());
  };
  EXPECT_EQ(fault(PremisesForm("L3Y 1A1", "100\u200b Main St")),
            "character 4 of the street is U+200B, which nobody sees: type it again without that");
  EXPECT_EQ(fault(PremisesForm("L3Y\u202e 1A1", "100 Main St")),
            "character 4 of the postal code is U+202E, which nobody sees: type it again without that");
  EXPECT_EQ(fault(PremisesForm("L3Y 1A1", "\u00c9 \ufeff")),
            "character 3 of the street is U+FEFF, which nobody sees: type it again without that");
  EXPECT_EQ(fault(PremisesForm("L3Y 1A1", "100 \xff Rd")), "byte 5 of the street is no UTF-8: type it again");
  EXPECT_EQ(fault(PhoneForm("416\u2060-555-0199")).substr(0, 44),
            "character 4 of the telephone number is U+206");
  EXPECT_EQ(fault(PlateForm("ON", "ABCD\u200b123")).substr(0, 33), "character 5 of the plate is U+200");
  EXPECT_EQ(fault(HandleForm("instagram", "some\u200bname")).substr(0, 34),
            "character 5 of the handle is U+200");
  EXPECT_TRUE(PremisesForm("L3Y 1A1", "12\tChâteau\u00a0Rd").ok());
}

TEST(TargetForm, OfPremisesKeepsApartWhatIsNotOnePlace) {
  const std::vector<std::string> different = {
      "12 King St W",   "12 King St E",    "12 King Ave W",      "4-12 King St W", "12A King St W",
      "412 King St W",  "12 Kings St W",   "12 1st St",          "12 2nd St",      "11 1st St",
      "12 County Rd 5", "12 Ste Marie St", "12 Upper Canada Dr", "12 Canada Dr"};
  std::set<std::string> forms;
  for (const auto& street : different) {
    const auto form = PremisesForm("M4V 1N4", street);
    ASSERT_TRUE(form.ok()) << street;
    EXPECT_TRUE(forms.insert(*form).second) << street;
  }
}

// A town after the street would make another target than the street alone.
TEST(TargetForm, OfPremisesTakesNothingButAUnitBehindTheStreet) {
  for (const char* street :
       {"38 Main St, Toronto", "38 Main St Toronto", "38 Main St, Newmarket ON", "38 Main St, L3Y 1A1",
        "38 Main St L3Y 1A1", "38 Main St Ontario", "38 Main St, Ontario", "38 Main St, Six Nations",
        "38 Main St RR2", "1234 Fourth Line RR 2", "1234 Fourth Line, R.R. #2",
        "38 Main St, entrance at rear", "38 Main St Buzzer 12", "38 Main St, Buzzer 12",
        "Apt 4, 38 Main St, Toronto"}) {
    const auto form = PremisesForm("L3Y 1A1", street);
    ASSERT_FALSE(form.ok()) << street;
    EXPECT_NE(form.status().message().find("behind the street"), std::string::npos) << form.status();
  }
  for (const char* street :
       {"7 boul. Saint-Joseph", "100 Old St Clair Ave", "12 Front St & Bay", "12 Concession Rd 8",
        "38 Main St, Apt 4", "38 Main St, Bsmt", "12, rue King", "Suite 4, 12 King St W"}) {
    EXPECT_TRUE(PremisesForm("L3Y 1A1", street).ok()) << street;
  }
}

// Forms are hashed, so a form must never change; otherwise agencies with another version would not
// be matched.
TEST(TargetForm, OfPremisesIsTheSameAgainOnceFolded) {
  for (const char* street : {"12 KING ST W", "100 ST CLAIR AVE W", "12 21ST ST", "3 HURON TRAIL",
                             "7 STE ANNE BLVD", "5 MT PLEASANT RD", "3 CITY CTR DR", "9 SDRD 10"}) {
    EXPECT_EQ(PremisesForm("M4V 1N4", street).value_or(""), std::string("premises:M4V1N4:") + street);
  }
}

}  // namespace
}  // namespace accord::ctl
