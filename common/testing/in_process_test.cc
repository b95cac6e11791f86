#include "common/testing/in_process.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "accord/host/v1/revisions.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "accord/testing/v1/echo.pb.h"
#include "common/host/revisions.h"
#include "common/storage/records/resources.h"

namespace accord::testing {
namespace {

using host::v1::ListRevisionKeysRequest;
using host::v1::ListRevisionKeysResponse;
using v1::EchoRequest;

class RpcOfARequest : public ::testing::Test {
 protected:
  RpcOfARequest() : in_process_(storage::CoreMigrations()) {
    in_process_.handlers().Unary<EchoRequest, v1::EchoResponse>(
        "/accord.testing.v1.EchoService/Echo",
        [](host::Call&, const EchoRequest&) -> absl::StatusOr<v1::EchoResponse> {
          return v1::EchoResponse();
        });
    host::RegisterRevisions("accord.registry.v1", &in_process_.handlers());
  }

  InProcess in_process_;
};

TEST_F(RpcOfARequest, IsTheOneServedHereAlthoughOtherPackagesHaveItToo) {
  EXPECT_EQ(in_process_.PathOf(ListRevisionKeysRequest::descriptor(), ListRevisionKeysResponse::descriptor()),
            "/accord.registry.v1.RevisionService/ListRevisionKeys");
  EXPECT_EQ(in_process_.PathOf(ListRevisionKeysRequest::descriptor()),
            "/accord.registry.v1.RevisionService/ListRevisionKeys");
}

TEST_F(RpcOfARequest, FailsTheTestAndNamesThoseAmongWhichItCannotBeChosen) {
  std::string path = "unset";
  EXPECT_NONFATAL_FAILURE(path = in_process_.PathOf(EchoRequest::descriptor()),
                          "accord.testing.v1.EchoService.Echo, accord.testing.v1.EchoService.EchoForPolice");
  EXPECT_EQ(path, "");
}

TEST_F(RpcOfARequest, FailsTheTestWhereNobodyTakesItOrTheAnswerIsAnother) {
  EXPECT_NONFATAL_FAILURE(in_process_.PathOf(registry::v1::System::descriptor()),
                          "0 RPCs served here take accord.registry.v1.System");
  EXPECT_NONFATAL_FAILURE(
      in_process_.PathOf(ListRevisionKeysRequest::descriptor(), registry::v1::System::descriptor()),
      "answers with accord.host.v1.ListRevisionKeysResponse, not with accord.registry.v1.System");
}

}  // namespace
}  // namespace accord::testing
