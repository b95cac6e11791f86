#include "common/storage/backup/restored.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/database/has_table.h"
#include "common/storage/sealing/body.h"

namespace accord::storage {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

std::string ClosedKind(std::string_view kind) { return absl::StrCat(kClosedKind, std::string(kind)); }

// Renaming a record's kind hides it, because every look-up uses the kind.
absl::Status Rename(Transaction& tx, std::string_view from, std::string_view to, std::string_view name) {
  for (const char* table : {"resource", "due"}) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec(absl::StrCat("update ", table, " set kind = :p1 where kind = :p2 and name = :p3"), to, from,
                name)
            .status());
  }
  // The rows are deleted under one kind and inserted under the other, because the kept counts are
  // maintained by triggers on insert and delete.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into visible (kind, agency, field, value, name) select cast(:p1 as text), agency, "
              "field, value, name from visible where kind = :p2 and name = :p3",
              to, from, name)
          .status());
  return tx.Exec("delete from visible where kind = :p1 and name = :p2", from, name).status();
}

absl::StatusOr<std::vector<StoredVersion>> Versions(Transaction& tx, const std::string& sql,
                                                    const StoredVersion& after, int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, int64_t>(sql, after.kind, after.name,
                                                                                  after.version, limit)));
  std::vector<StoredVersion> versions;
  for (auto& [kind, name, version] : rows) versions.push_back({std::move(kind), std::move(name), version});
  return versions;
}

// Gives a stored body with another etag. Its sealed part stays unchanged.
absl::StatusOr<std::string> WithEtag(const Descriptor* descriptor, const std::string& body,
                                     const std::string& etag) {
  const auto* field = descriptor->FindFieldByName("etag");
  const std::size_t line = std::min(body.find('\n'), body.size());
  const std::unique_ptr<Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  const bool read = ReadOpenLine(body, message.get());
  if (field == nullptr || !read) return absl::InternalError("a record cannot be read");
  message->GetReflection()->SetString(message.get(), field, etag);
  return absl::StrCat("=", Base64(message->SerializeAsString()), body.substr(line));
}

}  // namespace

absl::StatusOr<Restoration> RestorationOf(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const bool told, HasTable(tx, "restoration"));
  if (!told) return Restoration();
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, int64_t>("select log_from, replayed from restoration where id = 1")));
  if (rows.empty()) return Restoration();
  const auto& [from, replayed] = rows[0];
  return Restoration{true, replayed != 0, from};
}

absl::Status MarkRestored(Transaction& tx, int64_t log_from, absl::Time now) {
  for (const char* table :
       {"create table if not exists restoration (id bigint primary key, at_us bigint not null, "
        "log_from bigint not null, replayed bigint not null)",
        "create table if not exists closed_record (kind text not null, name text not null, "
        "method text not null, at_us bigint not null, primary key (kind, name))"}) {
    ACCORD_RETURN_IF_ERROR(tx.Exec(table).status());
  }
  return tx
      .Exec(
          "insert into restoration (id, at_us, log_from, replayed) values (1, :p1, :p2, 0) "
          "on conflict (id) do update set at_us = excluded.at_us, log_from = excluded.log_from, "
          "replayed = 0",
          absl::ToUnixMicros(now), log_from)
      .status();
}

absl::Status MarkReplayed(Transaction& tx) {
  return tx.Exec("update restoration set replayed = 1 where id = 1").status();
}

absl::StatusOr<std::vector<StoredVersion>> StoredAfter(Transaction& tx, const StoredVersion& after,
                                                       int limit) {
  return Versions(tx,
                  "select kind, name, version from resource where (kind, name) > (:p1, :p2) and :p3 >= 0 "
                  "order by kind, name limit :p4",
                  after, limit);
}

absl::StatusOr<std::vector<StoredVersion>> RevisionsAfter(Transaction& tx, const StoredVersion& after,
                                                          int limit) {
  return Versions(tx,
                  "select kind, name, version from revision where (kind, name, version) > (:p1, :p2, :p3) "
                  "order by kind, name, version limit :p4",
                  after, limit);
}

absl::Status CloseRecord(Transaction& tx, std::string_view kind, std::string_view name,
                         std::string_view method, absl::Time now) {
  if (kind.starts_with(kClosedKind)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(Rename(tx, kind, ClosedKind(kind), name));
  return tx
      .Exec(
          "insert into closed_record (kind, name, method, at_us) values (:p1, :p2, :p3, :p4) "
          "on conflict (kind, name) do update set method = excluded.method, at_us = excluded.at_us",
          kind, name, method, absl::ToUnixMicros(now))
      .status();
}

absl::Status ReopenRecord(Transaction& tx, std::string_view name) {
  ACCORD_ASSIGN_OR_RETURN(const bool any, HasTable(tx, "closed_record"));
  if (!any) return absl::NotFoundError("nothing is closed");
  ACCORD_ASSIGN_OR_RETURN(const auto kinds,
                          tx.Query<std::string>("select kind from closed_record where name = :p1", name));
  if (kinds.empty()) return absl::NotFoundError("no closed record has this name");
  for (const auto& [kind] : kinds) {
    ACCORD_RETURN_IF_ERROR(Rename(tx, ClosedKind(kind), kind, name));
  }
  return tx.Exec("delete from closed_record where name = :p1", name).status();
}

absl::StatusOr<std::vector<ClosedRecord>> ClosedRecords(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const bool any, HasTable(tx, "closed_record"));
  std::vector<ClosedRecord> closed;
  if (!any) return closed;
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string, std::string>(
                              "select kind, name, method from closed_record order by kind, name")));
  for (auto& [kind, name, method] : rows) {
    closed.push_back({std::move(kind), std::move(name), std::move(method)});
  }
  return closed;
}

absl::Status SkipVersions(Transaction& tx, std::string_view service, const StoredVersion& to) {
  const std::string kind = OpenKind(to.kind);
  const Descriptor* descriptor = ResourceOf(service, kind, to.name);
  if (descriptor == nullptr) {
    return absl::FailedPreconditionError(absl::StrCat("this version knows no records of kind ", kind));
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select body from resource where kind = :p1 and name = :p2 and version < :p3",
                            to.kind, to.name, to.version));
  if (rows.empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const std::string body,
                          WithEtag(descriptor, std::get<0>(rows[0]), absl::StrCat("v", to.version)));
  return tx
      .Exec("update resource set version = :p1, body = :p2 where kind = :p3 and name = :p4", to.version, body,
            to.kind, to.name)
      .status();
}

}  // namespace accord::storage
