// This tests a key of the duty desk, a pack that is sealed for it, and what opens it.
#include <gmock/gmock.h>

#include <string>

#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/envelope.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using accord::testing::Must;
using accord::testing::RefusedBy;
using ::testing::HasSubstr;

class ContinuityCommand : public CommandLine {
 protected:
  absl::Status Status(const std::string& line) {
    EXPECT_EQ(Said(line), "") << line;
    ::testing::internal::CaptureStdout();
    const absl::Status status = session_.action();
    ::testing::internal::GetCapturedStdout();
    return status;
  }

  accord::testing::TempDir directory_;
};

TEST_F(ContinuityCommand, OpensWithoutAGatewayWhatWasSealedForTheDutyDesk) {
  const std::string folder = directory_.path("desk");
  EXPECT_THAT(Ran("continuity key --out " + folder), HasSubstr("keep it where the duty desk is"));
  const std::string certificate = Must(ReadFile(folder + "/duty.crt"));
  const std::string pack = directory_.path("pack.cms");
  ASSERT_OK(WriteFile(pack, Must(pki::SealFor(certificate, "<p>call 905-555-0199</p>")), FileKind::kPrivate));
  EXPECT_EQ(Ran("continuity open " + pack + " --key " + folder + "/duty.key"), "<p>call 905-555-0199</p>");
}

TEST_F(ContinuityCommand, RefusesAnotherDesksKey) {
  Ran("continuity key --out " + directory_.path("desk"));
  Ran("continuity key --out " + directory_.path("other"));
  const std::string pack = directory_.path("pack.cms");
  const std::string certificate = Must(ReadFile(directory_.path("desk") + "/duty.crt"));
  ASSERT_OK(WriteFile(pack, Must(pki::SealFor(certificate, "page")), FileKind::kPrivate));
  EXPECT_THAT(Status("continuity open " + pack + " --key " + directory_.path("other") + "/duty.key"),
              RefusedBy(rules::kPackNotOpened));
}

}  // namespace
}  // namespace accord::ctl
