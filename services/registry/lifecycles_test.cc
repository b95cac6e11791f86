#include "services/registry/lifecycles.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/file.h"

namespace accord::registry {
namespace {

TEST(RegistryTables, EveryEventInEveryStateIsAsWritten) {
  const std::string table = absl::StrCat(SystemLifecycle().Table(), "--\n", ActorLifecycle().Table());
  const std::string path =
      std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/registry/lifecycles.golden";
  if (std::getenv("ACCORD_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << table;
  EXPECT_EQ(table, ReadFile(path).value_or(""));
}

}  // namespace
}  // namespace accord::registry
