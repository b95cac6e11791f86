// This tests the log read by those who look for something: by time, agency, person and method, newest first.
#include "services/audit/log/entry_pages.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EntryFilters : public ALog {
 protected:
  // Entry n is of minute 20 * n; every third is the society's own call on its own record.
  void Fill(int count) {
    std::vector<v1::AuditRecord> records;
    for (int n = 0; n < count; ++n) {
      v1::AuditRecord record = Record(n, n % 3 == 0 ? "cas-york" : "ps-york", "cas-york");
      record.set_actor(n % 3 == 1 ? "member" : "supervisor");
      record.set_method(n % 2 == 0 ? "/accord.protocols.v1.ReferralService/GetReferral"
                                   : "/accord.protocols.v1.ReferralService/AcknowledgeReferral");
      *record.mutable_time() = ToProto(At(20 * n));
      records.push_back(std::move(record));
    }
    ASSERT_OK(sequencer_->Append(records));
  }
  static absl::Time At(int minute) { return absl::FromUnixSeconds(1'800'000'000) + absl::Minutes(minute); }
  std::vector<int64_t> Found(const v1::ListEntriesRequest& request, int* pages = nullptr) {
    std::vector<int64_t> indexes;
    for (const auto& entry : All("cas-york", request, pages)) indexes.push_back(entry.index());
    return indexes;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, EntryFilters, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(EntryFilters, DisclosuresAreOthersActsAlone) {
  Fill(9);
  v1::ListEntriesRequest request;
  request.set_disclosures_only(true);
  EXPECT_THAT(Found(request), ElementsAre(1, 2, 4, 5, 7, 8));
}

TEST_P(EntryFilters, NewestComeFirstOnPagesThatGoOnWhereTheLastOneEnded) {
  Fill(9);
  v1::ListEntriesRequest request;
  request.set_newest_first(true);
  request.set_page_size(2);
  int pages = 0;
  EXPECT_THAT(Found(request, &pages), ElementsAre(8, 7, 6, 5, 4, 3, 2, 1, 0));
  EXPECT_EQ(pages, 5);
  request.set_disclosures_only(true);
  EXPECT_THAT(Found(request), ElementsAre(8, 7, 5, 4, 2, 1));
}

TEST_P(EntryFilters, ATimeIsFromOneInstantUpToAnother) {
  Fill(9);
  v1::ListEntriesRequest request;
  *request.mutable_from() = ToProto(At(40));
  EXPECT_THAT(Found(request), ElementsAre(2, 3, 4, 5, 6, 7, 8));
  *request.mutable_until() = ToProto(At(100));
  EXPECT_THAT(Found(request), ElementsAre(2, 3, 4));
  request.set_newest_first(true);
  request.set_page_size(1);
  EXPECT_THAT(Found(request), ElementsAre(4, 3, 2));
  *request.mutable_until() = ToProto(At(40));
  EXPECT_THAT(Ask<v1::ListEntriesResponse>("cas-york", request).status(), RefusedBy("FIELD_INVALID"));
  *request.mutable_from() = ToProto(At(100'000));
  request.clear_until();
  EXPECT_THAT(Found(request), IsEmpty());
}

TEST_P(EntryFilters, WhatTheLogRecoveredIsFoundByWhenItWasRecorded) {
  Fill(3);
  v1::AuditRecord recovered = Record(50, "ps-york", "cas-york");
  recovered.set_phase(v1::PHASE_RECOVERED);
  *recovered.mutable_time() = ToProto(At(-100'000));
  v1::AuditRecord later = Record(51, "ps-york", "cas-york");
  *later.mutable_time() = ToProto(At(60));
  ASSERT_OK(sequencer_->Append({recovered, later}));
  v1::ListEntriesRequest request;
  *request.mutable_from() = ToProto(At(40));
  EXPECT_THAT(Found(request), ElementsAre(2, 3, 4));
}

TEST_P(EntryFilters, ATimeEndsBehindEntriesThatSayNoInstant) {
  std::vector<v1::AuditRecord> records;
  for (int n = 0; n < 400; ++n) records.push_back(Record(n, "ps-york", "cas-york"));
  // In the middle stand as many as are looked at together, and more, without an instant of their own.
  for (int n = 0; n < 400; ++n) *records[n].mutable_time() = ToProto(At(n));
  for (int n = 190; n < 230; ++n) records[n].clear_time();
  for (int n = 230; n < 270; ++n) {
    records[n].set_phase(v1::PHASE_RECOVERED);
    *records[n].mutable_time() = ToProto(At(-100'000));
  }
  // Entries that say no instant are told of for any time.
  for (int n = 300; n < 400; ++n) records[n].set_actor("member");
  ASSERT_OK(sequencer_->Append(records));
  v1::ListEntriesRequest request;
  request.set_by_actor("member");
  *request.mutable_from() = ToProto(At(350));
  *request.mutable_until() = ToProto(At(353));
  EXPECT_THAT(Found(request), ElementsAre(350, 351, 352));
  *request.mutable_until() = ToProto(At(100'000));
  EXPECT_THAT(Found(request), ::testing::SizeIs(50));
}

TEST_P(EntryFilters, AgencyPersonAndMethodNarrowTogether) {
  Fill(12);
  v1::ListEntriesRequest request;
  request.set_by_agency("ps-york");
  request.set_by_actor("member");
  EXPECT_THAT(Found(request), ElementsAre(1, 4, 7, 10));
  request.set_method("GetReferral");
  EXPECT_THAT(Found(request), ElementsAre(4, 10));
  request.set_method("/accord.protocols.v1.ReferralService/AcknowledgeReferral");
  EXPECT_THAT(Found(request), ElementsAre(1, 7));
  request.set_method("Referral");
  EXPECT_THAT(Found(request), IsEmpty()) << "a method is named by a whole word";
}

TEST_P(EntryFilters, ATokenIsOfItsOwnFiltersAlone) {
  Fill(9);
  v1::ListEntriesRequest request;
  request.set_page_size(2);
  request.set_by_actor("member");
  const auto page = Must(Ask<v1::ListEntriesResponse>("cas-york", request));
  ASSERT_NE(page.next_page_token(), "");
  request.set_page_token(page.next_page_token());
  request.set_by_actor("supervisor");
  EXPECT_THAT(Ask<v1::ListEntriesResponse>("cas-york", request).status(), RefusedBy("PAGE_TOKEN_INVALID"));
}

TEST_P(EntryFilters, APageEndsWhenManyEntriesWereLookedAtForNothingAndTheNextGoesOn) {
  Fill(30);
  EntryQuery query;
  query.agency = "cas-york";
  query.takes = [](const v1::AuditRecord& record) { return record.call_id() == "call-29"; };
  query.most_looked_at = 10;
  std::vector<int64_t> begins;
  for (int pages = 0; query.from_index >= 0 && pages < 10; ++pages) {
    begins.push_back(query.from_index);
    const auto page =
        in_process_.database().Read([&](storage::Transaction& tx) { return ListEntries(tx, query); });
    ASSERT_OK(page);
    EXPECT_EQ(page->entries.size(), pages == 2 ? 1u : 0u);
    query.from_index = page->next_index;
  }
  EXPECT_THAT(begins, ElementsAre(0, 10, 20));
}

}  // namespace
}  // namespace accord::audit
