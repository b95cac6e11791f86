#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class Products : public Intelligence {
 protected:
  // This gives a report by York that Peel was given, of which the product is made.
  v1::Report Shared() {
    v1::Report report = Active();
    EXPECT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
    EXPECT_EQ(Share(report, york_, "ps-peel"), "");
    return report;
  }
  std::string Review(v1::Product* product, const Caller& caller) {
    return Move(caller, product, v1::ReviewProductRequest());
  }
  std::string Approve(v1::Product* product, const Caller& caller) {
    return Move(caller, product, v1::ApproveProductRequest());
  }
  std::string Export(const v1::Product& product, const Caller& caller, std::string* bundle = nullptr) {
    v1::ExportProductBundleRequest request;
    request.set_name(product.name());
    v1::ExportProductBundleResponse response;
    const std::string rule = Rule(Call<v1::ExportProductBundleResponse>(caller, request), &response);
    if (bundle != nullptr) *bundle = response.bundle();
    return rule;
  }
  const Caller second_ = Police("ps-peel", "second"), third_ = Police("ps-peel", "third");
};

TEST_F(Products, AProductIsNoLooserThanItsInputs) {
  const v1::Report report = Shared();
  v1::Product product;
  EXPECT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H3), peel_, &product),
            "PRODUCT_LOOSER_THAN_INPUT");
  EXPECT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H1, {"ps-durham"}), peel_, &product),
            "HANDLING_INVALID");
  // A report that the maker does not have cannot be an input.
  EXPECT_EQ(Make(NewProduct(durham_, {report.name()}, v1::HANDLING_H2), durham_, &product), "NOT_FOUND");
  auto informed = NewProduct(peel_, {report.name()}, v1::HANDLING_H2);
  informed.mutable_product()->set_text("The informant says so.");
  EXPECT_EQ(Make(informed, peel_, &product), "SOURCE_IDENTITY");
  EXPECT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2), peel_, &product), "");
}

TEST_F(Products, WhatIsNotSanitisedGoesAsFarAsEveryOriginatorAllowsAndIsInItsLog) {
  v1::Report report = Shared();
  v1::Product product;
  ASSERT_EQ(
      Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2, {"ps-durham", "cas-york"}), peel_, &product),
      "");
  EXPECT_EQ(Issue(&product, peel_, {"ps-durham"}), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Review(&product, peel_), "");
  EXPECT_EQ(Approve(&product, peel_), "APPROVER_NOT_INDEPENDENT");
  ASSERT_EQ(Approve(&product, second_), "");
  EXPECT_EQ(Issue(&product, peel_, {"ps-halton"}), "PRODUCT_HANDLING_FORBIDS");
  EXPECT_EQ(Issue(&product, peel_, {"cas-york"}), "SANITISED_ONLY");
  EXPECT_EQ(Issue(&product, peel_, {"ps-durham"}), "NO_RELEASE");
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  ASSERT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "");
  ASSERT_EQ(Issue(&product, peel_, {"ps-durham"}), "");
  v1::ProductCopy copy;
  ASSERT_EQ(ReadCopy(product, durham_, &copy), "");
  EXPECT_EQ(copy.text(), "Taken together these vehicles are one operation.");
  v1::ListDisclosuresRequest log;
  log.set_report(report.name());
  const auto logged = Must(Call<v1::ListDisclosuresResponse>(york_, log)).report_copies();
  ASSERT_THAT(logged, SizeIs(2));
  EXPECT_EQ(logged[1].product() + logged[0].product(), product.name());
  // The log's line is no copy of the report.
  EXPECT_THAT(
      Must(Call<v1::ListReportCopiesResponse>(durham_, v1::ListReportCopiesRequest())).report_copies(),
      IsEmpty());
  // The release ends, and so does what was read by it.
  ASSERT_EQ(Answer(&release, york_, "revoke"), "");
  EXPECT_EQ(ReadCopy(product, durham_), "NOT_FOUND");
}

TEST_F(Products, ARecalledInputClosesTheProductToItsMakerToo) {
  v1::Report report = Shared();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2), peel_, &product), "");
  ASSERT_EQ(Recall(&report, york_), "");
  v1::GetProductRequest get;
  get.set_name(product.name());
  const auto seen = Must(Call<v1::Product>(peel_, get));
  EXPECT_EQ(seen.text() + seen.title(), "");
  EXPECT_THAT(Call<v1::Product>(york_, get), RefusedBy(rules::kNotFound));
}

TEST_F(Products, ARecalledInputSaysSoToTheMakerWhoHadIt) {
  v1::Report report = Shared();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2), peel_, &product), "");
  ASSERT_EQ(Review(&product, peel_), "");
  EXPECT_THAT(product.recalled_inputs(), IsEmpty());
  ASSERT_EQ(Recall(&report, york_), "");
  v1::GetProductRequest get;
  get.set_name(product.name());
  const auto seen = Must(Call<v1::Product>(peel_, get));
  EXPECT_THAT(seen.recalled_inputs(), ElementsAre(report.name()));
  EXPECT_EQ(Sanitise(&product, second_), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Approve(&product, third_), "REPORT_NOT_ACTIVE");
  // The recipient reads nothing of the report itself.
  EXPECT_EQ(Unread(report.name(), peel_), "NOT_FOUND");
}

TEST_F(Products, OfAnInputThatWasLostBeforeItsMakerHearsNoRecall) {
  v1::Report report = Shared();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2), peel_, &product), "");
  ASSERT_EQ(Review(&product, peel_), "");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H1, {}, york_), "");
  v1::GetProductRequest get;
  get.set_name(product.name());
  const std::string before = Must(Call<v1::Product>(peel_, get)).SerializeAsString();
  ASSERT_EQ(Recall(&report, york_), "");
  EXPECT_EQ(Must(Call<v1::Product>(peel_, get)).SerializeAsString(), before);
  EXPECT_EQ(Sanitise(&product, second_), "NOT_FOUND");
}

TEST_F(Products, ARecalledInputClosesASanitisedProductToTheOtherOriginatorsToo) {
  const v1::Report york = Shared();
  v1::Report durham = Active("ps-durham");
  ASSERT_EQ(Handle(&durham, v1::HANDLING_H2, {"ps-peel"}, durham_), "");
  ASSERT_EQ(Share(durham, durham_, "ps-peel"), "");
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(peel_, {york.name(), durham.name()}, v1::HANDLING_H5), peel_, &product), "");
  ASSERT_EQ(Review(&product, peel_), "");
  ASSERT_EQ(Sanitise(&product, second_), "");
  v1::GetProductRequest get;
  get.set_name(product.name());
  EXPECT_EQ(Must(Call<v1::Product>(york_, get)).sanitised_text(), "Watch hotels.");
  ASSERT_EQ(Recall(&durham, durham_), "");
  const auto seen = Must(Call<v1::Product>(york_, get));
  EXPECT_EQ(seen.title() + seen.sanitised_text(), "");
}

TEST_F(Products, SanitisedItGoesToPartnersOnceEveryOriginatorAgrees) {
  v1::Report report = Shared();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H5), peel_, &product), "");
  ASSERT_EQ(Review(&product, peel_), "");
  EXPECT_EQ(Approve(&product, second_), "NOT_SANITISED");
  v1::SanitiseProductRequest unsure;
  unsure.set_sanitised_text("Watch hotels.");
  unsure.mutable_checklist()->set_no_source(true);
  EXPECT_EQ(Move(second_, &product, unsure), "CHECKLIST_INCOMPLETE");
  EXPECT_EQ(Sanitise(&product, second_, "Our informant says: watch hotels."), "SOURCE_IDENTITY");
  ASSERT_EQ(Sanitise(&product, second_), "");
  EXPECT_EQ(Approve(&product, second_), "APPROVER_NOT_INDEPENDENT");
  EXPECT_EQ(Approve(&product, third_), "AGREEMENT_MISSING");
  // The originator sees what it must agree to, and no more.
  v1::GetProductRequest get;
  get.set_name(product.name());
  auto asked = Call<v1::Product>(york_, get).value();
  EXPECT_EQ(asked.text(), "");
  EXPECT_EQ(asked.sanitised_text(), "Watch hotels.");
  EXPECT_EQ(Agree(&product, peel_), "NOT_THE_ORIGINATOR");
  v1::Product other = asked;
  other.set_sanitised_digest("0");
  EXPECT_EQ(Agree(&other, york_), "DIGEST_MISMATCH");
  ASSERT_EQ(Agree(&asked, york_), "");
  // A new text needs new agreements.
  product.set_etag(asked.etag());
  ASSERT_EQ(Sanitise(&product, second_, "Watch hotels along the highway."), "");
  EXPECT_EQ(Approve(&product, third_), "AGREEMENT_MISSING");
  ASSERT_EQ(Agree(&(asked = product), york_), "");
  product.set_etag(asked.etag());
  ASSERT_EQ(Approve(&product, third_), "");
  EXPECT_EQ(Export(product, peel_), "PRODUCT_NOT_ISSUED");
  ASSERT_EQ(Issue(&product, peel_, {"vs-york", "ps-durham"}), "");
  v1::ProductCopy copy;
  ASSERT_EQ(ReadCopy(product, shelter_, &copy), "");
  EXPECT_EQ(copy.text(), "Watch hotels along the highway.");
  std::string bundle;
  ASSERT_EQ(Export(product, peel_, &bundle), "");
  EXPECT_THAT(bundle, ::testing::HasSubstr("Watch hotels along the highway."));
  EXPECT_THAT(bundle, ::testing::Not(::testing::HasSubstr("one operation")));
  ASSERT_EQ(Move(peel_, &product, v1::WithdrawProductRequest()), "");
  EXPECT_EQ(ReadCopy(product, shelter_), "NOT_FOUND");
}

// A society has intelligence in no form (docs/domain.md 8). The gateway refuses to issue a product to one,
// and what was issued before opens no more.
TEST_F(Products, NoCopyOpensToASociety) {
  v1::GetProductCopyRequest get;
  get.set_name("agencies/ps-peel/products/p1/copies/cas-york");
  EXPECT_THAT(Call<v1::ProductCopy>(society_, get), RefusedBy(rules::kAgencyKindNotPermitted));
  EXPECT_THAT(Call<v1::ListProductCopiesResponse>(society_, v1::ListProductCopiesRequest()),
              RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_F(Products, ASanitisedTextNamesNoVictim) {
  v1::CreateReportRequest request = NewReport();
  auto* victim = request.mutable_report()->add_entities();
  victim->set_id("v");
  victim->set_kind(v1::ENTITY_KIND_PERSON_VICTIM);
  victim->set_value("Jane Doe");
  v1::Report report;
  ASSERT_EQ(Rule(Call<v1::Report>(york_, request), &report), "");
  ASSERT_EQ(Move(york_, &report, v1::SubmitReportRequest()), "");
  ASSERT_EQ(Grade(&report, analyst_), "");
  ASSERT_EQ(Decide(&report, "activate", coordinator_), "");
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(york_, {report.name()}, v1::HANDLING_H5), york_, &product), "");
  ASSERT_EQ(Review(&product, york_), "");
  for (const char* text :
       {"One JANE DOE was moved.", "One Jane\nDoe was moved.", "One Jan\u00e9 Doe was moved.",
        "One Jane\u00a0Doe was moved.", "One Ja\u200bne Doe was moved."}) {
    EXPECT_EQ(Sanitise(&product, york_, text), "VICTIM_IDENTIFIED") << text;
  }
  EXPECT_EQ(Sanitise(&product, york_), "");
}

TEST_F(Products, NothingLeavesAsAFileThatGoesToNamedAgenciesOnly) {
  v1::Report report = Shared();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(peel_, {report.name()}, v1::HANDLING_H2, {"ps-durham"}), peel_, &product), "");
  ASSERT_EQ(Review(&product, peel_), "");
  ASSERT_EQ(Sanitise(&product, second_), "");
  v1::Product theirs = product;
  ASSERT_EQ(Agree(&theirs, york_), "");
  product.set_etag(theirs.etag());
  ASSERT_EQ(Approve(&product, third_), "");
  ASSERT_EQ(Issue(&product, peel_, {"ps-durham"}), "");
  EXPECT_EQ(Export(product, peel_), "PRODUCT_HANDLING_FORBIDS");
}

}  // namespace
}  // namespace accord::intelligence
