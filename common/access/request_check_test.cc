#include "common/access/request_check.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/coverage_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"

namespace accord {
namespace {

using ::testing::HasSubstr;

protocols::v1::CreateReferralRequest Good() {
  protocols::v1::CreateReferralRequest request;
  request.set_parent("agencies/cas-york");
  request.set_request_id("0b7f6a52-7f0e");
  auto* referral = request.mutable_referral();
  referral->set_protocol("agencies/cas-york/protocols/p1");
  referral->set_kind(protocols::v1::REFERRAL_KIND_CONSULTATION);
  referral->set_to_agency("ps-york");
  referral->set_subject_ref("s-1");
  referral->set_age_band(protocols::v1::AGE_BAND_12_15);
  referral->set_urgency(protocols::v1::URGENCY_H48);
  referral->set_reporter_belief("x");
  referral->set_lawful_basis("x");
  referral->set_indigenous_identity(protocols::v1::INDIGENOUS_IDENTITY_NOT_ASKED);
  referral->set_event_date("2026-11-01");
  return request;
}

std::string Fault(protocols::v1::CreateReferralRequest request) {
  return std::string(CheckRequest(&request).message());
}

TEST(CheckRequest, AcceptsACompleteRequestAndDropsOutputOnlyFields) {
  auto request = Good();
  request.mutable_referral()->set_acknowledged_by("forged");
  EXPECT_EQ(Fault(request), "");
  ASSERT_TRUE(CheckRequest(&request).ok());
  EXPECT_EQ(request.referral().acknowledged_by(), "");
}

TEST(CheckRequest, NamesWhatIsWrong) {
  auto request = Good();
  request.clear_parent();
  EXPECT_THAT(Fault(request), HasSubstr("parent is required"));
  request = Good();
  request.mutable_referral()->set_subject_ref(std::string("a\0b", 3));
  EXPECT_THAT(Fault(request), HasSubstr("referral.subject_ref contains NUL"));
  request = Good();
  request.mutable_referral()->set_kind(static_cast<protocols::v1::ReferralKind>(99));
  EXPECT_THAT(Fault(request), HasSubstr("referral.kind is a number"));
  request = Good();
  request.mutable_referral()->set_event_date("2017-02-30");
  EXPECT_THAT(Fault(request), HasSubstr("referral.event_date must be a day"));
  request = Good();
  request.set_parent("agencies/cas-york' OR 1=1 --");
  EXPECT_THAT(Fault(request), HasSubstr("parent must be a resource name"));
  request = Good();
  request.mutable_referral()->set_subject_ref(std::string(129, 'x'));
  EXPECT_THAT(Fault(request), HasSubstr("longer than 128"));
}

TEST(CheckRequest, TakesWhatNobodySeesForNotSet) {
  for (const char* blank :
       {" ", "  \t", "\n\n", "\u00a0", "\u200b", "\u3000", "\u00a0\u200b \u3000\n", "\ufeff", "\u2800"}) {
    auto request = Good();
    request.mutable_referral()->set_reporter_belief(blank);
    EXPECT_THAT(Fault(request), HasSubstr("referral.reporter_belief is required"));
  }
  for (const char* text : {" x", "\u00e9", "\u1403", "\u3000\u6771", "."}) {
    auto request = Good();
    request.mutable_referral()->set_reporter_belief(text);
    EXPECT_EQ(Fault(request), "") << text;
  }
}

TEST(CheckRequest, RefusesTextThatTurnsTheDirectionOfWriting) {
  for (const char* text : {"safe\u202eexe", "\u202a", "\u202b", "\u202c", "x\u202d", "a\u2066b", "\u2067",
                           "\u2068", "end\u2069"}) {
    auto request = Good();
    request.mutable_referral()->set_reporter_belief(text);
    EXPECT_THAT(Fault(request), HasSubstr("referral.reporter_belief contains a character that turns"))
        << text;
  }
  // Direction marks between words of two languages, and letters whose bytes look similar, are
  // accepted as text.
  for (const char* text : {"\u0639\u0631\u0628\u064a\u200f and \u200e", "a\u2029\u202f", "a\u2065\u206a",
                           "\xe2\x80\x93", "\u00e2"}) {
    auto request = Good();
    request.mutable_referral()->set_reporter_belief(text);
    EXPECT_EQ(Fault(request), "") << text;
  }
}

TEST(CheckRequest, RefusesAPageOfFewerThanNoRows) {
  protocols::v1::ListCoverageCellsRequest request;
  EXPECT_TRUE(CheckRequest(&request).ok());
  request.set_page_size(1);
  EXPECT_TRUE(CheckRequest(&request).ok());
  request.set_page_size(-1);
  EXPECT_THAT(std::string(CheckRequest(&request).message()), HasSubstr("page_size must not be negative"));
}

}  // namespace
}  // namespace accord
