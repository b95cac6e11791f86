#include "services/registry/lifecycles.h"

#include "common/testing/golden.h"

namespace accord::registry {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/registry/lifecycles.golden",
      {SystemLifecycle().Table(), ActorLifecycle().Table(), AccessReviewLifecycle().Table()});
}

}  // namespace
}  // namespace accord::registry
