// These tests show what a consent must be, and that it ends when the survivor says so or its day has passed.
#include <google/protobuf/descriptor.h>

#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "common/access/service_files.h"
#include "services/supports/lifecycles.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::IsEmpty;

class Consents : public SupportsFixture {
 protected:
  v1::SupportCase Read(const v1::SupportCase& item) {
    v1::SupportCase read;
    EXPECT_EQ(UnreadCase(item.name(), worker_, &read), "");
    return read;
  }
};

TEST_F(Consents, NameOneRecipientForAReferralAndNoneForAnythingElse) {
  const v1::SupportCase item = Opened();
  v1::Consent none = ToRefer("");
  EXPECT_EQ(Give(item, none), "CONSENT_RECIPIENT");
  EXPECT_EQ(Give(item, ToRefer("vs-york")), "CONSENT_RECIPIENT");
  v1::Consent nothing = ToRefer();
  nothing.clear_data();
  EXPECT_EQ(Give(item, nothing), "CONSENT_RECIPIENT");
  v1::Consent counting = NewConsent(v1::CONSENT_PURPOSE_COUNTING);
  counting.set_recipient_agency("vs-durham");
  EXPECT_EQ(Give(item, counting), "CONSENT_RECIPIENT");
  counting.clear_recipient_agency();
  counting.add_data(v1::CONSENTED_DATA_NEEDS);
  EXPECT_EQ(Give(item, counting), "CONSENT_RECIPIENT");
  counting.clear_data();
  EXPECT_EQ(Give(item, counting), "");
}

TEST_F(Consents, HaveAnEndThatIsNotTooFarAway) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = NewConsent(v1::CONSENT_PURPOSE_COUNTING);
  consent.clear_expires_on();
  EXPECT_EQ(Give(item, consent), "FIELD_INVALID");
  consent.set_expires_on("2026-11-23");
  EXPECT_EQ(Give(item, consent), "DATES_OUT_OF_ORDER");
  consent.set_given_on("2026-11-20");
  EXPECT_EQ(Give(item, consent), "DATES_OUT_OF_ORDER") << "it would have ended before it was recorded";
  consent.set_given_on("2026-11-25");
  consent.set_expires_on("2026-11-26");
  EXPECT_EQ(Give(item, consent), "EVENT_IN_FUTURE");
  consent.set_given_on("2026-11-24");
  consent.set_expires_on("2028-11-25");
  EXPECT_EQ(Give(item, consent), "CONSENT_TOO_LONG");
  consent.set_expires_on("2028-11-24");
  EXPECT_EQ(Give(item, consent), "");
  // Two years after a leap day is the last day of February.
  On("2028-02-29");
  consent.set_given_on("2028-02-29");
  consent.set_expires_on("2030-03-01");
  EXPECT_EQ(Give(item, consent), "CONSENT_TOO_LONG");
  consent.set_expires_on("2030-02-28");
  EXPECT_EQ(Give(item, consent), "");
}

TEST_F(Consents, ThatAreWithdrawnNameThoseThatStillStandForTheSame) {
  const auto item = Must(Call<v1::SupportCase>(worker_, NewCase()));
  v1::Consent first = Given(item, ToRefer()), second = Given(item, ToRefer());
  Given(item, ToRefer("vs-peel"));
  ASSERT_EQ(Withdraw(worker_, &first), "");
  ASSERT_EQ(first.still_live_size(), 1);
  EXPECT_EQ(first.still_live(0), second.name());
  ASSERT_EQ(Withdraw(worker_, &second), "");
  EXPECT_EQ(second.still_live_size(), 0);
}

TEST_F(Consents, AreNotTakenFromAGuardianWhoIsNotSafe) {
  v1::CreateSupportCaseRequest request = NewCase();
  request.mutable_support_case()->set_guardian_involved(v1::GUARDIAN_INVOLVED_UNSAFE);
  request.mutable_services_consent()->set_given_by(v1::CONSENT_GIVEN_BY_GUARDIAN);
  EXPECT_EQ(Rule(Call<v1::SupportCase>(worker_, request)), "GUARDIAN_UNSAFE");
  request.mutable_services_consent()->set_given_by(v1::CONSENT_GIVEN_BY_SELF);
  const auto item = Must(Call<v1::SupportCase>(worker_, request));
  v1::Consent consent = ToRefer();
  consent.set_given_by(v1::CONSENT_GIVEN_BY_GUARDIAN);
  EXPECT_EQ(Give(item, consent), "GUARDIAN_UNSAFE");
  consent.set_given_by(v1::CONSENT_GIVEN_BY_SUBSTITUTE);
  EXPECT_EQ(Give(item, consent), "");
}

// T21 requires that everything that is told without consent is a disclosure, and that no method bypasses
// a consent.
TEST_F(Consents, HaveNoOverrideAnywhereInTheContract) {
  std::set<std::string> names;
  const auto add = [&](const google::protobuf::FileDescriptor& file) {
    if (file.package() != "accord.supports.v1") return;
    for (int i = 0; i < file.service_count(); ++i) {
      for (int k = 0; k < file.service(i)->method_count(); ++k) {
        names.emplace(file.service(i)->method(k)->full_name());
      }
    }
    for (int i = 0; i < file.message_type_count(); ++i) {
      const auto* type = file.message_type(i);
      for (int k = 0; k < type->field_count(); ++k) names.emplace(type->field(k)->full_name());
    }
    for (int i = 0; i < file.enum_type_count(); ++i) {
      const auto* type = file.enum_type(i);
      for (int k = 0; k < type->value_count(); ++k) names.emplace(type->value(k)->full_name());
    }
  };
  for (const auto* file : ServiceFiles()) {
    add(*file);
    for (int i = 0; i < file->dependency_count(); ++i) add(*file->dependency(i));
  }
  EXPECT_GT(names.size(), 300u);
  for (const std::string& name : names) {
    for (const char* word : {"overrid", "bypass", "forced", "without_consent"}) {
      EXPECT_EQ(absl::AsciiStrToLower(name).find(word), std::string::npos) << name;
    }
  }
  EXPECT_EQ(ConsentLifecycle().Events(), (std::set<std::string>{"supersede", "withdraw"}));
}

TEST_F(Consents, EndByTheirDayAlthoughNothingSweeps) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToRefer("vs-durham", "2026-12-24"));
  On("2026-12-24");
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &consent), "");
  EXPECT_EQ(consent.state(), v1::CONSENT_STATE_LIVE);
  On("2026-12-25");
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &consent), "");
  EXPECT_EQ(consent.state(), v1::CONSENT_STATE_EXPIRED);
  EXPECT_EQ(consent.withdrawn_by(), "") << "its day has ended it, and no person";
  EXPECT_EQ(Withdraw(worker_, &consent), "STATE_NOT_PERMITTED");
  int expired = 0;
  for (const auto& each : ConsentsOf(item)) expired += each.state() == v1::CONSENT_STATE_EXPIRED ? 1 : 0;
  EXPECT_EQ(expired, 1);
}

TEST_F(Consents, AreReadByTheWorkersAndSeenInTheirStructureByTheRestOfTheAgency) {
  const v1::SupportCase item = Opened();
  const v1::Consent consent = Given(item, ToRefer());
  v1::Consent read;
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &read), "");
  EXPECT_EQ(read.recipient_agency(), "vs-durham");
  for (const Caller& other : {colleague_, manager_, privacy_}) {
    ASSERT_EQ(UnreadConsent(consent.name(), other, &read), "") << other.actor;
    EXPECT_EQ(read.purpose(), v1::CONSENT_PURPOSE_REFERRAL) << other.actor;
    EXPECT_EQ(read.recipient_agency() + read.language(), "") << other.actor;
    EXPECT_THAT(read.data(), IsEmpty()) << other.actor;
  }
  // Neither the agency that it names nor any other agency reads it.
  for (const Caller& other : {receiver_, stranger_}) {
    EXPECT_EQ(UnreadConsent(consent.name(), other), "NOT_FOUND") << other.actor;
  }
  v1::ListConsentsRequest list;
  list.set_support_case(item.name());
  for (const Caller& other : {colleague_, manager_, receiver_}) {
    EXPECT_EQ(Rule(Call<v1::ListConsentsResponse>(other, list)), "NOT_FOUND") << other.actor;
  }
}

TEST_F(Consents, AreWithdrawnByAnybodyOfTheAgencyOnTheSurvivorsWord) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToRefer());
  v1::Consent unseen = consent;
  EXPECT_EQ(Withdraw(receiver_, &unseen), "NOT_FOUND");
  EXPECT_EQ(Withdraw(stranger_, &unseen), "NOT_FOUND");
  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  EXPECT_EQ(consent.state(), v1::CONSENT_STATE_WITHDRAWN);
  EXPECT_EQ(consent.recipient_agency(), "") << "whoever ends a consent learns nothing by it";
  v1::Consent read;
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &read), "");
  EXPECT_EQ(read.withdrawn_by(), "colleague");
  EXPECT_EQ(read.withdrawal_channel(), v1::WITHDRAWAL_CHANNEL_ORAL);
  EXPECT_EQ(FromProto(read.withdrawn_at()), in_process_.clock().Now());
  EXPECT_EQ(Withdraw(worker_, &consent), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Send(consent), "CONSENT_NOT_LIVE");
}

TEST_F(Consents, TakeThePlaceOfAnOlderOneThatEndsWithAllThatRestsOnIt) {
  const v1::SupportCase item = Opened();
  const v1::Consent older = Given(item, ToRefer());
  const v1::SupportReferral sent = Sent(older);
  v1::CreateConsentRequest request;
  request.set_parent(item.name());
  request.set_supersedes(older.name());
  *request.mutable_consent() = Today(ToRefer("vs-peel"));
  EXPECT_EQ(Rule(Call<v1::Consent>(worker_, request)), "FIELD_INVALID") << "it is to another agency";
  *request.mutable_consent() = Today(NewConsent(v1::CONSENT_PURPOSE_COUNTING));
  EXPECT_EQ(Rule(Call<v1::Consent>(worker_, request)), "FIELD_INVALID") << "it is for something else";
  *request.mutable_consent() = Today(ToRefer());
  request.mutable_consent()->add_data(v1::CONSENTED_DATA_AGE_BAND);
  request.set_parent(Opened().name());
  EXPECT_EQ(Rule(Call<v1::Consent>(worker_, request)), "NOT_FOUND") << "it is of another case";
  request.set_parent(item.name());
  EXPECT_EQ(Rule(Call<v1::Consent>(colleague_, request)), "NOT_FOUND") << "the case is for its workers";

  v1::Consent newer, read;
  ASSERT_EQ(Rule(Call<v1::Consent>(worker_, request), &newer), "");
  EXPECT_EQ(newer.state(), v1::CONSENT_STATE_LIVE);
  ASSERT_EQ(UnreadConsent(older.name(), worker_, &read), "");
  EXPECT_EQ(read.state(), v1::CONSENT_STATE_SUPERSEDED);
  EXPECT_EQ(read.superseded_by(), newer.name());
  EXPECT_EQ(read.data_size(), 2) << "nothing widens an old consent";
  EXPECT_EQ(Unread(sent.name(), receiver_), "NOT_FOUND");
  EXPECT_THAT(Received(receiver_), IsEmpty());
  EXPECT_EQ(Send(read), "CONSENT_NOT_LIVE");
  EXPECT_EQ(Send(newer), "");
  EXPECT_EQ(Withdraw(worker_, &read), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Rule(Call<v1::Consent>(worker_, request)), "STATE_NOT_PERMITTED") << "its place is taken already";
  // A colleague does not see the name of the other consent.
  ASSERT_EQ(UnreadConsent(older.name(), colleague_, &read), "");
  EXPECT_EQ(read.superseded_by(), "");
}

TEST_F(Consents, ToServicesThatAreGivenAnewKeepTheCaseOpen) {
  const v1::SupportCase item = Opened();
  v1::CreateConsentRequest request;
  request.set_parent(item.name());
  request.set_supersedes(ConsentsOf(item).at(0).name());
  *request.mutable_consent() = Today(NewConsent(v1::CONSENT_PURPOSE_SERVICES, "2028-11-24"));
  ASSERT_EQ(Rule(Call<v1::Consent>(worker_, request)), "");
  EXPECT_EQ(Read(item).state(), v1::SUPPORT_CASE_STATE_OPEN);
}

TEST_F(Consents, ToServicesCloseTheCaseWhenTheLastOneIsWithdrawn) {
  const v1::SupportCase item = Opened();
  v1::Consent first = ConsentsOf(item).at(0);
  v1::Consent second = Given(item, NewConsent(v1::CONSENT_PURPOSE_SERVICES));
  ASSERT_EQ(Withdraw(worker_, &first), "");
  EXPECT_EQ(Read(item).state(), v1::SUPPORT_CASE_STATE_OPEN);
  ASSERT_EQ(Withdraw(worker_, &second), "");
  EXPECT_EQ(Read(item).state(), v1::SUPPORT_CASE_STATE_CLOSED);
  const v1::Consent referral = Given(item, ToRefer());
  EXPECT_EQ(Send(referral), "STATE_NOT_PERMITTED");
}

TEST_F(Consents, ToBeCountedCostsNoServiceWhereItIsRefused) {
  const v1::SupportCase item = Opened();
  const std::vector<v1::Consent> consents = ConsentsOf(item);
  ASSERT_FALSE(consents.empty());
  for (const v1::Consent& each : consents) ASSERT_NE(each.purpose(), v1::CONSENT_PURPOSE_COUNTING);
  EXPECT_EQ(Send(Given(item, ToRefer())), "");
}

}  // namespace
}  // namespace accord::supports
