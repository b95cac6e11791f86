#include "services/training/lifecycles.h"

#include "common/testing/golden.h"

namespace accord::training {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/training/lifecycles.golden",
      {CourseLifecycle().Table(), OfferingLifecycle().Table(), EnrolmentLifecycle().Table(),
       ModelLifecycle().Table(), ImportLifecycle().Table(), CompletionCertificateLifecycle().Table()});
}

}  // namespace
}  // namespace accord::training
