#include "common/storage/records/resources.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/database/row_set.h"
#include "common/storage/records/counts.h"
#include "common/storage/records/feed_steps.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/sealing/body.h"
#include "common/storage/sealing/reseal.h"

namespace accord::storage {
namespace {

using google::protobuf::Message;

void SetString(Message* message, const char* field, const std::string& value) {
  const auto* descriptor = message->GetDescriptor()->FindFieldByName(field);
  message->GetReflection()->SetString(message, descriptor, value);
}

std::string GetString(const Message& message, const char* field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  return message.GetReflection()->GetString(message, descriptor);
}

void SetTime(Message* message, const char* field, absl::Time at) {
  const auto* descriptor = message->GetDescriptor()->FindFieldByName(field);
  message->GetReflection()->MutableMessage(message, descriptor)->CopyFrom(ToProto(at));
}

std::string EtagOf(int64_t version) { return absl::StrCat("v", version); }

// The first string that no name with this prefix reaches.
std::string EndOf(std::string prefix) {
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

// `sql` selects `columns`, among them `body`, in this order. SQLite reads row by row until the limit is
// reached; PostgreSQL would send everything, so it is told to stop. It may send one row beyond the first that
// is too much, because one window over all rows but the last two costs half of what an exact answer takes.
std::string WithinBytes(const Transaction& tx, std::string_view columns, std::string_view order,
                        const ByteLimit& limit, std::string sql) {
  if (!tx.postgres() || limit.bytes == std::numeric_limits<std::size_t>::max()) return sql;
  const std::string c(columns), by(order);
  return absl::StrCat("select ", c, " from (select ", c, ", sum(octet_length(body)) over (order by ", by,
                      " rows between unbounded preceding and 2 preceding) as before from (", sql,
                      ") page) sized where before is null or before <= ", limit.bytes, " order by ", by);
}

// Whose capacity a viewer is: cas-york#director -> cas-york. Empty for those that are no one agency's.
std::string AgencyOf(const std::string& viewer) {
  return viewer == kEverybody ? "" : viewer.substr(0, viewer.find('#'));
}

const std::vector<RowSet::Column> kVisible = {{"kind", RowSet::kText},
                                              {"agency", RowSet::kText},
                                              {"field", RowSet::kText},
                                              {"value", RowSet::kText},
                                              {"name", RowSet::kText}};
// A version of a resource as it is stored.
struct Version {
  const std::string& kind;
  const std::string& name;
  int64_t number;
  const std::string& body;
};

// This runs `change` together with the statements that append its revision and its event.
absl::Status Store(Transaction& tx, StatementBatch change, const Version& version, const Write& write,
                   const Placement& placement) {
  change.Add(
      "insert into revision (kind, name, version, at_us, agency, actor, request_id, body, seal_key) "
      "values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9)",
      {version.kind, version.name, static_cast<long long>(version.number),
       static_cast<long long>(absl::ToUnixMicros(write.now)), write.agency, write.actor, write.request_id,
       version.body, SealKeyOf(version.body)});
  AddEvent(tx,
           {.kind = version.kind,
            .name = version.name,
            .owner = placement.owner,
            .state = placement.state,
            .version = version.number,
            .at = write.now},
           write.request_id, &change);
  ACCORD_RETURN_IF_ERROR(change.Run(tx));
  tx.Wrote({version.name, version.number, version.kind, write.agency});
  return absl::OkStatus();
}

// The names of a kind that an agency sees, from where the page begins.
std::string RangeSql(const std::string& kind, const ListQuery& query, const std::string& agency,
                     const std::string& after, int limit, const Bind& bind) {
  const auto first = query.filters.empty() ? std::pair<std::string, std::string>() : query.filters[0];
  std::string sql = absl::StrCat("select v.name as name from visible v where v.kind = ", bind(kind));
  absl::StrAppend(&sql, " and v.agency = ", bind(agency));
  absl::StrAppend(&sql, " and v.field = ", bind(first.first));
  absl::StrAppend(&sql, " and v.value = ", bind(first.second));
  if (!after.empty()) absl::StrAppend(&sql, " and v.name > ", bind(after));
  if (!query.prefix.empty()) {
    absl::StrAppend(&sql, " and v.name >= ", bind(query.prefix));
    absl::StrAppend(&sql, " and v.name < ", bind(EndOf(query.prefix)));
  }
  for (std::size_t i = 1; i < query.filters.size(); ++i) {
    absl::StrAppend(
        &sql,
        " and exists (select 1 from visible f where f.kind = v.kind and f.agency = v.agency and f.field = ",
        bind(query.filters[i].first));
    absl::StrAppend(&sql, " and f.value = ", bind(query.filters[i].second), " and f.name = v.name)");
  }
  absl::StrAppend(&sql, " order by v.name limit ", bind(static_cast<long long>(limit)));
  return sql;
}

// The viewer's own range and everybody's, merged.
std::string SeenSql(const std::string& kind, const ListQuery& query, const std::string& after, int limit,
                    const Bind& bind) {
  std::string sql =
      absl::StrCat("select * from (", RangeSql(kind, query, query.viewer, after, limit, bind), ") mine");
  absl::StrAppend(&sql, " union select * from (",
                  RangeSql(kind, query, std::string(kEverybody), after, limit, bind), ") everybody");
  return sql;
}

std::set<std::pair<std::string, std::string>> IndexRows(const Placement& placement,
                                                        const std::string& party) {
  std::set<std::pair<std::string, std::string>> rows = {{"", ""}};
  for (const auto& [field, value] : placement.fields) {
    const std::size_t at = field.find('@');
    if (at == std::string::npos) {
      rows.emplace(field, value);
    } else if (field.substr(at + 1) == party) {
      rows.emplace(field.substr(0, at), value);
    }
  }
  return rows;
}

}  // namespace

absl::StatusOr<std::string> Resources::Encode(Transaction& tx, const Message& message) const {
  return EncodeBody(tx.keyring(), kind_, message);
}

absl::Status Resources::Decode(Transaction& tx, const std::string& body, Message* out) const {
  return DecodeBody(tx.keyring(), kind_, body, out);
}

absl::Status Resources::Insert(Transaction& tx, Message* message, const Write& write,
                               const Placement& placement) {
  const std::string name = GetString(*message, "name");
  SetString(message, "etag", EtagOf(1));
  SetTime(message, "create_time", write.now);
  SetTime(message, "update_time", write.now);
  ACCORD_ASSIGN_OR_RETURN(std::string body, Encode(tx, *message));
  const int64_t now = absl::ToUnixMicros(write.now);
  StatementBatch change;
  change.Add(
      "insert into resource (kind, name, owner, state, version, create_us, update_us, body, seal_key) "
      "values (:p1, :p2, :p3, :p4, 1, :p5, :p6, :p7, :p8)",
      {kind_, name, placement.owner, placement.state, static_cast<long long>(now),
       static_cast<long long>(now), body, SealKeyOf(body)});
  ACCORD_RETURN_IF_ERROR(Store(tx, std::move(change), {kind_, name, 1, body}, write, placement));
  return Place(tx, name, placement, true);
}

absl::StatusOr<int64_t> Resources::VersionOf(Transaction& tx, const std::string& name,
                                             std::string_view etag) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<int64_t>("select version from resource where kind = :p1 and name = :p2", kind_, name));
  if (rows.empty()) return NotFound();
  const int64_t version = std::get<0>(rows[0]);
  if (etag == EtagOf(version)) return version;
  return Refuse(rules::kEtagMismatch,
                "The resource has changed since it was read; read it again and decide anew.");
}

absl::Status Resources::Remove(Transaction& tx, Message* message, std::string_view etag, const Write& write) {
  const std::string name = GetString(*message, "name");
  ACCORD_ASSIGN_OR_RETURN(const int64_t version, VersionOf(tx, name, etag));
  Placement nowhere;
  nowhere.owner = write.agency;
  nowhere.state = "removed";
  ACCORD_RETURN_IF_ERROR(Place(tx, name, nowhere, false));
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from resource where kind = :p1 and name = :p2", kind_, name).status());
  return Record(tx, name, version + 1, "{}", write, nowhere);
}

absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> Resources::CountBy(Transaction& tx,
                                                                                std::string_view viewer,
                                                                                std::string_view field) {
  return KeptCounts(tx, kind_, viewer, field);
}

absl::StatusOr<int64_t> Resources::CountUpTo(Transaction& tx, std::string_view viewer, int64_t most) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select count(*) from (select 1 from visible where kind = :p1 and agency = :p2 and "
                        "field = '' limit :p3) as seen",
                        kind_, viewer, most));
  return std::get<0>(rows.at(0));
}

absl::Status Resources::Update(Transaction& tx, Message* message, std::string_view etag, const Write& write,
                               const Placement& placement) {
  const std::string name = GetString(*message, "name");
  ACCORD_ASSIGN_OR_RETURN(const int64_t version, VersionOf(tx, name, etag));
  SetString(message, "etag", EtagOf(version + 1));
  SetTime(message, "update_time", write.now);
  ACCORD_ASSIGN_OR_RETURN(std::string body, Encode(tx, *message));
  StatementBatch change;
  change.Add(
      "update resource set owner = :p1, state = :p2, version = :p3, update_us = :p4, body = :p5, "
      "seal_key = :p6 where kind = :p7 and name = :p8",
      {placement.owner, placement.state, static_cast<long long>(version + 1),
       static_cast<long long>(absl::ToUnixMicros(write.now)), body, SealKeyOf(body), kind_, name});
  ACCORD_RETURN_IF_ERROR(Store(tx, std::move(change), {kind_, name, version + 1, body}, write, placement));
  return Place(tx, name, placement, false);
}

absl::Status Resources::Place(Transaction& tx, const std::string& name, const Placement& placement,
                              bool fresh) {
  using Row = std::tuple<std::string, std::string, std::string>;
  std::set<Row> wanted, stored;
  for (const std::string& party : placement.parties) {
    for (const auto& [field, value] : IndexRows(placement, party)) wanted.emplace(party, field, value);
  }
  for (const std::string& viewer : placement.counted_by) {
    for (const auto& [field, value] : placement.fields) {
      const std::size_t at = field.find('@');
      if (at != std::string::npos && field.substr(at + 1) == viewer) {
        wanted.emplace(viewer, field.substr(0, at), value);
      }
    }
  }
  if (!fresh) {
    ACCORD_ASSIGN_OR_RETURN(
        auto rows,
        (tx.Query<std::string, std::string, std::string>(
            "select agency, field, value from visible where kind = :p1 and name = :p2", kind_, name)));
    stored.insert(rows.begin(), rows.end());
  }
  tx.Placed(kind_, name, placement.parties);
  std::set<std::string> lost;
  RowSet gone("visible", kVisible), added("visible", kVisible);
  const auto value_of = [&](const Row& row) {
    return std::vector<Value>{kind_, std::get<0>(row), std::get<1>(row), std::get<2>(row), name};
  };
  for (const auto& row : stored) {
    if (wanted.contains(row)) continue;
    if (std::get<1>(row).empty()) lost.insert(AgencyOf(std::get<0>(row)));
    gone.Add(value_of(row));
  }
  ACCORD_RETURN_IF_ERROR(gone.Delete(tx));
  for (const std::string& agency : lost) ACCORD_RETURN_IF_ERROR(EraseAnswers(tx, name, agency));
  for (const auto& row : wanted) {
    if (!stored.contains(row)) added.Add(value_of(row));
  }
  return added.Insert(tx, RowSet::kFail);
}

absl::Status Resources::Record(Transaction& tx, const std::string& name, int64_t version,
                               const std::string& body, const Write& write, const Placement& placement) {
  return Store(tx, StatementBatch(), {kind_, name, version, body}, write, placement);
}

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

absl::Status Resources::Get(Transaction& tx, std::string_view name, std::string_view viewer, Message* out) {
  // Visibility first, and the resource only behind it: what is invisible takes the very steps of what
  // is absent.
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>(
          "select (select r.body from resource r where r.kind = v.kind and r.name = v.name) from visible v "
          "where v.kind = :p1 and v.agency in (:p2, '*') and v.field = '' and v.value = '' and v.name = :p3 "
          "limit 1",
          kind_, viewer, name));
  return rows.empty() ? NotFound() : Decode(tx, std::get<0>(rows[0]), out);
}

absl::Status Resources::GetAny(Transaction& tx, std::string_view name, Message* out) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select body from resource where kind = :p1 and name = :p2", kind_, name));
  return rows.empty() ? NotFound() : Decode(tx, std::get<0>(rows[0]), out);
}

absl::StatusOr<Resources::BodyPage> Resources::ListBodies(Transaction& tx, const ListQuery& query) {
  ACCORD_ASSIGN_OR_RETURN(const int size, PageSize(query.page_size));
  std::string scope = absl::StrCat(kind_, "|", query.viewer, "|", query.prefix);
  for (const auto& [field, value] : query.filters) absl::StrAppend(&scope, "|", field, "=", value);
  std::string after;
  if (!query.page_token.empty()) {
    ACCORD_ASSIGN_OR_RETURN(after, tokens_->Open(scope, query.page_token));
  }

  std::vector<Value> params;
  const Bind bind = [&](Value value) {
    params.push_back(std::move(value));
    return absl::StrCat(":p", params.size());
  };
  std::string sql = query.names != nullptr ? query.names(bind, after, size + 1)
                                           : SeenSql(kind_, query, after, size + 1, bind);
  sql = absl::StrCat("select r.name, r.body from (", sql, ") n join resource r on r.kind = ", bind(kind_));
  absl::StrAppend(&sql, " and r.name = n.name order by n.name limit ",
                  bind(static_cast<long long>(size + 1)));

  ByteLimit limit{query.page_bytes};
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.QueryValues<std::string, std::string>(
                                         WithinBytes(tx, "name, body", "name", limit, sql), params, &limit)));
  BodyPage page;
  if (static_cast<int>(rows.size()) > size || limit.reached) {
    rows.resize(std::min<std::size_t>(rows.size(), size));
    page.next_page_token = tokens_->Seal(scope, std::get<0>(rows.back()));
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

absl::StatusOr<std::vector<Written>> WrittenFor(Transaction& tx, const Write& write) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, int64_t, std::string>(
                                         "select name, version, kind from revision where request_id = :p1 "
                                         "and agency = :p2 and actor = :p3 order by name, version",
                                         write.request_id, write.agency, write.actor)));
  std::vector<Written> written;
  for (auto& [name, version, kind] : rows) {
    written.push_back({std::move(name), version, std::move(kind), write.agency});
  }
  return written;
}

}  // namespace accord::storage
