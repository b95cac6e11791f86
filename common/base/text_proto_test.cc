#include "common/base/text_proto.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "accord/host/v1/config.pb.h"

namespace accord {
namespace {

TEST(TextProto, OfAnotherProcessGivesWhatIsKnownOfItsConfiguration) {
  std::string folder = (std::filesystem::temp_directory_path() / "accord-text-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string file = folder + "/config";
  std::ofstream(file) << "of_its_own { any: 1 }\nhost { name: \"training\" of_a_later_version: 7 }\n";
  host::v1::ServiceConfig config;
  EXPECT_TRUE(ReadConfigPart(file, &config).ok());
  EXPECT_EQ(config.host().name(), "training");
  std::ofstream(file) << "host {";
  EXPECT_TRUE(absl::IsInvalidArgument(ReadConfigPart(file, &config)));
  EXPECT_TRUE(absl::IsNotFound(ReadConfigPart(folder + "/nowhere", &config)));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace accord
