#include "services/strategy/engagement/contacts.h"

#include <gtest/gtest.h>

namespace accord::strategy {
namespace {

TEST(Contacts, AreTelephoneNumbersAndAddressesOfElectronicMailHoweverTheyAreWritten) {
  for (const char* text : {"Jane, 416-555-0123", "call (416) 555 0123", "+1 416.555.0123", "4165550123",
                           "jane@example.org", "write to @jane_speaks", "416\u00a0555\u00a00123",
                           "416\u2013555\u20130123", "416  555  0123", "@\u200bjane_speaks"}) {
    EXPECT_TRUE(HoldsContact(text)) << text;
  }
}

TEST(Contacts, AreNoDaysYearsOrNumbersOfPeople) {
  for (const char* text :
       {"", "housing, and work after school", "held on 2017-02-23", "2016, 2017, 2018 and 2019",
        "12 coalitions at 6:30", "support @ school", "at the end: @"}) {
    EXPECT_FALSE(HoldsContact(text)) << text;
  }
}

}  // namespace
}  // namespace accord::strategy
