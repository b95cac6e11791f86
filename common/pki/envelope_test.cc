#include "common/pki/envelope.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/pki/authority.h"

namespace accord::pki {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The text is longer than one block of the cipher and of base 64, and has bytes that are not text.
const std::string& Plain() {
  static const auto* plain =
      new std::string(std::string(5000, 'p') + "duty desk\r\n\n" + std::string(3, '\0'));
  return *plain;
}

class Envelopes : public ::testing::Test {
 protected:
  std::string CertificateFor(const Key& key) {
    const Shape shape{.common_name = "duty desk",
                      .not_before = absl::Now() - absl::Minutes(1),
                      .not_after = absl::Now() + absl::Hours(24)};
    const auto issued = authority_.Sign(key, shape, absl::Now());
    EXPECT_TRUE(issued.ok()) << issued.status();
    return issued.ok() ? issued->pem : "";
  }

  const Authority authority_ = *Authority::Create("Continuity", 30, absl::Now());
  const Key key_ = NewTlsKey();
};

TEST_F(Envelopes, AreOpenedByTheKeyOfTheCertificateAlone) {
  const auto sealed = SealFor(CertificateFor(key_), Plain());
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_THAT(*sealed, StartsWith("-----BEGIN CMS-----\n"));
  EXPECT_THAT(*sealed, Not(HasSubstr("duty")));
  const auto opened = OpenEnvelope(*sealed, key_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(*opened, Plain());
  EXPECT_EQ(RuleOf(OpenEnvelope(*sealed, NewTlsKey()).status()), "PACK_NOT_OPENED");
}

TEST_F(Envelopes, ThatWereChangedAreNotOpened) {
  std::string sealed = *SealFor(CertificateFor(key_), Plain());
  // This changes a letter of the cipher text, before its tag.
  const std::size_t at = sealed.size() - 300;
  sealed[at] = sealed[at] == 'A' ? 'B' : 'A';
  EXPECT_EQ(RuleOf(OpenEnvelope(sealed, key_).status()), "PACK_NOT_OPENED");
  EXPECT_EQ(RuleOf(OpenEnvelope("no envelope", key_).status()), "PACK_NOT_OPENED");
  EXPECT_EQ(RuleOf(OpenEnvelope("", key_).status()), "PACK_NOT_OPENED");
}

TEST_F(Envelopes, AreMadeForNoKeyThatOnlySigns) {
  EXPECT_EQ(RuleOf(SealFor(CertificateFor(NewSigningKey()), Plain()).status()), "PACK_CERTIFICATE_UNFIT");
  EXPECT_EQ(RuleOf(SealFor("no certificate", Plain()).status()), "PACK_CERTIFICATE_UNFIT");
}

}  // namespace
}  // namespace accord::pki
