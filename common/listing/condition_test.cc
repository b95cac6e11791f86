#include "common/listing/condition.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/clock.h"
#include "common/listing/index_rows.h"
#include "common/listing/order.h"
#include "common/listing/testing/oracle.h"
#include "common/testing/matchers.h"

namespace accord::listing {
namespace {

using accord::testing::FailsWith;
using accord::testing::Must;
using accord::testing::RefusedBy;
using protocols::v1::Referral;

const std::vector<Field>& OfReferrals() { return FieldsOf(*Referral::descriptor()); }

absl::StatusOr<Condition> Checked(std::string_view filter) {
  const auto expression = ParseExpression(filter);
  if (!expression.ok()) return expression.status();
  return ConditionOf(*expression, OfReferrals());
}

bool Passes(std::string_view filter, const Referral& referral) {
  return Holds(Must(Checked(filter)), referral);
}

auto SaysOfField(const std::string& what) {
  return ::testing::AllOf(RefusedBy(rules::kFieldInvalid),
                          FailsWith(absl::StatusCode::kInvalidArgument, what));
}

TEST(Filters, CompareByTheTypeOfTheField) {
  Referral referral;
  referral.set_state(protocols::v1::REFERRAL_STATE_SUBMITTED);
  referral.set_to_agency("ps-york");
  referral.set_event_date("2026-11-20");
  *referral.mutable_create_time() =
      ToProto(absl::FromCivil(absl::CivilDay(2026, 11, 21), absl::UTCTimeZone()));
  for (const char* filter :
       {"", "state = submitted", "state = REFERRAL_STATE_SUBMITTED", "state != closed", "to_agency = ps-york",
        "to_agency : ps-", "event_date < 2026-11-21", "event_date >= 2026-11-20",
        "create_time <= 2026-11-20T19:00:00-05:00", "create_time = 2026-11-21T00:00:00Z", "assignee = ''",
        "assignee != anna", "NOT completion_due < 2027-01-01T00:00:00Z",
        "state = closed OR to_agency = ps-york"}) {
    EXPECT_TRUE(Passes(filter, referral)) << filter;
  }
  for (const char* filter :
       {"state = closed", "NOT state = submitted", "to_agency : ps-yorkshire", "event_date > 2026-11-20",
        "create_time < 2026-11-21T00:00:00Z", "assignee != ''", "assignee : ''",
        "completion_due > 2020-01-01T00:00:00Z", "state = submitted AND to_agency = ps-durham"}) {
    EXPECT_FALSE(Passes(filter, referral)) << filter;
  }
}

TEST(Filters, RefuseAnUndeclaredFieldByNameAndTellTheDeclaredOnes) {
  EXPECT_THAT(Checked("reporter_belief = x"), SaysOfField("names reporter_belief"));
  EXPECT_THAT(Checked("state = submitted AND subject_ref = x"),
              SaysOfField("it compares kind, to_agency, urgency"));
  EXPECT_THAT(ConditionOf(Must(ParseExpression("state = x")), {}), SaysOfField("compares no fields"));
  EXPECT_THAT(Checked(absl::StrCat(std::string(65, 'x'), " = 1")), SaysOfField("names a field"));
}

TEST(Filters, RefuseAComparisonThatTheFieldDoesNotHave) {
  EXPECT_THAT(Checked("state < closed"), SaysOfField("compares state in a way that it cannot be"));
  EXPECT_THAT(Checked("to_agency > ps-york"), SaysOfField("by one of = != :"));
  EXPECT_THAT(Checked("create_time : 2026"), SaysOfField("by one of = != < <= > >="));
}

TEST(Filters, RefuseAValueThatIsNoneOfTheFieldsType) {
  EXPECT_THAT(Checked("state = lost"), SaysOfField("must compare state with one of submitted"));
  EXPECT_THAT(Checked("state = unspecified"), SaysOfField("must compare state"));
  EXPECT_THAT(Checked("event_date = 2026-02-30"), SaysOfField("with a day"));
  for (const char* time :
       {"2026-11-27", "tomorrow", "infinite-future", "2026-11-27T09:00:00", "12026-01-01T00:00:00Z"}) {
    EXPECT_THAT(Checked(absl::StrCat("create_time < ", time)), SaysOfField("with an instant")) << time;
  }
  EXPECT_THAT(Checked(absl::StrCat("to_agency = ", std::string(kMostText + 1, 'x'))),
              SaysOfField("at most 200 bytes"));
}

TEST(Orders, NameOneFieldAndADirection) {
  const auto read = [](const char* text) { return Written(Must(ParseOrder(text, OfReferrals()))); };
  EXPECT_EQ(read(""), "name");
  EXPECT_EQ(read("name desc"), "name desc");
  EXPECT_EQ(read("create_time"), "create_time");
  EXPECT_EQ(read("  create_time   asc "), "create_time");
  EXPECT_EQ(read("acknowledge_due desc"), "acknowledge_due desc");
  for (const char* text : {"state", "reporter_belief", "nothing desc"}) {
    EXPECT_THAT(ParseOrder(text, OfReferrals()),
                SaysOfField("it is ordered by name, create_time, acknowledge_due"))
        << text;
  }
  for (const char* text : {"create_time down", "create_time desc, name", "a b c"}) {
    EXPECT_THAT(ParseOrder(text, OfReferrals()), SaysOfField("one field, and asc or desc")) << text;
  }
}

TEST(NarrowingCondition, IsByAnEqualityThatMustHold) {
  const auto by = [](const char* filter) -> std::string {
    const Condition condition = Must(Checked(filter));
    const Condition* found = NarrowingCondition(condition);
    return found == nullptr ? "" : found->field->name();
  };
  EXPECT_EQ(by("state = submitted"), "state");
  EXPECT_EQ(by("kind = consultation AND (urgency = h12 AND assignee = anna)"), "assignee");
  EXPECT_EQ(by("state = submitted OR state = closed"), "");
  EXPECT_EQ(by("NOT state = submitted"), "");
  EXPECT_EQ(by("assignee = ''"), "");
  EXPECT_EQ(by("kind = consultation"), "");
}

TEST(Bounds, AreComparisonsThatMustHold) {
  const Field& time = *FindField(OfReferrals(), "create_time");
  const auto count = [&](const char* filter) {
    const Condition condition = Must(Checked(filter));
    return BoundingConditions(condition, time).size();
  };
  EXPECT_EQ(count("create_time > 2026-01-01T00:00:00Z AND create_time < 2026-02-01T00:00:00Z"), 2u);
  EXPECT_EQ(count("create_time > 2026-01-01T00:00:00Z OR state = closed"), 0u);
  EXPECT_EQ(count("NOT create_time > 2026-01-01T00:00:00Z"), 0u);
  EXPECT_EQ(count("create_time = ''"), 0u);
}

}  // namespace
}  // namespace accord::listing
