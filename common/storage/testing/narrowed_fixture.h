// These are resources whose lists are filtered and ordered, on both databases.
#ifndef ACCORD_COMMON_STORAGE_TESTING_NARROWED_FIXTURE_H_
#define ACCORD_COMMON_STORAGE_TESTING_NARROWED_FIXTURE_H_

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/listing/fields.h"
#include "common/listing/index_rows.h"
#include "common/storage/records/narrowed.h"
#include "common/storage/records/visible_rows.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {

using protocols::v1::Protocol;

// This is a resource with its viewers, and index fields as services give them.
struct Stored {
  Protocol protocol;
  std::vector<std::string> parties;
  std::map<std::string, std::string> fields;
};

class NarrowedFixture : public Storage {
 protected:
  Placement PlacementOf(const Stored& stored) const { return {"owner", "", stored.parties, stored.fields}; }
  // This stores a resource that was created at this second.
  absl::Status TryPut(Transaction& tx, Stored* stored, int second) {
    const Write write{"cas-york", "w1", "request", absl::FromUnixSeconds(second)};
    return protocols_.Insert(tx, &stored->protocol, write, PlacementOf(*stored));
  }
  void Put(Stored* stored, int second) {
    ASSERT_OK(database_->Transact([&](Transaction& tx) { return TryPut(tx, stored, second); }));
  }
  void Change(Stored* stored) {
    const Write write{"cas-york", "w1", "request", absl::FromUnixSeconds(9)};
    const std::string etag = stored->protocol.etag();
    ASSERT_OK(database_->Transact([&](Transaction& tx) {
      return protocols_.Update(tx, &stored->protocol, etag, write, PlacementOf(*stored));
    }));
  }
  static Stored Named(const std::string& id, std::vector<std::string> parties) {
    Stored stored{Protocol(), std::move(parties), {}};
    stored.protocol.set_name(absl::StrCat("agencies/a/protocols/", id));
    return stored;
  }

  absl::StatusOr<Page<Protocol>> PageOf(const ListQuery& query) {
    return database_->Read([&](Transaction& tx) { return protocols_.List<Protocol>(tx, query); });
  }
  // This gives the names on each page.
  std::vector<std::vector<std::string>> Pages(ListQuery query) {
    std::vector<std::vector<std::string>> pages;
    for (int i = 0; i < 1000; ++i) {
      const auto page = Must(PageOf(query));
      pages.emplace_back();
      for (const auto& item : page.items) pages.back().push_back(item.name());
      if (page.next_page_token.empty()) return pages;
      query.page_token = page.next_page_token;
    }
    ADD_FAILURE() << "the list does not end";
    return pages;
  }
  std::vector<std::string> Names(const ListQuery& query) {
    std::vector<std::string> names;
    for (const auto& page : Pages(query)) names.insert(names.end(), page.begin(), page.end());
    return names;
  }
  // This gives how many rows for lists there are of agencies that do not see the resource. A list reads these
  // rows without a look at who sees it.
  int64_t RowsOfTheBlind() {
    const auto rows = Must(database_->Read([](Transaction& tx) {
      return tx.Query<std::string, std::string>(
          "select v.agency, v.field from visible v where not exists (select 1 from visible s where s.kind = "
          "v.kind and s.name = v.name and s.agency = v.agency and s.field = '' and s.value = '')");
    }));
    return std::count_if(rows.begin(), rows.end(), [](const auto& row) {
      return std::get<0>(row) != kOwnRows && listing::IsRowOfLists(std::get<1>(row));
    });
  }
  static ListQuery Query(const std::string& viewer, const std::string& where, const std::string& order_by,
                         int page_size = 0) {
    ListQuery query{viewer, {}, page_size, "", ""};
    query.where = where;
    query.order_by = order_by;
    return query;
  }

  PageTokens tokens_{std::string(32, 'k')};
  Resources protocols_{"protocol", &tokens_};
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_TESTING_NARROWED_FIXTURE_H_
