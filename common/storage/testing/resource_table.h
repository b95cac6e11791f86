// This is a table of resources on each database, with what tests put into it and list of it.
#ifndef ACCORD_COMMON_STORAGE_TESTING_RESOURCE_TABLE_H_
#define ACCORD_COMMON_STORAGE_TESTING_RESOURCE_TABLE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/storage/records/counts.h"
#include "common/storage/records/resources.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {

class ResourceTable : public Storage {
 protected:
  using System = registry::v1::System;

  ResourceTable() {
    auto migrations = Migrations();
    KeepCounts(200, "system", {"color", "tally"}, &migrations);
    EXPECT_OK(database_->Migrate(migrations));
  }
  System Put(const std::string& name, const std::vector<std::string>& parties,
             const std::map<std::string, std::string>& fields = {}) {
    System system;
    system.set_name(name);
    const absl::Status status = database_->Transact([&](Transaction& tx) {
      return systems_.Insert(tx, &system, write_, {"owner", "active", parties, fields});
    });
    EXPECT_OK(status);
    return system;
  }

  std::vector<std::string> Names(ListQuery query) {
    std::vector<std::string> names;
    for (int page = 0; page < 10000; ++page) {
      auto result = Must(database_->Read([&](Transaction& tx) { return systems_.List<System>(tx, query); }));
      for (const auto& item : result.items) names.push_back(item.name());
      if (result.next_page_token.empty()) return names;
      query.page_token = result.next_page_token;
    }
    ADD_FAILURE() << "the list does not end";
    return names;
  }

  PageTokens tokens_{std::string(32, 'k')};
  Resources systems_{"system", &tokens_};
  Write write_{"cas-york", "w1", "request-1", absl::Now()};
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_TESTING_RESOURCE_TABLE_H_
