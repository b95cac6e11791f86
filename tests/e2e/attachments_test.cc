// In this test a society attaches a file and the police read it, by the real accordctl against the
// real processes.
#include <fstream>

#include "common/base/file.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

using ::testing::HasSubstr;

class AttachedFiles : public ACase {
 protected:
  AttachedFiles()
      : society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR}, {"worker", ROLE_CAS_WORKER}})),
        police_(Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}})) {
    ctl_.SetContext("society", identities_.at("cas-york"), "worker", "child_protection");
    ctl_.SetContext("police", identities_.at("ps-york"), "member", "criminal_investigation");
  }
  std::string Path(const std::string& name) const { return stack_.directory().path(name); }
  Ran Upload(const std::string& file) const {
    return ctl_(absl::StrCat("--context society attachment upload ", Path(file), " --about ", referral_,
                             " --readers both -o name"));
  }

  const Accordctl ctl_{stack_};
  AgencyClient society_, police_;
  const std::string referral_ = society_
                                    .Call<Referral>(kReferrals + "CreateReferral", "worker",
                                                    "child_protection", Letter(Agree(society_, police_)))
                                    ->name();
};

TEST_F(AttachedFiles, AreReadByTheOtherSideAsTheyWereSent) {
  const std::string content = "%PDF-1.7\n" + std::string(600000, 'p');
  std::ofstream(Path("statement.pdf")) << content;
  const Ran sent = Upload("statement.pdf");
  ASSERT_EQ(sent.code, 0) << sent.said;
  EXPECT_THAT(sent.said, HasSubstr("agencies/cas-york/attachments/both-"));
  const std::string name = sent.said.substr(0, sent.said.find('\n'));
  const Ran read =
      ctl_(absl::StrCat("--context police attachment download ", name, " --out ", Path("read.pdf")));
  ASSERT_EQ(read.code, 0) << read.said;
  EXPECT_EQ(ReadFile(Path("read.pdf")).value_or(""), content);
}

TEST_F(AttachedFiles, ThatArePicturesAreRefusedWithAdvice) {
  std::ofstream(Path("statement.pdf")) << "\x89PNG\r\n\x1a\n....";
  const Ran sent = Upload("statement.pdf");
  EXPECT_NE(sent.code, 0);
  EXPECT_THAT(sent.said, HasSubstr("ATTACHMENT_TYPE"));
}

}  // namespace
}  // namespace accord::e2e
