#include "common/storage/backup/stored_versions.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/sealing/body.h"

namespace accord::storage {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

absl::StatusOr<std::vector<StoredVersion>> SelectStoredVersions(Transaction& tx, const std::string& sql,
                                                                const StoredVersion& after, int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, int64_t>(sql, after.kind, after.name,
                                                                                  after.version, limit)));
  std::vector<StoredVersion> versions;
  for (auto& [kind, name, version] : rows) versions.push_back({std::move(kind), std::move(name), version});
  return versions;
}

// This gives a stored body with another etag. Its sealed part stays unchanged.
absl::StatusOr<std::string> StoredBodyWithEtag(const Descriptor* descriptor, const std::string& body,
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

absl::StatusOr<std::vector<StoredVersion>> StoredAfter(Transaction& tx, const StoredVersion& after,
                                                       int limit) {
  return SelectStoredVersions(
      tx,
      "select kind, name, version from resource where (kind, name) > (:p1, :p2) and :p3 >= 0 "
      "order by kind, name limit :p4",
      after, limit);
}

absl::StatusOr<std::vector<StoredVersion>> RevisionsAfter(Transaction& tx, const StoredVersion& after,
                                                          int limit) {
  return SelectStoredVersions(
      tx,
      "select kind, name, version from revision where (kind, name, version) > (:p1, :p2, :p3) "
      "order by kind, name, version limit :p4",
      after, limit);
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
  ACCORD_ASSIGN_OR_RETURN(const std::string body, StoredBodyWithEtag(descriptor, std::get<0>(rows[0]),
                                                                     absl::StrCat("v", to.version)));
  return tx
      .Exec("update resource set version = :p1, body = :p2 where kind = :p3 and name = :p4", to.version, body,
            to.kind, to.name)
      .status();
}

}  // namespace accord::storage
