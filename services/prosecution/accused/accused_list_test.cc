// These tests show who lists the accused of one case, and that none is missing whatever became of them.
#include <string>
#include <utility>
#include <vector>

#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::Not;

class AccusedLists : public ProsecutionFixture {
 protected:
  static v1::ListAccusedRequest Asking(const std::string& of, int page_size = 0) {
    v1::ListAccusedRequest request;
    request.set_case_(of);
    request.set_page_size(page_size);
    return request;
  }
  // This gives the accused on all pages.
  std::vector<v1::Accused> Listed(const Caller& caller, v1::ListAccusedRequest request) {
    std::vector<v1::Accused> accused;
    do {
      const auto page = Must(Call<v1::ListAccusedResponse>(caller, request));
      accused.insert(accused.end(), page.accused().begin(), page.accused().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return accused;
  }
  static std::vector<std::string> NamesOf(const std::vector<v1::Accused>& accused) {
    std::vector<std::string> names;
    for (const auto& each : accused) names.push_back(each.name());
    return names;
  }
  // This charges an accused a minute after the one before, so that their names are in this order.
  v1::Accused ChargedLater(const v1::Case& of) {
    in_process_.clock().Advance(absl::Minutes(1));
    return Charged(of);
  }
  void Conclude(v1::Accused* accused) {
    PleadAndConclude(accused, absl::CivilDay(2026, 2, 1), "The accused has died.");
  }
};

TEST_F(AccusedLists, HoldEveryAccusedOfTheCaseAlsoWhoIsConcluded) {
  const v1::Case item = Assigned("26-1001"), other = Assigned("26-2002");
  v1::Accused first = ChargedLater(item);
  const v1::Accused second = ChargedLater(item), elsewhere = ChargedLater(other);
  Conclude(&first);
  EXPECT_THAT(Board(counsel_), Not(::testing::Contains(first.name())))
      << "it has those who are not concluded";
  for (const Caller& caller : {counsel_, coordinator_, clerk_}) {
    for (const int page_size : {0, 1, 2}) {
      EXPECT_THAT(NamesOf(Listed(caller, Asking(item.name(), page_size))),
                  ElementsAre(first.name(), second.name()))
          << caller.actor;
    }
    EXPECT_THAT(NamesOf(Listed(caller, Asking(other.name()))), ElementsAre(elsewhere.name()));
  }
  // Each accused in the list equals the one that is read by its name, with what is not stored.
  for (const Caller& caller : {counsel_, coordinator_, clerk_}) {
    for (const v1::Accused& accused : Listed(caller, Asking(item.name()))) {
      EXPECT_EQ(accused.SerializeAsString(), Read(accused.name(), caller).SerializeAsString())
          << caller.actor;
    }
  }
  EXPECT_EQ(Listed(counsel_, Asking(item.name()))[0].stage(), v1::STAGE_CONCLUDED);
  EXPECT_EQ(Listed(counsel_, Asking(item.name()))[0].information_number(), "26-1001");
}

TEST_F(AccusedLists, AreOfCasesThatTheirReaderReadsAndMaskedAsASingleOneIs) {
  const v1::Case item = Assigned();
  Charged(item);
  EXPECT_THAT(Call<v1::ListAccusedResponse>(counsel_, Asking("agencies/cr-york/cases/none")),
              RefusedBy(rules::kNotFound));
  for (const Caller& nobody : {colleague_, team_, elsewhere_}) {
    EXPECT_THAT(Call<v1::ListAccusedResponse>(nobody, Asking(item.name())), RefusedBy(rules::kNotFound))
        << nobody.agency << " " << nobody.actor;
  }
  EXPECT_EQ(Listed(counsel_, Asking(item.name()))[0].accused_ref(), "accused-one-1");
  const v1::Accused dates = Listed(clerk_, Asking(item.name()))[0];
  EXPECT_EQ(dates.accused_ref(), "");
  EXPECT_EQ(dates.charge_date(), "2026-01-15");
}

}  // namespace
}  // namespace accord::prosecution
