// These tests show that what was entered twice is linked, and that nobody reads more of either by it.
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CaseDuplicates : public ProsecutionFixture {
 protected:
  absl::StatusOr<v1::CaseDuplicate> Link(const Caller& caller, const std::string& record,
                                         const std::string& same_as) {
    v1::LinkCaseDuplicateRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_case_duplicate()->set_record(record);
    request.mutable_case_duplicate()->set_same_as(same_as);
    request.mutable_case_duplicate()->set_reason("the same victim and the same night");
    return Call<v1::CaseDuplicate>(caller, request);
  }
  absl::StatusOr<v1::CaseDuplicate> GetLink(const Caller& caller, const std::string& name) {
    v1::GetCaseDuplicateRequest request;
    request.set_name(name);
    return Call<v1::CaseDuplicate>(caller, request);
  }
  std::vector<std::string> Links(const Caller& caller, const std::string& record) {
    v1::ListCaseDuplicatesRequest request;
    request.set_record(record);
    std::vector<std::string> names;
    const auto list = Must(Call<v1::ListCaseDuplicatesResponse>(caller, request));
    for (const auto& link : list.case_duplicates()) {
      EXPECT_EQ(link.reason(), "") << "a list names no victim";
      names.push_back(link.name());
    }
    return names;
  }
  std::string Unlink(v1::CaseDuplicate* link, const Caller& caller) {
    v1::UnlinkCaseDuplicateRequest request;
    request.set_reason("another night");
    return Move(caller, link, request);
  }

  const v1::Case first_ = Assigned("26-1001");
  const v1::Case second_ = Assigned("26-2002");
};

TEST_F(CaseDuplicates, WhoReadsBothSeesTheLinkFromEitherEnd) {
  const v1::CaseDuplicate link = Must(Link(counsel_, second_.name(), first_.name()));
  EXPECT_EQ(link.linked_by(), counsel_.actor);
  EXPECT_EQ(link.reason(), "the same victim and the same night");
  for (const Caller& caller : {counsel_, clerk_, coordinator_}) {
    EXPECT_THAT(Links(caller, first_.name()), ElementsAre(link.name())) << caller.actor;
    EXPECT_THAT(Links(caller, second_.name()), ElementsAre(link.name())) << caller.actor;
  }
  EXPECT_EQ(Must(GetLink(coordinator_, link.name())).reason(), "the same victim and the same night");
  EXPECT_EQ(Must(GetLink(clerk_, link.name())).reason(), "") << "a clerk reads of no victim";
  EXPECT_THAT(Link(clerk_, first_.name(), second_.name()), RefusedBy(rules::kAlreadyRecorded));
}

TEST_F(CaseDuplicates, WhoReadsOneOfThemHearsNothingOfTheOther) {
  v1::Case own = second_;
  ASSERT_EQ(Assign(&own, colleague_, v1::ASSIGNMENT_MODE_CO_COUNSEL), "");
  const v1::CaseDuplicate link = Must(Link(counsel_, second_.name(), first_.name()));
  EXPECT_THAT(Links(colleague_, second_.name()), IsEmpty());
  EXPECT_THAT(GetLink(colleague_, link.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Link(colleague_, second_.name(), first_.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Link(colleague_, second_.name(), "agencies/cr-york/cases/absent"), RefusedBy(rules::kNotFound));
  EXPECT_EQ(UnreadCase(first_.name(), colleague_), "NOT_FOUND");
  v1::CaseDuplicate mine = link;
  EXPECT_EQ(Unlink(&mine, colleague_), "NOT_FOUND");
  EXPECT_EQ(Unlink(&mine, elsewhere_), "NOT_FOUND");
}

TEST_F(CaseDuplicates, AnAccusedWhoWasEnteredTwiceIsLinkedToTheOther) {
  const std::string once = Charged(first_).name(), twice = Charged(first_).name();
  const v1::CaseDuplicate link = Must(Link(clerk_, twice, once));
  EXPECT_THAT(Links(counsel_, once), ElementsAre(link.name()));
  EXPECT_THAT(Link(counsel_, once, first_.name()), RefusedBy("FIELD_INVALID")) << "two kinds";
  EXPECT_THAT(Link(counsel_, once, once), RefusedBy("FIELD_INVALID"));
  EXPECT_EQ(Unread(once, counsel_), "") << "and both go on";
  EXPECT_EQ(Unread(twice, counsel_), "");
}

TEST_F(CaseDuplicates, AConflictInOneOfThemKeepsAwayFromTheLink) {
  v1::Case conflicted = first_;
  v1::DeclareCaseConflictRequest declare;
  ASSERT_EQ(Move(coordinator_, &conflicted, declare), "");
  EXPECT_THAT(Link(coordinator_, second_.name(), first_.name()), RefusedBy(rules::kConflictRecorded));
  const v1::CaseDuplicate link = Must(Link(counsel_, second_.name(), first_.name()));
  EXPECT_EQ(Must(GetLink(coordinator_, link.name())).reason(), "");
}

TEST_F(CaseDuplicates, TheOfficeThatLinkedThemTakesItBackInSight) {
  v1::CaseDuplicate link = Must(Link(counsel_, second_.name(), first_.name()));
  EXPECT_EQ(Unlink(&link, coordinator_), "NOT_THE_OWNER");
  ASSERT_EQ(Unlink(&link, counsel_), "");
  EXPECT_EQ(link.state(), v1::CASE_DUPLICATE_STATE_UNLINKED);
  EXPECT_EQ(link.unlink_reason(), "another night");
  EXPECT_EQ(Unlink(&link, counsel_), "STATE_NOT_PERMITTED");
  EXPECT_THAT(Links(counsel_, first_.name()), ElementsAre(link.name())) << "it stays to be read";
  EXPECT_OK(Link(counsel_, first_.name(), second_.name()));
}

}  // namespace
}  // namespace accord::prosecution
