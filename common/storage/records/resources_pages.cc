// Lists of resources and of their versions, one page at a time.
#include <algorithm>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/records/list_index.h"
#include "common/storage/records/narrowed.h"
#include "common/storage/records/narrowed_sql.h"
#include "common/storage/records/page_sql.h"
#include "common/storage/records/resources.h"

namespace accord::storage {
namespace {

// This gives the scope to which the page tokens of a list are bound.
std::string ScopeOfPages(const std::string& kind, const ListQuery& query) {
  std::string scope = absl::StrCat(kind, "|", query.viewer, "|", query.prefix);
  for (const auto& [field, value] : query.filters) absl::StrAppend(&scope, "|", field, "=", value);
  for (const std::string& viewer : query.also) absl::StrAppend(&scope, "|and ", viewer);
  return scope;
}

// These are the values of a statement, and the placeholder for each in it.
struct Parameters {
  std::vector<Value> values;
  const Bind bind = [this](Value value) {
    values.push_back(std::move(value));
    return absl::StrCat(":p", values.size());
  };
};

// This reads name, body and value for a page from the first `looked_at` rows of its range.
absl::StatusOr<std::vector<std::tuple<std::string, std::string, std::string>>> ResourcesOfNarrowedPage(
    Transaction& tx, const NarrowedPage& page, int looked_at, int most, ByteLimit* limit) {
  Parameters params;
  const std::string direction = DirectionOf(page.by);
  std::string sql = NarrowedSql(page, looked_at, most, params.bind);
  sql = absl::StrCat("select r.name as name, r.body as body, n.value as value from (", sql,
                     ") n join resource r on r.kind = ", params.bind(page.kind));
  absl::StrAppend(&sql, " and r.name = n.name order by n.value", direction, ", n.name", direction, " limit ",
                  params.bind(static_cast<long long>(most)));
  sql = WithinBytes(tx, "name, body, value", absl::StrCat("value", direction, ", name", direction), *limit,
                    sql);
  return tx.QueryValues<std::string, std::string, std::string>(sql, params.values, limit);
}

}  // namespace

absl::StatusOr<int> PageSize(int asked) {
  if (asked < 0) return RefuseFields({{"page_size", "must not be negative"}});
  return asked == 0 ? 50 : std::min(asked, 1000);
}

std::string Resources::RevisionToken(std::string_view name, int64_t version) const {
  return tokens_->Seal(absl::StrCat(kind_, "|revisions|", std::string(name)), absl::StrCat(version));
}

absl::StatusOr<int64_t> Resources::RevisionAfter(std::string_view name, const std::string& page_token) const {
  int64_t version = 0;
  if (page_token.empty()) return version;
  ACCORD_ASSIGN_OR_RETURN(const std::string position,
                          tokens_->Open(absl::StrCat(kind_, "|revisions|", std::string(name)), page_token));
  if (!absl::SimpleAtoi(position, &version)) return absl::InternalError("page token");
  return version;
}

absl::StatusOr<Resources::RevisionQuery> Resources::PageQuery(std::string_view name, int page_size,
                                                              const std::string& page_token) const {
  RevisionQuery query{name};
  query.bytes = kPageBytes;
  ACCORD_ASSIGN_OR_RETURN(query.limit, PageSize(page_size));
  ACCORD_ASSIGN_OR_RETURN(query.after, RevisionAfter(name, page_token));
  return query;
}

absl::StatusOr<std::vector<Revision<Resources::AnyMessage>>> Resources::RevisionsLike(
    Transaction& tx, const google::protobuf::Message& empty, const RevisionQuery& query, bool* more) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, RevisionRows(tx, query, more));
  std::vector<Revision<AnyMessage>> revisions;
  for (const Revision<std::string>& row : rows) {
    revisions.push_back({row.version, row.at, row.agency, row.actor, AnyMessage(empty.New())});
    ACCORD_RETURN_IF_ERROR(Decode(tx, row.item, revisions.back().item.get()));
  }
  return revisions;
}

absl::StatusOr<Page<Revision<Resources::AnyMessage>>> Resources::RevisionPageLike(
    Transaction& tx, const google::protobuf::Message& empty, std::string_view name, int page_size,
    const std::string& page_token) {
  ACCORD_ASSIGN_OR_RETURN(const RevisionQuery query, PageQuery(name, page_size, page_token));
  bool more = false;
  Page<Revision<AnyMessage>> page;
  ACCORD_ASSIGN_OR_RETURN(page.items, RevisionsLike(tx, empty, query, &more));
  if (more) page.next_page_token = RevisionToken(name, page.items.back().version);
  return page;
}

absl::StatusOr<Resources::AnyMessage> Resources::VersionBeforeLike(Transaction& tx,
                                                                   const google::protobuf::Message& empty,
                                                                   std::string_view name, int64_t version) {
  RevisionQuery query{name};
  query.after = version - 2;
  query.limit = 1;
  ACCORD_ASSIGN_OR_RETURN(auto found, RevisionsLike(tx, empty, query, nullptr));
  if (found.empty() || found.front().version >= version) return AnyMessage();
  return std::move(found.front().item);
}

absl::StatusOr<std::vector<Revision<std::string>>> Resources::RevisionRows(Transaction& tx,
                                                                           const RevisionQuery& query,
                                                                           bool* more) {
  const int64_t rows_wanted = int64_t{query.limit} + 1;
  ByteLimit limit{query.bytes};
  const std::string sql =
      WithinBytes(tx, "version, at_us, agency, actor, body", "version", limit,
                  "select version, at_us, agency, actor, body from revision where kind = :p1 and "
                  "name = :p2 and version > :p3 order by version limit :p4");
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.QueryValues<int64_t, int64_t, std::string, std::string, std::string>(
          sql, {kind_, std::string(query.name), static_cast<long long>(query.after), rows_wanted}, &limit)));
  const bool cut = static_cast<int64_t>(rows.size()) == rows_wanted;
  if (cut) rows.pop_back();
  if (more != nullptr) *more = cut || limit.reached;
  std::vector<Revision<std::string>> revisions;
  for (auto& [version, at, agency, actor, body] : rows) {
    revisions.push_back({version, absl::FromUnixMicros(at), agency, actor, std::move(body)});
  }
  return revisions;
}

absl::StatusOr<std::vector<Revision<std::string>>> Resources::LatestRows(Transaction& tx,
                                                                         std::string_view name, int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<int64_t, int64_t, std::string, std::string, std::string>(
                                         "select version, at_us, agency, actor, body from revision where "
                                         "kind = :p1 and name = :p2 order by version desc limit :p3",
                                         kind_, std::string(name), int64_t{limit})));
  std::vector<Revision<std::string>> revisions;
  for (auto& [version, at, agency, actor, body] : rows) {
    revisions.push_back({version, absl::FromUnixMicros(at), agency, actor, std::move(body)});
  }
  return revisions;
}

absl::StatusOr<Resources::BodyPage> Resources::ListBodies(Transaction& tx, const ListQuery& query,
                                                          const google::protobuf::Descriptor& type) {
  const bool narrowed = !query.where.empty() || !query.order_by.empty() || !query.also.empty();
  if (narrowed) return NarrowedBodies(tx, query, type);
  ACCORD_ASSIGN_OR_RETURN(const int size, PageSize(query.page_size));
  const std::string scope = ScopeOfPages(kind_, query);
  std::string after;
  if (!query.page_token.empty()) {
    ACCORD_ASSIGN_OR_RETURN(after, tokens_->Open(scope, query.page_token));
  }

  Parameters params;
  std::string sql = query.names != nullptr ? query.names(params.bind, after, size + 1)
                                           : SeenPageSql(kind_, query, after, size + 1, params.bind);
  sql = absl::StrCat("select r.name, r.body from (", sql,
                     ") n join resource r on r.kind = ", params.bind(kind_));
  absl::StrAppend(&sql, " and r.name = n.name order by n.name limit ",
                  params.bind(static_cast<long long>(size + 1)));

  ByteLimit limit{query.page_bytes};
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.QueryValues<std::string, std::string>(WithinBytes(tx, "name, body", "name", limit, sql),
                                                           params.values, &limit)));
  BodyPage page;
  if (static_cast<int>(rows.size()) > size || limit.reached) {
    rows.resize(std::min<std::size_t>(rows.size(), size));
    page.next_page_token = tokens_->Seal(scope, std::get<0>(rows.back()));
  }
  for (auto& row : rows) page.bodies.push_back(std::move(std::get<1>(row)));
  return page;
}

absl::StatusOr<Resources::BodyPage> Resources::NarrowedBodies(Transaction& tx, const ListQuery& query,
                                                              const google::protobuf::Descriptor& type) {
  // A list that a service selects by its own statement has no field index.
  if (query.names != nullptr) return absl::InternalError("a list that cannot be narrowed");
  ACCORD_ASSIGN_OR_RETURN(const int size, PageSize(query.page_size));
  ACCORD_ASSIGN_OR_RETURN(const Narrowed by, NarrowedBy(query, type));
  ACCORD_RETURN_IF_ERROR(CheckListed(tx, kind_));
  const std::string scope = absl::StrCat(ScopeOfPages(kind_, query), "|", by.written);
  NarrowedPage at{kind_, query, by};
  if (!query.page_token.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string position, tokens_->Open(scope, query.page_token));
    at.after = RangePlace::Of(position);
  }

  ByteLimit limit{query.page_bytes};
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          ResourcesOfNarrowedPage(tx, at, FirstLook(at, size + 1), size + 1, &limit));
  // Only if the filter accepts few rows are more rows read to fill the page, up to the most that
  // are ever read.
  const bool full = static_cast<int>(rows.size()) > size || limit.reached;
  if (!full && LeavesOut(at)) {
    limit = ByteLimit{query.page_bytes};
    ACCORD_ASSIGN_OR_RETURN(rows, ResourcesOfNarrowedPage(tx, at, kLookedAt, size + 1, &limit));
  }
  BodyPage page;
  if (static_cast<int>(rows.size()) > size || limit.reached) {
    rows.resize(std::min<std::size_t>(rows.size(), size));
    const auto& [name, body, value] = rows.back();
    page.next_page_token = tokens_->Seal(scope, RangePlace{value, name}.Text());
  } else if (LeavesOut(at)) {
    // There may be more rows after those that were read.
    Parameters last;
    const std::string last_sql = LastLookedAtSql(at, last.bind);
    ACCORD_ASSIGN_OR_RETURN(const auto places,
                            (tx.QueryValues<std::string, std::string>(last_sql, last.values)));
    for (const auto& [value, name] : places) {
      page.next_page_token = tokens_->Seal(scope, RangePlace{value, name}.Text());
    }
  }
  for (auto& row : rows) page.bodies.push_back(std::move(std::get<1>(row)));
  return page;
}

absl::StatusOr<std::vector<std::string>> Resources::AllBodies(Transaction& tx, std::string_view after_name,
                                                              int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<std::string>("select body from resource where kind = :p1 and name > :p2 "
                                                "order by name limit :p3",
                                                kind_, after_name, limit));
  std::vector<std::string> bodies;
  for (auto& row : rows) bodies.push_back(std::move(std::get<0>(row)));
  return bodies;
}

}  // namespace accord::storage
