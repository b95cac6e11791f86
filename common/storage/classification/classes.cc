#include "common/storage/classification/classes.h"

#include <google/protobuf/message.h>

#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/service_files.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/sealing/body.h"

namespace accord::storage {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsClassified(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::rule).sensitive() !=
         annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
}

void CollectClassified(const Descriptor& type, std::set<const Descriptor*>* seen,
                       std::set<std::string>* sealed) {
  if (!seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsClassified(field)) sealed->insert(field.full_name());
    if (field.message_type() != nullptr) CollectClassified(*field.message_type(), seen, sealed);
  }
}

// This says whether the message has content that must be sealed: a sensitive field, or one that this build
// does not know.
bool HoldsClassified(const Message& message) {
  const auto* reflection = message.GetReflection();
  if (!reflection->GetUnknownFields(message).empty()) return true;
  std::vector<const FieldDescriptor*> set;
  reflection->ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (IsClassified(*field)) return true;
    if (field->message_type() == nullptr || field->is_map()) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (HoldsClassified(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                               : reflection->GetMessage(message, field))) {
        return true;
      }
    }
  }
  return false;
}

std::unique_ptr<Message> NewClassedResource(std::string_view service, const StoredVersion& key) {
  const Descriptor* type = ResourceOf(service, OpenKind(key.kind), key.name);
  if (type == nullptr) return nullptr;
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

struct ClassedRow {
  // Version 0 stands for the resource itself.
  StoredVersion key;
  std::string body;
};

absl::StatusOr<std::vector<ClassedRow>> ClassedRowsAfter(Transaction& tx, const ClassPass& pass, int limit) {
  std::vector<ClassedRow> found;
  if (!pass.at_revisions) {
    ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, std::string>(
                                           "select kind, name, body from resource where (kind, name) > (:p1, "
                                           ":p2) order by kind, name limit :p3",
                                           pass.at.kind, pass.at.name, limit)));
    for (auto& [kind, name, body] : rows) found.push_back({{kind, name, 0}, std::move(body)});
    return found;
  }
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<std::string, std::string, int64_t, std::string>(
          "select kind, name, version, body from revision where (kind, name, version) > (:p1, :p2, "
          ":p3) order by kind, name, version limit :p4",
          pass.at.kind, pass.at.name, pass.at.version, limit)));
  for (auto& [kind, name, version, body] : rows) found.push_back({{kind, name, version}, std::move(body)});
  return found;
}

bool IsClassedUnsealed(std::string_view service, const ClassedRow& row) {
  const auto message = NewClassedResource(service, row.key);
  return message != nullptr && ReadOpenLine(row.body, message.get()) && HoldsClassified(*message);
}

// This reads a row again, because it may have been rewritten or erased since it was found.
absl::StatusOr<std::vector<ClassedRow>> ReadClassedRowAgain(Transaction& tx, const StoredVersion& key) {
  const auto rows = key.version == 0
                        ? tx.Query<std::string>("select body from resource where kind = :p1 and name = :p2",
                                                key.kind, key.name)
                        : tx.Query<std::string>(
                              "select body from revision where kind = :p1 and name = :p2 "
                              "and version = :p3",
                              key.kind, key.name, key.version);
  if (!rows.ok()) return rows.status();
  std::vector<ClassedRow> found;
  for (const auto& [body] : *rows) found.push_back({key, body});
  return found;
}

absl::Status SealClassedRow(Transaction& tx, std::string_view service, const StoredVersion& key) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, ReadClassedRowAgain(tx, key));
  if (rows.empty() || !IsClassedUnsealed(service, rows[0])) return absl::OkStatus();
  const auto message = NewClassedResource(service, key);
  const std::string kind = OpenKind(key.kind);
  ACCORD_RETURN_IF_ERROR(DecodeBody(tx.keyring(), kind, rows[0].body, message.get()));
  ACCORD_ASSIGN_OR_RETURN(const std::string body, EncodeBody(tx.keyring(), kind, *message));
  if (key.version == 0) {
    return tx
        .Exec("update resource set body = :p1, seal_key = :p2 where kind = :p3 and name = :p4", body,
              SealKeyOfBody(body), key.kind, key.name)
        .status();
  }
  return tx
      .Exec(
          "update revision set body = :p1, seal_key = :p2 where kind = :p3 and name = :p4 and version = :p5",
          body, SealKeyOfBody(body), key.kind, key.name, key.version)
      .status();
}

}  // namespace

std::string ClassesOf(std::string_view service) {
  const std::string package = absl::StrCat("accord.", std::string(service), ".v1");
  std::set<const Descriptor*> seen;
  std::set<std::string> sealed;
  for (const auto* file : ServiceFiles()) {
    for (int i = 0; i <= file->dependency_count(); ++i) {
      const auto* each = i == 0 ? file : file->dependency(i - 1);
      if (each->package() != package) continue;
      for (int j = 0; j < each->message_type_count(); ++j) {
        const Descriptor& type = *each->message_type(j);
        if (type.options().HasExtension(annotations::v1::resource)) CollectClassified(type, &seen, &sealed);
      }
    }
  }
  std::string all;
  for (const std::string& field : sealed) absl::StrAppend(&all, field, "\n");
  return all.empty() ? "" : Hex(Sha256(all));
}

absl::Status BeginClasses(Transaction& tx, std::string_view classes, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from sealed_classes where classes <> :p1", classes).status());
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>("select 1 from revision limit 1"));
  return rows.empty() ? NoteClassesDone(tx, classes, now) : absl::OkStatus();
}

absl::StatusOr<bool> ClassesDone(Transaction& tx, std::string_view classes) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<int64_t>("select 1 from sealed_classes where classes = :p1", classes));
  return !rows.empty();
}

absl::Status NoteClassesDone(Transaction& tx, std::string_view classes, absl::Time now) {
  return tx
      .Exec("insert into sealed_classes (classes, at_us) values (:p1, :p2) on conflict do nothing", classes,
            absl::ToUnixMicros(now))
      .status();
}

absl::Status SealClasses(Database* database, std::string_view service, int limit, ClassPass* pass) {
  if (pass->done) *pass = ClassPass();
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows, database->Read([&](Transaction& tx) { return ClassedRowsAfter(tx, *pass, limit); }));
  for (const ClassedRow& row : rows) {
    if (!IsClassedUnsealed(service, row)) continue;
    const absl::Status sealed =
        database->Transact([&](Transaction& tx) { return SealClassedRow(tx, service, row.key); });
    if (absl::IsDataLoss(sealed)) {
      ++pass->unreadable;
      continue;
    }
    ACCORD_RETURN_IF_ERROR(sealed);
    ++pass->sealed;
  }
  if (static_cast<int>(rows.size()) == limit) {
    pass->at = rows.back().key;
  } else if (pass->at_revisions) {
    pass->done = true;
  } else {
    pass->at = StoredVersion();
    pass->at_revisions = true;
  }
  return absl::OkStatus();
}

}  // namespace accord::storage
