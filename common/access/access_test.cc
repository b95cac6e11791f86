#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "common/access/decide.h"
#include "common/access/matrix.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord {
namespace {

using namespace annotations::v1;

const AccessRule& RuleNamed(const std::string& method) {
  static std::vector<Method> methods = *MethodsOf("accord.testing.v1.EchoService");
  for (const auto& m : methods) {
    if (m.descriptor->name() == method) return m.rule;
  }
  std::abort();
}

TEST(Method, EveryRpcOfThisBuildHasASoundRule) {
  for (const auto& service : AllServices(true))
    EXPECT_TRUE(MethodsOf(service).ok()) << MethodsOf(service).status();
}

TEST(Decide, NamesWhatIsMissing) {
  Caller caller{"cas-york",         AGENCY_KIND_CHILDREN_AID_SOCIETY, "cms", "w1", {ROLE_CAS_WORKER},
                PURPOSE_UNSPECIFIED};
  const auto& rule = RuleNamed("EchoForPolice");
  EXPECT_EQ(RuleOf(Decide(rule, caller)), "AGENCY_KIND_NOT_PERMITTED");
  caller.kind = AGENCY_KIND_POLICE_SERVICE;
  EXPECT_EQ(RuleOf(Decide(rule, caller)), "ROLE_NOT_PERMITTED");
  caller.roles = {ROLE_POLICE_MEMBER};
  EXPECT_EQ(RuleOf(Decide(rule, caller)), "PURPOSE_MISSING");
  caller.purpose = PURPOSE_TRAINING;
  EXPECT_EQ(RuleOf(Decide(rule, caller)), "PURPOSE_NOT_PERMITTED");
  caller.purpose = PURPOSE_CRIMINAL_INVESTIGATION;
  EXPECT_TRUE(Decide(rule, caller).ok());
}

TEST(Decide, InternalMethodsAreForNoAgency) {
  const auto methods = *MethodsOf("accord.audit.v1.AuditWriterService");
  EXPECT_EQ(RuleOf(Decide(methods[0].rule, {})), "METHOD_INTERNAL");
}

// A reviewer sees what a change opens. ACCORD_UPDATE_GOLDEN=1 writes the file anew.
TEST(AccessMatrix, IsTheGoldenFile) {
  const std::string path = std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/tests/access_matrix.golden";
  const std::string matrix = *AccessMatrix();
  if (std::getenv("ACCORD_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << matrix;
  EXPECT_EQ(ReadFile(path).value_or(""), matrix);
}

TEST(Names, RoundTrip) {
  EXPECT_EQ(PurposeName(PURPOSE_CHILD_PROTECTION), "child_protection");
  EXPECT_EQ(ParsePurpose("child_protection"), PURPOSE_CHILD_PROTECTION);
  EXPECT_FALSE(ParsePurpose("unspecified"));
  EXPECT_FALSE(ParsePurpose("curiosity"));
}

}  // namespace
}  // namespace accord
