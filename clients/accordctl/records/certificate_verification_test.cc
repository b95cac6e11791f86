#include "clients/accordctl/records/certificate_verification.h"

#include <gmock/gmock.h>

#include "accord/training/v1/certificate_service.pb.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

constexpr char kVerify[] = "/accord.training.v1.CertificateService/VerifyCompletionCertificate";
constexpr char kGetCertificate[] = "/accord.training.v1.CertificateService/GetCompletionCertificate";

using Verification = AgainstAGateway;

TEST_F(Verification, OfNumbersThatDoNotFitHasTheExitCodeOfWhatIsNotVerified) {
  gateway_.RefuseWith(kVerify, NotFound());
  const Said said = Run("completion-certificate verify --serial S7 --verification-code 0123-4567-89AB-CDEF");
  EXPECT_EQ(ExitCodeOf(said.status), kNotVerified) << said.status;
  EXPECT_THAT(std::string(said.status.message()), ::testing::HasSubstr("not verified"));
  gateway_.RefuseWith(kGetCertificate, NotFound());
  const Said other = Run("completion-certificate get agencies/ps-york/completionCertificates/01m8");
  EXPECT_EQ(ExitCodeOf(other.status), kNotFound) << other.status;
}

TEST_F(Verification, TakesTheCodeHoweverItWasCopied) {
  for (const char* code : {"0123456789abcdef", "0123-4567-89AB-CDEF", "0123-4567-89ab-cdef"}) {
    const Said said =
        Run(std::string("completion-certificate verify --serial s7ab --verification-code ") + code);
    EXPECT_TRUE(said.status.ok()) << said.status;
    training::v1::VerifyCompletionCertificateRequest request;
    ASSERT_TRUE(request.ParseFromString(gateway_.sent(kVerify)));
    EXPECT_EQ(request.serial(), "S7AB");
    EXPECT_EQ(request.verification_code(), "0123-4567-89AB-CDEF") << code;
  }
}

}  // namespace
}  // namespace accord::ctl
