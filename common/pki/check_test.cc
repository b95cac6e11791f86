#include "common/pki/check.h"

#include <gmock/gmock.h>

namespace accord::pki {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TEST(CheckPair, FindsAKeyThatIsNotTheCertificates) {
  const Authority authority = *Authority::Create("Services", 1000, kNow);
  const Key key = NewTlsKey();
  const auto issued = authority.Sign(key, {.common_name = "audit",
                                           .names = {"URI:" + ServiceUri("audit")},
                                           .not_before = kNow,
                                           .not_after = kNow + absl::Hours(24)});
  const auto pair = CheckPair(issued->pem, PrivatePem(key));
  ASSERT_TRUE(pair.ok()) << pair.status();
  EXPECT_EQ(pair->not_after, kNow + absl::Hours(24));
  EXPECT_EQ(CheckPair(issued->pem, PrivatePem(NewTlsKey())).status().message(),
            "the certificate and the key are not a pair");
  EXPECT_FALSE(CheckPair("no", PrivatePem(key)).ok());
  EXPECT_FALSE(CheckPair(issued->pem, "no").ok());

  EXPECT_TRUE(CheckSignedBy(issued->pem, authority.certificate_pem()).ok());
  const auto shape = ShapeOf(
      authority
          .Sign(key, {.common_name = "gateway",
                      .names = {"URI:" + ServiceUri("gateway"), "DNS:localhost", "IP:127.0.0.1", "IP:::1"},
                      .usage = "serverAuth,clientAuth",
                      .not_before = kNow,
                      .not_after = kNow + absl::Hours(24)})
          ->pem);
  ASSERT_TRUE(shape.ok()) << shape.status();
  EXPECT_EQ(shape->common_name, "gateway");
  EXPECT_EQ(shape->usage, "serverAuth,clientAuth");
  EXPECT_THAT(shape->names, ::testing::ElementsAre("URI:" + ServiceUri("gateway"), "DNS:localhost",
                                                   "IP:127.0.0.1", "IP:::1"));

  const Authority other = *Authority::Create("Services", 1000, kNow);
  EXPECT_FALSE(CheckSignedBy(issued->pem, other.certificate_pem()).ok());
  EXPECT_TRUE(CheckSignedBy(issued->pem, other.certificate_pem() + authority.certificate_pem()).ok());
  EXPECT_FALSE(CheckSignedBy(issued->pem, "no").ok());
}

TEST(CheckServer, SaysThatNobodyAnswers) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  EXPECT_TRUE(
      absl::IsUnavailable(CheckServer("127.0.0.1:1", "localhost", authority.certificate_pem()).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(CheckServer("127.0.0.1:1", "localhost", "no").status()));
}

}  // namespace
}  // namespace accord::pki
