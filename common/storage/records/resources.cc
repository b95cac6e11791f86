#include "common/storage/records/resources.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/listing/index_rows.h"
#include "common/storage/database/row_set.h"
#include "common/storage/records/counts.h"
#include "common/storage/records/feed_steps.h"
#include "common/storage/records/gone.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/records/page_sql.h"
#include "common/storage/records/visible_rows.h"
#include "common/storage/sealing/body.h"
#include "google/rpc/error_details.pb.h"

namespace accord::storage {
namespace {

using google::protobuf::Message;

void SetResourceString(Message* message, const char* field, const std::string& value) {
  const auto* descriptor = message->GetDescriptor()->FindFieldByName(field);
  message->GetReflection()->SetString(message, descriptor, value);
}

std::string GetResourceString(const Message& message, const char* field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  return message.GetReflection()->GetString(message, descriptor);
}

void SetResourceTime(Message* message, const char* field, absl::Time at) {
  const auto* descriptor = message->GetDescriptor()->FindFieldByName(field);
  message->GetReflection()->MutableMessage(message, descriptor)->CopyFrom(ToProto(at));
}

std::string ResourceEtag(int64_t version) { return absl::StrCat("v", version); }

// This refuses a change that lost a race, and gives the record's present etag, for programs, besides
// the text.
absl::Status RefuseOtherResourceEtag(const std::string& etag) {
  absl::Status status = Refuse(rules::kEtagMismatch,
                               "The resource has changed since it was read; read it again and decide anew.");
  const std::string type =
      absl::StrCat("type.googleapis.com/", google::rpc::ErrorInfo::descriptor()->full_name());
  google::rpc::ErrorInfo info;
  if (const auto payload = status.GetPayload(type); payload && info.ParseFromString(std::string(*payload))) {
    (*info.mutable_metadata())["etag"] = etag;
    status.SetPayload(type, absl::Cord(info.SerializeAsString()));
  }
  return status;
}

// This is a version of a resource in its stored form.
struct ResourceVersion {
  const std::string& kind;
  const std::string& name;
  int64_t number;
  const std::string& body;
};

// This runs `change` together with the statements that append its revision and its event.
absl::Status StoreResourceVersion(Transaction& tx, StatementBatch change, const ResourceVersion& version,
                                  const Write& write, const Placement& placement) {
  change.Add(
      "insert into revision (kind, name, version, at_us, agency, actor, request_id, body, seal_key) "
      "values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9)",
      {version.kind, version.name, static_cast<long long>(version.number),
       static_cast<long long>(absl::ToUnixMicros(write.now)), write.agency, write.actor, write.request_id,
       version.body, SealKeyOfBody(version.body)});
  AddEvent(tx,
           {.kind = version.kind,
            .name = version.name,
            .owner = placement.owner,
            .state = placement.state,
            .version = version.number,
            .at = write.now,
            .agency = write.agency,
            .act = write.act},
           write.request_id, &change);
  ACCORD_RETURN_IF_ERROR(change.Run(tx));
  tx.Wrote({version.name, version.number, version.kind, write.agency});
  return absl::OkStatus();
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
  const std::string name = GetResourceString(*message, "name");
  SetResourceString(message, "etag", ResourceEtag(1));
  SetResourceTime(message, "create_time", write.now);
  SetResourceTime(message, "update_time", write.now);
  ACCORD_ASSIGN_OR_RETURN(std::string body, Encode(tx, *message));
  const int64_t now = absl::ToUnixMicros(write.now);
  StatementBatch change;
  change.Add(
      "insert into resource (kind, name, owner, state, version, create_us, update_us, body, seal_key, "
      "listed) values (:p1, :p2, :p3, :p4, 1, :p5, :p6, :p7, :p8, 1)",
      {kind_, name, placement.owner, placement.state, static_cast<long long>(now),
       static_cast<long long>(now), body, SealKeyOfBody(body)});
  ACCORD_RETURN_IF_ERROR(
      StoreResourceVersion(tx, std::move(change), {kind_, name, 1, body}, write, placement));
  return Place(tx, name, placement, listing::IndexRows(*message), true);
}

absl::StatusOr<int64_t> Resources::VersionOf(Transaction& tx, const std::string& name,
                                             std::string_view etag) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<int64_t>("select version from resource where kind = :p1 and name = :p2", kind_, name));
  if (rows.empty()) return NotFound();
  const int64_t version = std::get<0>(rows[0]);
  if (etag == ResourceEtag(version)) return version;
  return RefuseOtherResourceEtag(ResourceEtag(version));
}

absl::Status Resources::Remove(Transaction& tx, Message* message, std::string_view etag, const Write& write) {
  const std::string name = GetResourceString(*message, "name");
  ACCORD_ASSIGN_OR_RETURN(const int64_t version, VersionOf(tx, name, etag));
  Placement nowhere;
  nowhere.owner = write.agency;
  nowhere.state = "removed";
  ACCORD_RETURN_IF_ERROR(Place(tx, name, nowhere, {}, false));
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

absl::StatusOr<int64_t> Resources::CountListed(Transaction& tx, const ListQuery& query, int most) {
  std::vector<Value> params;
  const Bind bind = [&params](Value value) {
    params.push_back(std::move(value));
    return absl::StrCat(":p", params.size());
  };
  const std::string sql =
      absl::StrCat("select count(*) from (", SeenPageSql(kind_, query, "", most, bind), ") as seen");
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.QueryValues<int64_t>(sql, params));
  return std::get<0>(rows.at(0));
}

absl::Status Resources::Update(Transaction& tx, Message* message, std::string_view etag, const Write& write,
                               const Placement& placement) {
  const std::string name = GetResourceString(*message, "name");
  ACCORD_ASSIGN_OR_RETURN(const int64_t version, VersionOf(tx, name, etag));
  SetResourceString(message, "etag", ResourceEtag(version + 1));
  SetResourceTime(message, "update_time", write.now);
  ACCORD_ASSIGN_OR_RETURN(std::string body, Encode(tx, *message));
  StatementBatch change;
  change.Add(
      "update resource set owner = :p1, state = :p2, version = :p3, update_us = :p4, body = :p5, "
      "seal_key = :p6, listed = :p7 where kind = :p8 and name = :p9",
      {placement.owner, placement.state, static_cast<long long>(version + 1),
       static_cast<long long>(absl::ToUnixMicros(write.now)), body, SealKeyOfBody(body),
       static_cast<long long>(version + 1), kind_, name});
  ACCORD_RETURN_IF_ERROR(
      StoreResourceVersion(tx, std::move(change), {kind_, name, version + 1, body}, write, placement));
  return Place(tx, name, placement, listing::IndexRows(*message), false);
}

absl::Status Resources::Place(Transaction& tx, const std::string& name, const Placement& placement,
                              const listing::ResourceRows& listed, bool fresh) {
  using Row = std::tuple<std::string, std::string, std::string>;
  std::set<Row> wanted, stored;
  for (const std::string& party : placement.parties) {
    for (const auto& [field, value] : PlacementRows(placement, party)) wanted.emplace(party, field, value);
    for (const auto& [field, value] : listed.of_viewers) wanted.emplace(party, field, value);
    for (const auto& [field, value] : listed.own) wanted.emplace(kOwnRows, field, value);
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
  RowSet gone = VisibleRows(), added = VisibleRows();
  const auto value_of = [&](const Row& row) {
    return std::vector<Value>{kind_, std::get<0>(row), std::get<1>(row), std::get<2>(row), name};
  };
  for (const auto& row : stored) {
    // Rows that only affect feeds are not part of the placement.
    const std::string& field = std::get<1>(row);
    if (wanted.contains(row) || field == kFollowsField || field == kGoneField) continue;
    const std::string agency = AgencyOfViewer(std::get<0>(row));
    // An agency that keeps seeing the resource as an agency loses nothing when one of its capacities does.
    const bool sees = agency != std::get<0>(row) && wanted.contains({agency, "", ""});
    if (field.empty() && !sees) lost.insert(agency);
    gone.Add(value_of(row));
  }
  ACCORD_RETURN_IF_ERROR(gone.Delete(tx));
  for (const std::string& agency : lost) ACCORD_RETURN_IF_ERROR(EraseAnswers(tx, name, agency));
  for (const auto& row : wanted) {
    if (!stored.contains(row)) added.Add(value_of(row));
  }
  return added.Insert(tx, RowSet::kFail);
}

absl::Status Resources::PlaceAgain(Transaction& tx, const Message& message, const Placement& placement) {
  return Place(tx, GetResourceString(message, "name"), placement, listing::IndexRows(message), false);
}

absl::Status Resources::Record(Transaction& tx, const std::string& name, int64_t version,
                               const std::string& body, const Write& write, const Placement& placement) {
  return StoreResourceVersion(tx, StatementBatch(), {kind_, name, version, body}, write, placement);
}

absl::Status Resources::Get(Transaction& tx, std::string_view name, std::string_view viewer, Message* out) {
  // Visibility is checked first and the resource only after it, so that an invisible resource takes
  // the same steps as an absent one.
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
