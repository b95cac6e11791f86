// This tests what an upload says of a file that it cannot take, before anything is sent.
#include <gmock/gmock.h>

#include <string>

#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::FailsWith;
using accord::testing::RefusedBy;
using ::testing::HasSubstr;

class AttachmentUpload : public AgainstAGateway {
 protected:
  absl::Status Of(const std::string& file) {
    return Run("attachment upload " + file + " --about agencies/ps-york/referrals/r1 --readers both").status;
  }
};

TEST_F(AttachmentUpload, SaysTheFileThatCannotBeReadAndWhy) {
  const absl::Status absent = Of(path("nowhere.pdf"));
  EXPECT_THAT(absent, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(absent.message()), HasSubstr("nowhere.pdf: No such file or directory"));
  const absl::Status folder = Of("/tmp");
  EXPECT_THAT(folder, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(folder.message()), HasSubstr("/tmp: Is a directory"));
}

TEST_F(AttachmentUpload, OfAnEmptyFileSaysThatItIsEmpty) {
  const std::string file = path("empty.pdf");
  ASSERT_OK(WriteFile(file, "", FileKind::kPrivate));
  EXPECT_THAT(Of(file), FailsWith(absl::StatusCode::kInvalidArgument, "empty.pdf: is empty"));
}

TEST(AttachmentDownload, WritesNoFileCalledAsStandardOutputIs) {
  EXPECT_THAT(FaultOfFileToWrite("-"), HasSubstr("a file is wanted"));
  EXPECT_EQ(FaultOfFileToWrite("file.pdf"), "");
}

}  // namespace
}  // namespace accord::ctl
