// These tests show what a record said before, for people of the Crown office that owns it, as they may read
// it now.
#include "accord/host/v1/history.pb.h"
#include "common/storage/retention/retention.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using host::v1::ListRecordRevisionsRequest;
using host::v1::ListRecordRevisionsResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class History : public ProsecutionFixture {
 protected:
  static ListRecordRevisionsRequest Of(const std::string& name) {
    ListRecordRevisionsRequest request;
    request.set_name(name);
    return request;
  }
  absl::StatusOr<ListRecordRevisionsResponse> Asked(const Caller& who, const std::string& name) {
    return Call<ListRecordRevisionsResponse>(who, Of(name));
  }
  static const host::v1::FieldChange* ChangeOf(const ListRecordRevisionsResponse& history,
                                               const std::string& path) {
    for (const auto& revision : history.revisions()) {
      for (const auto& change : revision.changes()) {
        if (change.path() == path) return &change;
      }
    }
    return nullptr;
  }
  static std::vector<std::string> Actors(const ListRecordRevisionsResponse& history) {
    std::vector<std::string> actors;
    for (const auto& revision : history.revisions()) actors.push_back(revision.actor());
    return actors;
  }
};

TEST_F(History, SaysOfEachVersionWhoStoredItAndWhatItChanged) {
  const v1::Case item = Assigned();
  const auto history = Must(Asked(counsel_, item.name()));
  EXPECT_EQ(history.revisions(0).agency(), "cr-york");
  // The provincial team assigned the Crown, and nothing in the case names it: its people are told as in
  // the feed.
  EXPECT_THAT(Actors(history), ElementsAre("counsel", ""));
  EXPECT_EQ(history.revisions(1).agency(), "");
  EXPECT_EQ(history.revisions(1).version(), 2);
  const auto* number = ChangeOf(history, "information_number");
  ASSERT_NE(number, nullptr) << "the first version says what it began with";
  EXPECT_EQ(number->before(), "");
  EXPECT_EQ(number->after(), "26-1001");
  const auto* lead = ChangeOf(history, "assignments[0].crown");
  ASSERT_NE(lead, nullptr) << history.DebugString();
  EXPECT_EQ(lead->after(), "counsel");
}

TEST_F(History, IsTheOwnAgencysAloneAndHidesWhatIsHidden) {
  const v1::Case item = Assigned();
  EXPECT_THAT(Asked(elsewhere_, item.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Asked(elsewhere_, "agencies/cr-york/cases/none"), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Asked(counsel_, "agencies/cr-york/cases/none"), RefusedBy(rules::kNotFound));
  // The provincial team may read a flagged case, which belongs to York's Crown office.
  v1::GetCaseRequest get;
  get.set_name(item.name());
  ASSERT_THAT(Call<v1::Case>(coordinator_, get), IsOk());
  EXPECT_THAT(Asked(coordinator_, item.name()), RefusedBy(rules::kNotTheOwner));
}

TEST_F(History, OfAKindThatHasNoneIsRefusedByItsNameAlone) {
  const v1::Case item = Assigned();
  const v1::LinkToken link = Must(Call<v1::LinkToken>(counsel_, LinkTo(item)));
  EXPECT_THAT(Asked(counsel_, link.name()), RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(Asked(elsewhere_, link.name()), RefusedBy(rules::kFieldInvalid));
}

TEST_F(History, TellsWithoutItsValuesWhatTheReaderMayNotRead) {
  const v1::Case item = Assigned();
  const std::string seen = Must(Asked(counsel_, item.name())).DebugString();
  EXPECT_THAT(seen, HasSubstr("victim-of-york-1"));
  const auto masked = Must(Asked(clerk_, item.name()));
  EXPECT_THAT(masked.DebugString(), Not(HasSubstr("victim-of-york-1")));
  int told = 0;
  for (const auto& revision : masked.revisions()) {
    for (const auto& change : revision.changes()) {
      if (!change.masked()) continue;
      ++told;
      EXPECT_EQ(change.before() + change.after(), "") << change.DebugString();
    }
  }
  EXPECT_GT(told, 0);
}

TEST_F(History, ComesInPagesThatGoOnWithTheVersionBefore) {
  const v1::Case item = Assigned();
  const auto whole = Must(Asked(counsel_, item.name()));
  ListRecordRevisionsRequest request = Of(item.name());
  request.set_page_size(1);
  ListRecordRevisionsResponse pages;
  do {
    const auto page = Must(Call<ListRecordRevisionsResponse>(counsel_, request));
    ASSERT_THAT(page.revisions(), SizeIs(1));
    *pages.add_revisions() = page.revisions(0);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(pages.DebugString(), whole.DebugString());
}

TEST_F(History, EndsAPageBeforeItsPathsMakeItTooLarge) {
  v1::Case item = Assigned();
  // Each stored element has a few bytes, and its path as sent has several times as many.
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    storage::Resources cases("case", &in_process_.page_tokens());
    for (int version = 0; version < 12; ++version) {
      item.mutable_assignments()->DeleteSubrange(1, item.assignments_size() - 1);  // Counsel stays.
      for (int i = 0; i < 5000; ++i) item.add_assignments()->set_crown(version % 2 == 0 ? "a" : "b");
      const storage::Write write{"cr-york", counsel_.actor, absl::StrCat("long-", version),
                                 in_process_.clock().Now()};
      const std::string etag = item.etag();
      ACCORD_RETURN_IF_ERROR(cases.Update(tx, &item, etag, write, {"cr-york", "", {"cr-york"}, {}}));
    }
    return absl::OkStatus();
  }));
  ListRecordRevisionsRequest request = Of(item.name());
  std::vector<int64_t> versions;
  int pages = 0;
  do {
    const auto page = Must(Call<ListRecordRevisionsResponse>(counsel_, request));
    ASSERT_FALSE(page.revisions().empty());
    EXPECT_LT(page.ByteSizeLong(), storage::kPageBytes + (std::size_t{1} << 10));
    for (const auto& revision : page.revisions()) versions.push_back(revision.version());
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_GT(pages, 1);
  EXPECT_THAT(versions, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
}

TEST_F(History, SaysNothingOfWhatWasErased) {
  v1::Case item = Assigned();
  const storage::Write write{"cr-york", counsel_.actor, "erases", in_process_.clock().Now()};
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(storage::EraseContent(tx, "case", item.name()));
    item.clear_information_number();
    const std::string etag = item.etag();
    storage::Resources cases("case", &in_process_.page_tokens());
    return cases.Update(tx, &item, etag, write, {"cr-york", "", {"cr-york"}, {}});
  }));
  const auto history = Must(Asked(counsel_, item.name()));
  ASSERT_THAT(history.revisions(), SizeIs(3));
  EXPECT_THAT(history.revisions(0).changes(), IsEmpty());
  EXPECT_THAT(history.revisions(1).changes(), IsEmpty());
  EXPECT_NE(ChangeOf(history, "court_region"), nullptr);
  EXPECT_THAT(history.DebugString(), Not(HasSubstr("26-1001")));
}

TEST_F(History, IsDisclosedInTheLogByTheNameOfTheRecord) {
  const v1::Case item = Assigned();
  const std::string path = "/accord.prosecution.v1.ChangeService/ListRecordRevisions";
  const std::string request = Of(item.name()).SerializeAsString();
  const auto call = Must(in_process_.Begin(path, counsel_, request));
  const host::Reply reply = Must(in_process_.handlers().Unary(path, *call, request));
  ASSERT_THAT(reply.touched.resources(), SizeIs(1));
  EXPECT_EQ(reply.touched.resources(0).name(), item.name());
}

}  // namespace
}  // namespace accord::prosecution
