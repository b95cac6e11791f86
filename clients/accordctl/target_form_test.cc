#include "clients/accordctl/target_form.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace accord::ctl {
namespace {

struct Row {
  std::string where, what;
  // Empty: there is none.
  std::string form;
};

void Check(const std::function<absl::StatusOr<std::string>(const Row&)>& form, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const auto made = form(row);
    EXPECT_EQ(made.value_or(""), row.form) << row.where << " " << row.what;
    // Nothing of a target in a message.
    if (!made.ok() && row.what.size() > 3) {
      EXPECT_EQ(made.status().message().find(row.what), std::string::npos) << row.what;
    }
  }
}

TEST(TargetForm, OfPhones) {
  Check([](const Row& row) { return PhoneForm(row.what); }, {{"", "+14165550199", "phone:+14165550199"},
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
  Check([](const Row& row) { return PlateForm(row.where, row.what); },
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
  Check([](const Row& row) { return HandleForm(row.where, row.what); },
        {{"Instagram", "@Some.Name_1", "handle:instagram:some.name_1"},
         {"instagram", " some.name_1 ", "handle:instagram:some.name_1"},
         {"snapchat", "some-name", "handle:snapchat:some-name"},
         {"instagram", "https://instagram.com/some", ""},
         {"insta gram", "somebody", ""},
         {"instagram", "@", ""},
         {"instagram", "some name", ""}});
}

TEST(TargetForm, OfPremises) {
  Check([](const Row& row) { return PremisesForm(row.where, row.what); },
        {{"L4C 1A1", "4-12 King Street West", "premises:L4C1A1:4 12 KING ST W"},
         {"l4c1a1", "12 King St. W., Apt 4", "premises:L4C1A1:4 12 KING ST W"},
         {"L4C-1A1", "unit 4, 12 KING ST W", "premises:L4C1A1:4 12 KING ST W"},
         {"L4C 1A1", "12 King St W #4", "premises:L4C1A1:4 12 KING ST W"},
         {"L4C 1A1", "12 King St W", "premises:L4C1A1:12 KING ST W"},
         {"M4T 1A1", "1 St. Clair's Avenue East", "premises:M4T1A1:1 ST CLAIRS AVE E"},
         {"L4C 1A1", "12B Concession Road 8", "premises:L4C1A1:12B CONC RD 8"},
         {"L4C 1A", "12 King St W", ""},
         {"44C 1A1", "12 King St W", ""},
         {"L4C 1A1", "King St W", ""},
         {"L4C 1A1", "12", ""},
         {"L4C 1A1", "12 Ch\xc3\xa2teau Rd", ""},
         {"L4C 1A1", "", ""}});
}

}  // namespace
}  // namespace accord::ctl
