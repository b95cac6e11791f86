// These tests write the table of a product's life a second time: by whom, and in which state, each change
// is made.
#include "common/testing/walk.h"
#include "services/intelligence/products/product_placement.h"
#include "services/intelligence/products/product_sanitising.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

using testing::Walk;

class ProductWalk : public Intelligence {
 protected:
  // This stores York's product of a report of Peel's. From the sanitising on, Peel has agreed to its text.
  std::string StoreProduct(const std::string& state, bool sanitised) {
    v1::Product product;
    product.set_name(absl::StrCat("agencies/ps-york/products/p", ++number_));
    product.set_title("Bulletin");
    product.set_text("Text");
    product.set_kind(v1::PRODUCT_KIND_BULLETIN);
    product.set_handling(v1::HANDLING_H5);
    product.add_inputs(input_.name());
    product.set_state(static_cast<v1::ProductState>(*FromShortName(v1::ProductState_descriptor(), state)));
    if (sanitised) {
      product.set_sanitised_text("What may be told");
      product.set_sanitised_digest(SanitisedDigest(product));
      auto* agreement = product.add_agreements();
      agreement->set_agency("ps-peel");
      agreement->set_digest(product.sanitised_digest());
    }
    storage::Resources products("product", &in_process_.page_tokens());
    const absl::Status stored = in_process_.database().Transact([&](storage::Transaction& tx) {
      return products.Insert(tx, &product, {"test", "test", product.name(), in_process_.clock().Now()},
                             PlacementOf(product));
    });
    EXPECT_OK(stored);
    return product.name();
  }
  Walk OfProducts() {
    Walk walk;
    walk.service = "accord.intelligence.v1.ProductService";
    walk.agencies = {{"maker", {"ps-york", annotations::v1::AGENCY_KIND_POLICE_SERVICE}},
                     {"originator", {"ps-peel", annotations::v1::AGENCY_KIND_POLICE_SERVICE}},
                     {"stranger", {"ps-durham", annotations::v1::AGENCY_KIND_POLICE_SERVICE}},
                     {"bureau", {"ci-ciso", annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE}}};
    return walk;
  }

  const v1::Report input_ = Active("ps-peel");
  int number_ = 0;
};

TEST_F(ProductWalk, EachChangeOfAProductIsMadeByItsPartInItsState) {
  Walk walk = OfProducts();
  walk.states = {"sanitised", "approved", "issued", "withdrawn"};
  walk.make = [&](const std::string& state) { return StoreProduct(state, true); };
  walk.table = {{"ReviewProduct", {}, {}},
                {"SanitiseProduct", {"maker"}, {"sanitised"}},
                {"ApproveProduct", {"maker"}, {"sanitised"}},
                {"IssueProduct", {"maker"}, {"approved", "issued"}},
                {"WithdrawProduct", {"maker"}, {"sanitised", "approved", "issued"}},
                {"AgreeProduct", {"originator"}, {"sanitised", "approved", "issued"}},
                {"WithdrawProductAgreement", {"originator"}, {"sanitised", "approved", "issued"}}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk, {"CreateProduct"}), 100);
}

// Before a product is sanitised, only its maker is told what it was made of; after that its originators are
// told of their own inputs.
TEST_F(ProductWalk, BeforeItIsSanitisedItIsTheMakersAlone) {
  Walk walk = OfProducts();
  walk.states = {"draft", "review", "approved", "issued", "withdrawn"};
  walk.make = [&](const std::string& state) { return StoreProduct(state, false); };
  walk.table = {{"ReviewProduct", {"maker"}, {"draft"}},
                {"SanitiseProduct", {"maker"}, {"review"}},
                {"ApproveProduct", {"maker"}, {"review"}},
                {"IssueProduct", {"maker"}, {"approved", "issued"}},
                {"WithdrawProduct", {"maker"}, {"draft", "review", "approved", "issued"}},
                {"AgreeProduct", {}, {}},
                {"WithdrawProductAgreement", {}, {}}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk, {"CreateProduct"}), 120);
}

}  // namespace
}  // namespace accord::intelligence
