#include "common/base/opaque_reference.h"

#include <gmock/gmock.h>

#include "common/base/error.h"

namespace accord {
namespace {

const absl::CivilDay kToday(2026, 11, 24);

bool Passes(const std::string& reference) {
  return CheckOpaqueReference("subject_ref", reference, kToday).ok();
}

TEST(OpaqueReference, PassesIfItIsANumberOrACode) {
  for (const char* reference :
       {"subject-1", "york-4711", "2026-0042", "YRP 2026 0042", "1f8e2c9a-20090112-4d3e-8b1c-0a9f8e7d6c5b",
        "20090112-4d3e-4a11-8b1c-0a9f8e7d6c5b", "c-2026-10-03", "file 7", "york-55", "CAS-2026-00123",
        "CAS_YORK_00123", "YRP_OCC_2026", "case-marie-55", "12.11.10", "2019-13-45", "1815-06-18",
        "subject-7c1f", "99999999", "00000000"}) {
    EXPECT_TRUE(Passes(reference)) << reference;
  }
}

TEST(OpaqueReference, IsRefusedIfItLooksLikeAName) {
  for (const char* reference : {"Jane Doe", "doe, jane", "DOE,JANE", "Anne-Marie O'Neil", "\u00c9lodie Roy",
                                "42 Jane Doe", "Jane  Doe 2009", "J. van Dyk"}) {
    EXPECT_FALSE(Passes(reference)) << reference;
  }
}

TEST(OpaqueReference, IsRefusedIfItLooksLikeADateOfBirth) {
  for (const char* reference : {"2009-01-12", "JD 2009/1/12", "jd-12.01.2009", "01/31/2009", "20090112",
                                "jd20090112", "2025-11-24", "subject-2009-01-12-x"}) {
    EXPECT_FALSE(Passes(reference)) << reference;
  }
}

TEST(OpaqueReference, IsRefusedIfNoSystemWouldMintIt) {
  for (const char* reference :
       {"Tremblay", "Jane-Doe", "O'Neil", "Jane_Doe_2010", "J.D.", "A. B.", "x", "\u1403\u14c4\u1483 7",
        "\u0645\u0631\u064a\u0645-7", "jane@x.ca", "jane7@x.ca", "york\u200b-55", "y\u043erk-55", "york-55\n",
        "\tyork-55", "../55", "a\\55"}) {
    EXPECT_FALSE(Passes(reference)) << reference;
  }
}

TEST(OpaqueReference, IsRefusedIfItLooksLikeANumberOfAPersonOrADayInWords) {
  for (const char* reference : {"416-555-0199", "(416) 555-0199", "416 555 0199", "+1 416.555.0199",
                                "SIN 046 454 286", "046-454-286", "5 avril 2010", "apr-5-2010", "5 AUG 2010",
                                "jd-d\u00e9c-10", "2010-W14-1", "2010-W14", "2010 avril", "york-May-2009"}) {
    EXPECT_FALSE(Passes(reference)) << reference;
  }
  for (const char* reference :
       {"york-416-55", "1234-555-0199", "marsh-7", "W14-2010-7", "decade-10", "MAR-004711", "OCT-2026-0042",
        "YR26-000123", "CPIN 1234567", "2026-123456"}) {
    EXPECT_TRUE(Passes(reference)) << reference;
  }
}

TEST(OpaqueReference, IsRefusedIfItNamesANumberOfThePersonOrADayWithoutMarks) {
  for (const char* reference : {"12avril2010", "12janvier2010", "2010Apr12", "jd_12avr2010", "Apr12,2010",
                                "SIN046454286", "nas-046454286", "OHIP1234567890", "ohip 1234567890AB",
                                "DL-R1234-56789-01234", "DOB20100412", "ddn:100412"}) {
    EXPECT_FALSE(Passes(reference)) << reference;
  }
  for (const char* reference : {"12avril2031", "sin-7", "case-sin-12", "DL-000123", "mar12-4711",
                                "oct2026-0042", "OHIP-17", "dob-7"}) {
    EXPECT_TRUE(Passes(reference)) << reference;
  }
}

TEST(OpaqueReference, IsRefusedByItsFieldAndNeverRepeated) {
  const absl::Status refused = CheckOpaqueReference("referral.subject_ref", "Jane Doe", kToday);
  EXPECT_EQ(RuleOf(refused), "REFERENCE_NAMES_PERSON");
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.message()), ::testing::StartsWith("referral.subject_ref looks like"));
  EXPECT_THAT(refused.ToString(), ::testing::Not(::testing::HasSubstr("Jane")));
}

}  // namespace
}  // namespace accord
