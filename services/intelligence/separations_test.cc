// In these tests one person tries acts of intelligence that take two people.
#include "common/testing/separation_walk.h"
#include "services/intelligence/testing/walk_fixture.h"

namespace accord::intelligence {
namespace {

class IntelligenceSeparations : public IntelligenceWalk {
 protected:
  std::string StoreProduct() {
    v1::Product product;
    product.set_name(absl::StrCat("agencies/ps-york/products/p", ++records_));
    product.set_handling(v1::HANDLING_H2);
    product.add_inputs(StoreReport("active"));
    product.set_state(v1::PRODUCT_STATE_REVIEW);
    return Store("product", product, {"ps-york", "review", {"ps-york"}, {}});
  }
  std::string StoreEmergency() {
    v1::ReleaseRequest release;
    release.set_name(absl::StrCat("agencies/ci-ciso/releaseRequests/r", ++records_));
    release.set_report(StoreReport("active"));
    release.set_originator("ps-york");
    release.set_state(v1::RELEASE_STATE_PROPOSED);
    release.set_emergency(true);
    *release.mutable_due() = ToProto(in_process_.clock().Now() + absl::Hours(4));
    return Store("release_request", release, {"ci-ciso", "proposed", {"ci-ciso", "ps-york"}, {}});
  }
};

TEST_F(IntelligenceSeparations, AreOfTwoPeople) {
  const int pairs = testing::WalkSeparations(&in_process_, "accord.intelligence.v1",
                                             [&](const std::string& method) -> testing::Attempt {
                                               if (method == "GradeReport")
                                                 return {StoreReport("submitted"), analyst_};
                                               if (method == "UpdateReportDraft" || method == "SubmitReport")
                                                 return {StoreReport("draft"), york_};
                                               if (method == "ApproveProduct") return {StoreProduct(), york_};
                                               if (method == "ConfirmReportPurge")
                                                 return {StoreReport("review_due"), analyst_};
                                               if (method == "ConfirmEmergencyRelease")
                                                 return {StoreEmergency(), analyst_};
                                               ADD_FAILURE() << "nobody tries " << method;
                                               return {};
                                             });
  EXPECT_EQ(pairs, 9);
}

}  // namespace
}  // namespace accord::intelligence
