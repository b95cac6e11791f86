// These tests show how lists of support cases are narrowed and ordered, and for whom, on both databases.
#include <string>
#include <utility>
#include <vector>

#include "common/storage/records/list_index.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SupportCaseLists : public SupportsFixture, public ::testing::WithParamInterface<bool> {
 protected:
  SupportCaseLists() : SupportsFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  static v1::ListSupportCasesRequest Asking(const std::string& filter, const std::string& order_by = "",
                                            int page_size = 0) {
    v1::ListSupportCasesRequest request;
    request.set_filter(filter);
    request.set_order_by(order_by);
    request.set_page_size(page_size);
    return request;
  }
  // This gives the names on all pages.
  std::vector<std::string> Listed(const Caller& caller, v1::ListSupportCasesRequest request) {
    std::vector<std::string> names;
    do {
      const auto page = Must(Call<v1::ListSupportCasesResponse>(caller, request));
      for (const auto& item : page.support_cases()) names.push_back(item.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  // This makes each case a minute after the one before, so that their ages differ.
  v1::SupportCase OpenedLater(v1::SupportProgram program = v1::SUPPORT_PROGRAM_VCAO) {
    in_process_.clock().Advance(absl::Minutes(1));
    v1::CreateSupportCaseRequest request = NewCase();
    request.mutable_support_case()->set_program(program);
    request.mutable_support_case()->set_charge_laid(v1::CHARGE_LAID_YES);
    return Must(Call<v1::SupportCase>(worker_, request));
  }
  void Close(v1::SupportCase* item) {
    v1::AdvanceSupportCaseRequest request;
    request.set_event("close");
    request.set_outcome("housed");
    EXPECT_EQ(Move(worker_, item, request), "");
  }
  // This leaves the database as the older version left it, which wrote no rows of fields.
  void ForgetFields() {
    EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
      return tx.Exec("delete from visible where kind = 'support_case' and substr(field, 1, 1) = :p1", ":")
          .status();
    }));
  }
  void RunStep(int version) {
    int found = 0;
    for (const auto& step : SupportsMigrations()) {
      if (step.version != version) continue;
      ++found;
      EXPECT_OK(in_process_.database().Transact(
          [&](storage::Transaction& tx) { return tx.Exec(step.sql).status(); }));
    }
    EXPECT_EQ(found, 1) << "no step has the number " << version;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, SupportCaseLists, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(SupportCaseLists, AreNarrowedAndOrderedOverPagesOfAnyLength) {
  const v1::SupportCase first = OpenedLater(), second = OpenedLater(v1::SUPPORT_PROGRAM_VWAP);
  v1::SupportCase third = OpenedLater();
  Close(&third);
  for (const Caller& caller : {worker_, manager_}) {
    for (const int page_size : {0, 1, 2}) {
      EXPECT_THAT(Listed(caller, Asking("", "create_time desc", page_size)),
                  ElementsAre(third.name(), second.name(), first.name()));
      EXPECT_THAT(Listed(caller, Asking("state = open", "create_time desc", page_size)),
                  ElementsAre(second.name(), first.name()));
      EXPECT_THAT(Listed(caller, Asking("state = open AND program = vwap", "", page_size)),
                  ElementsAre(second.name()));
      EXPECT_THAT(Listed(caller, Asking("opened_on = 2026-11-24 AND state = closed", "", page_size)),
                  ElementsAre(third.name()));
    }
    EXPECT_THAT(Listed(caller, Asking("opened_on < 2026-11-24")), IsEmpty());
  }
}

TEST_P(SupportCaseLists, HoldNothingOfCasesThatTheirReaderDoesNotWorkIn) {
  v1::SupportCase item = OpenedLater();
  const v1::ListSupportCasesRequest open = Asking("state = open", "create_time");
  for (const Caller& nobody : {colleague_, receiver_, stranger_}) {
    EXPECT_THAT(Listed(nobody, open), IsEmpty()) << nobody.actor;
  }
  v1::AssignSupportCaseWorkerRequest assign;
  assign.set_worker("colleague");
  ASSERT_EQ(Move(manager_, &item, assign), "");
  v1::RemoveSupportCaseWorkerRequest remove;
  remove.set_worker("worker");
  ASSERT_EQ(Move(manager_, &item, remove), "");
  EXPECT_THAT(Listed(colleague_, open), ElementsAre(item.name()));
  EXPECT_THAT(Listed(worker_, open), IsEmpty()) << "who works in it no more";
  // A filter reveals a value, so a manager cannot filter by what he or she is not shown.
  EXPECT_THAT(Call<v1::ListSupportCasesResponse>(manager_, Asking("subject_ref = x")),
              RefusedBy(rules::kFieldInvalid));
}

TEST_P(SupportCaseLists, KnowWhatWasStoredBeforeTheyWereNarrowedOnceItIsIndexed) {
  const v1::SupportCase item = OpenedLater();
  ForgetFields();
  RunStep(230);
  EXPECT_THAT(Call<v1::ListSupportCasesResponse>(worker_, Asking("state = open")),
              RefusedBy(rules::kListNotReady));
  EXPECT_THAT(Listed(worker_, Asking("")), ElementsAre(item.name())) << "the list as such is whole";
  const auto indexed = in_process_.database().Transact(
      [](storage::Transaction& tx) { return storage::ListOlder(tx, "supports", 10); });
  EXPECT_EQ(Must(indexed), 1);
  EXPECT_THAT(Listed(worker_, Asking("state = open", "create_time")), ElementsAre(item.name()));
}

}  // namespace
}  // namespace accord::supports
