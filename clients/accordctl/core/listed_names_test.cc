#include "clients/accordctl/core/listed_names.h"

#include <gmock/gmock.h>

#include "clients/accordctl/core/field_rule.h"

namespace accord::ctl {
namespace {

TEST(ListedNames, AreReadFromAListThatNeedsNoOtherRecord) {
  int looked_up = 0;
  for (const Command& command : Commands()) {
    const Command* list = ListForNames(command);
    if (list == nullptr) continue;
    ++looked_up;
    for (int i = 0; i < list->request()->field_count(); ++i) {
      const FieldDescriptor* field = list->request()->field(i);
      EXPECT_TRUE(!FieldRuleOf(field).required() || field->name() == "parent")
          << list->method.path << " asks for " << field->name();
    }
  }
  EXPECT_GT(looked_up, 100);
  // The accused of one case are a list too, and by name it comes first.
  const Command* get = FindCommand("get", "accused");
  ASSERT_NE(get, nullptr);
  ASSERT_NE(ListForNames(*get), nullptr);
  EXPECT_EQ(ListForNames(*get)->method.path, "/accord.prosecution.v1.AccusedService/ListBoard");
}

}  // namespace
}  // namespace accord::ctl
