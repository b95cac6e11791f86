// In these tests nobody learns from an answer whether others have something: neither by a name, nor by what
// is refused to a product's maker, nor by the shape of a list.
#include "common/testing/twins.h"
#include "services/intelligence/testing/walk_fixture.h"

namespace accord::intelligence {
namespace {

class HoldingExistence : public IntelligenceWalk {
 protected:
  // This gives Peel's product of York's report for these recipients, which another person approved.
  v1::Product Approved(const v1::Report& report, const std::vector<std::string>& recipients) {
    v1::Product product;
    EXPECT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2, recipients), peel_, &product), "");
    EXPECT_EQ(Move(peel_, &product, v1::ReviewProductRequest()), "");
    EXPECT_EQ(Move(Police("ps-peel", "second"), &product, v1::ApproveProductRequest()), "");
    return product;
  }
  std::string Issuing(const v1::Product& product, const std::string& to) {
    v1::IssueProductRequest request;
    request.set_name(product.name());
    request.set_etag(product.etag());
    request.add_recipients(to);
    request.set_request_id(RequestId());
    return testing::SeenOf(in_process_.ReplyTo(peel_, request), {to});
  }
  void Spoil(const std::string& name) {
    const absl::Status spoilt = in_process_.database().Transact([&](storage::Transaction& tx) {
      return tx.Exec("update resource set body = 'not a body' where name = :p1", name).status();
    });
    ASSERT_OK(spoilt);
  }
};

TEST_F(HoldingExistence, AMakerIsNotToldWhoHoldsAnInputByAnothersHand) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel", "ps-halton"}, york_), "");
  ASSERT_EQ(Share(report, york_, "ps-peel"), "");
  const v1::Product product = Approved(report, {"ps-halton", "ps-durham"});
  const std::string absent = Issuing(product, "ps-durham");
  EXPECT_EQ(Issuing(product, "ps-halton"), absent);
  ASSERT_EQ(Share(report, york_, "ps-halton"), "");
  EXPECT_EQ(Issuing(product, "ps-halton"), absent);
}

TEST_F(HoldingExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"ps-halton"}, &release), "");
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2), peel_, &product), "");
  v1::CreateInformationRequestRequest asked;
  asked.set_parent("agencies/ps-york");
  asked.mutable_information_request()->set_predicate_offence("279.01(1)");
  asked.mutable_information_request()->set_question("Known there?");
  asked.mutable_information_request()->set_justification("one operation");
  asked.mutable_information_request()->set_priority(v1::REQUEST_PRIORITY_ROUTINE);
  asked.mutable_information_request()->add_to("ps-peel");
  const auto request = Call<v1::InformationRequest>(york_, asked);
  ASSERT_OK(request);
  v1::Lodgement lodgement;
  lodgement.set_name("agencies/ps-york/lodgements/l1");
  lodgement.set_open(true);
  Store("lodgement", lodgement, {"ps-york", "open", {"ps-york"}, {}});
  v1::Conflict conflict;
  conflict.set_name("agencies/ps-york/conflicts/c1");
  Store("conflict", conflict, {"ps-york", "open", {"ps-york", "ci-ciso"}, {}});
  EXPECT_GT(testing::CompareTwins(
                &in_process_, {"accord.intelligence.v1",
                               {report.name(), copy.name(), release.name(), product.name(), request->name(),
                                "agencies/ps-york/lodgements/l1", conflict.name()},
                               {{"ps-durham", kPolice},
                                {"ci-other", kBureauKind},
                                {"cr-york", annotations::v1::AGENCY_KIND_CROWN}}}),
            300);
}

// The call thus takes as long as one for what does not exist.
TEST_F(HoldingExistence, OfWhatIsNotHeldNothingIsOpened) {
  const v1::Report report = Active();
  Spoil(report.name());
  EXPECT_GT(testing::CompareTwins(&in_process_, {"accord.intelligence.v1",
                                                 {report.name()},
                                                 {{"ps-durham", kPolice}, {"ci-other", kBureauKind}}}),
            50);
}

// A row that is kept back leaves no gap, and no token that leads to nothing.
TEST_F(HoldingExistence, AListOfCopiesHasTheShapeOfWhatIsOpen) {
  std::vector<v1::Report> reports;
  for (int i = 0; i < 6; ++i) {
    reports.push_back(Active());
    ASSERT_EQ(Handle(&reports.back(), v1::HANDLING_H2, {"ps-peel"}, york_), "");
    ASSERT_EQ(Share(reports.back(), york_, "ps-peel"), "");
  }
  // Two of the copies stay open.
  for (const int closed : {0, 1, 3, 5}) ASSERT_EQ(Recall(&reports[closed], york_), "");
  v1::ListReportCopiesRequest list;
  list.set_page_size(1);
  int pages = 0, copies = 0;
  do {
    const auto page = Call<v1::ListReportCopiesResponse>(peel_, list);
    ASSERT_OK(page);
    ++pages;
    copies += page->report_copies_size();
    EXPECT_EQ(page->report_copies_size(), 1);
    list.set_page_token(page->next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(copies, 2);
}

}  // namespace
}  // namespace accord::intelligence
