#include "services/intelligence/lifecycles.h"

#include "common/testing/golden.h"

namespace accord::intelligence {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden("services/intelligence/lifecycles.golden",
                        {PositionLifecycle().Table(), PortfolioLifecycle().Table(), ReportLifecycle().Table(),
                         ReleaseLifecycle().Table(), RequestLifecycle().Table(),
                         PurgeNoticeLifecycle().Table(), ProductLifecycle().Table()});
}

}  // namespace
}  // namespace accord::intelligence
