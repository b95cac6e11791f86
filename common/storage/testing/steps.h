// This compares a service's migration files with the migrations that a function adds.
#ifndef ACCORD_COMMON_STORAGE_TESTING_STEPS_H_
#define ACCORD_COMMON_STORAGE_TESTING_STEPS_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "common/storage/database/database.h"

namespace accord::storage {

// This expects that a schema contains exactly these migrations.
inline void ExpectSteps(const std::vector<Migration>& schema, const std::vector<Migration>& steps) {
  ASSERT_FALSE(steps.empty());
  for (const Migration& step : steps) {
    const auto same = [&](const Migration& other) { return other.version == step.version; };
    const auto found = std::find_if(schema.begin(), schema.end(), same);
    ASSERT_NE(found, schema.end()) << "no step has the number " << step.version;
    EXPECT_EQ(found->name, step.name);
    EXPECT_EQ(found->sql, step.sql);
    EXPECT_EQ(found->breaking, step.breaking);
  }
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_TESTING_STEPS_H_
