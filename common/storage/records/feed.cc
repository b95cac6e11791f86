#include "common/storage/records/feed.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/feed_steps.h"
#include "common/storage/records/gone.h"
#include "common/storage/records/visible_rows.h"

namespace accord::storage {
namespace {

// This is the number of the advisory lock for numbering events. It is any number that no other use of a
// database has.
constexpr int64_t kNumbering = 7237242;

std::string FeedMarkOf(int64_t seq, int64_t at_us) { return absl::StrCat(seq, ".", at_us); }

// This makes an event from the columns of its row.
Event FeedEventOf(int64_t position, int64_t seq, std::string kind, std::string name, std::string owner,
                  std::string state, int64_t version, int64_t at_us, std::string agency, std::string act) {
  return {{position, FeedMarkOf(seq, at_us)},
          std::move(kind),
          std::move(name),
          std::move(owner),
          std::move(state),
          version,
          absl::FromUnixMicros(at_us),
          std::move(agency),
          std::move(act)};
}

// This gives an SQL condition: the viewers of a query see the resource of the event `e`.
std::string SeenBySql(const FeedQuery& query, const Bind& bind) {
  std::string sql =
      "select 1 from visible v where v.kind = e.kind and v.name = e.name and ((v.field = '' and v.value = '' "
      "and (v.agency in (";
  absl::StrAppend(&sql, bind(std::string(query.viewer)), ", '*'");
  if (!query.also.empty()) absl::StrAppend(&sql, ", ", bind(std::string(query.also)));
  sql += ")";
  if (query.whole_agency) {
    // In ASCII, `$` follows `#`, so this range has exactly the capacities of the agency.
    absl::StrAppend(&sql, " or (v.agency > ", bind(absl::StrCat(std::string(query.viewer), "#")));
    absl::StrAppend(&sql, " and v.agency < ", bind(absl::StrCat(std::string(query.viewer), "$")), ")");
  }
  sql += "))";
  if (query.whole_agency) {
    absl::StrAppend(&sql, " or ((v.field = ", bind(std::string(kFollowsField)));
    absl::StrAppend(&sql, " or (e.version = 0 and v.field = ", bind(std::string(kGoneField)), "))");
    absl::StrAppend(&sql, " and v.agency = ", bind(std::string(query.viewer)), ")");
  }
  return sql + ")";
}

}  // namespace

void AddEvent(const Transaction& tx, const Event& event, std::string_view request_id,
              StatementBatch* changes) {
  // The previous version reads the column `tx`, for events of transactions that have ended.
  const char* numbers = tx.postgres()
                            ? "cast(cast(pg_current_xact_id() as text) as bigint), cast(null as bigint)"
                            : "0, (select coalesce(max(position), 0) + 1 from event)";
  changes->Add(
      absl::StrCat("insert into event (kind, name, owner, state, at_us, request_id, version, agency, act, "
                   "tx, position) values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, ",
                   numbers, ")"),
      {event.kind, event.name, event.owner, event.state, static_cast<long long>(absl::ToUnixMicros(event.at)),
       std::string(request_id), static_cast<long long>(event.version), event.agency, event.act});
}

absl::Status StoreEvent(Transaction& tx, const Event& event, std::string_view request_id) {
  StatementBatch alone;
  AddEvent(tx, event, request_id, &alone);
  return alone.Run(tx);
}

absl::Status LetFollow(Transaction& tx, const std::string& kind, const std::string& name,
                       const std::vector<std::string>& agencies) {
  RowSet rows = VisibleRows();
  for (const std::string& agency : agencies) {
    rows.Add({kind, agency, std::string(kFollowsField), std::string(), name});
  }
  return rows.empty() ? absl::OkStatus() : rows.Insert(tx, RowSet::kLeave);
}

absl::StatusOr<int64_t> NumberEvents(Database* database, int limit) {
  return database->InTurn(kNumbering, [&](Transaction& tx) {
    return tx.Exec(
        "update event set position = n.position from "
        "(select w.seq as numbered, (select coalesce(max(position), 0) from event) + "
        "row_number() over (order by w.seq) as position from "
        "(select seq from event where position is null order by seq limit :p1) w) n where seq = n.numbered",
        limit);
  });
}

absl::StatusOr<absl::Time> OldestUnnumbered(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select at_us from event where position is null order by seq limit 1"));
  return rows.empty() ? absl::InfiniteFuture() : absl::FromUnixMicros(std::get<0>(rows[0]));
}

absl::StatusOr<FeedState> StateOfFeed(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<std::optional<int64_t>, int64_t>(
                              "select (select at_us from event where position is null order by seq limit 1), "
                              "(select coalesce(max(position), 0) from event)")));
  const auto& [oldest, last] = rows.at(0);
  return FeedState{oldest ? absl::FromUnixMicros(*oldest) : absl::InfiniteFuture(), last};
}

absl::StatusOr<std::vector<Event>> EventsOf(Transaction& tx, const FeedQuery& query) {
  std::vector<Value> params = {static_cast<long long>(query.after), static_cast<long long>(query.until)};
  std::string sql =
      "select position, seq, kind, name, owner, state, version, at_us, agency, act from event e "
      "where position > :p1 and position <= :p2";
  if (!query.kind.empty()) {
    params.emplace_back(std::string(query.kind));
    absl::StrAppend(&sql, " and kind = :p", params.size());
  }
  if (!query.viewer.empty()) {
    const Bind bind = [&](Value value) {
      params.push_back(std::move(value));
      return absl::StrCat(":p", params.size());
    };
    absl::StrAppend(&sql, " and exists (", SeenBySql(query, bind), ")");
  }
  params.emplace_back(static_cast<long long>(query.limit));
  absl::StrAppend(&sql, " order by position limit :p", params.size());
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.QueryValues<int64_t, int64_t, std::string, std::string, std::string, std::string,
                                 int64_t, int64_t, std::string, std::string>(sql, params)));
  std::vector<Event> events;
  for (auto& [position, seq, kind, name, owner, state, version, at, agency, act] : rows) {
    events.push_back(FeedEventOf(position, seq, std::move(kind), std::move(name), std::move(owner),
                                 std::move(state), version, at, std::move(agency), std::move(act)));
  }
  return events;
}

absl::StatusOr<std::vector<Event>> EventsForAll(Transaction& tx, int64_t position, int limit) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<int64_t, int64_t, std::string, std::string, std::string, std::string, int64_t, int64_t,
                std::string, std::string, std::string, std::string>(
          "select e.position, e.seq, e.kind, e.name, e.owner, e.state, e.version, e.at_us, e.agency, e.act, "
          "coalesce(v.agency, ''), coalesce(v.field, '') from (select position, seq, kind, name, owner, "
          "state, version, at_us, agency, act from event where position > :p1 order by position limit :p2) e "
          "left join visible v on v.kind = e.kind and v.name = e.name and ((v.field = '' and v.value = '') "
          "or v.field = :p3 or (e.version = 0 and v.field = :p4)) order by e.position",
          position, limit, kFollowsField, kGoneField)));
  std::vector<Event> events;
  for (auto& [number, seq, kind, name, owner, state, version, at, agency, act, viewer, field] : rows) {
    if (events.empty() || events.back().place.position != number) {
      events.push_back(FeedEventOf(number, seq, std::move(kind), std::move(name), std::move(owner),
                                   std::move(state), version, at, std::move(agency), std::move(act)));
    }
    if (viewer.empty()) continue;
    (field.empty() ? events.back().viewers : events.back().followers).push_back(std::move(viewer));
  }
  return events;
}

absl::StatusOr<std::vector<RevisionKey>> RevisionKeysAfter(Transaction& tx, int64_t position, int limit,
                                                           bool platform) {
  // An event that the previous version stored has no resource version; it is found by request and instant.
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<int64_t, int64_t, std::string, std::string, std::string, std::string, int64_t, std::string,
                int64_t>(
          "select e.position, r.at_us, r.agency, r.actor, r.request_id, r.name, r.version, "
          "coalesce(i.assertion, ''), case when exists (select 1 from visible v where v.kind = r.kind and "
          "v.name = r.name and v.field = '' and (v.agency in (r.agency, '*') or "
          "(v.agency > r.agency || '#' and v.agency < r.agency || '$'))) then 1 else 0 end from event e "
          "join revision r on r.kind = e.kind and r.name = e.name and (r.version = e.version or "
          "(e.version = 0 and r.request_id = e.request_id and r.at_us = e.at_us)) "
          "left join idempotency i on i.agency = r.agency and i.actor = r.actor and "
          "i.request_id = r.request_id and i.at_us = r.at_us "
          "where e.position > :p1 and (:p2 <> 0 or r.agency <> :p3) order by e.position, "
          "r.version limit :p4",
          position, int64_t{platform}, kPlatform, limit)));
  std::vector<RevisionKey> keys;
  for (auto& [number, at, agency, actor, request_id, name, version, assertion, seen] : rows) {
    keys.push_back({number, absl::FromUnixMicros(at), agency, actor, request_id, name, version,
                    Unbase64(assertion).value_or(""), seen != 0});
  }
  return keys;
}

absl::StatusOr<int64_t> NextPosition(Transaction& tx, int64_t after) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select position from event where position > :p1 order by position limit 1", after));
  return rows.empty() ? 0 : std::get<0>(rows[0]);
}

absl::StatusOr<Place> LastPlace(Transaction& tx) {
  return LastPlaceUpTo(tx, std::numeric_limits<int64_t>::max());
}

absl::StatusOr<Place> LastPlaceUpTo(Transaction& tx, int64_t last) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, int64_t, int64_t>(
          "select position, seq, at_us from event where position <= :p1 order by position desc limit 1",
          last)));
  if (rows.empty()) return Place();
  const auto& [position, seq, at] = rows[0];
  return Place{position, FeedMarkOf(seq, at)};
}

absl::StatusOr<Place> PlaceAt(Transaction& tx, int64_t position) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, int64_t>("select seq, at_us from event where position = :p1", position)));
  if (rows.empty()) return Place{position};
  return Place{position, FeedMarkOf(std::get<0>(rows[0]), std::get<1>(rows[0]))};
}

absl::StatusOr<bool> KnowsPlace(Transaction& tx, const Place& place) {
  if (place.position == 0) return place.mark.empty();
  ACCORD_ASSIGN_OR_RETURN(const Place here, PlaceAt(tx, place.position));
  return !place.mark.empty() && here.mark == place.mark;
}

}  // namespace accord::storage
