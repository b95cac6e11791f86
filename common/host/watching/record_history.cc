#include "common/host/watching/record_history.h"

#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/host/v1/history.pb.h"
#include "common/access/field_changes.h"
#include "common/access/names.h"
#include "common/access/record_names.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"

namespace accord::host {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using SensitiveClasses = Handlers::SensitiveClasses;
using Tx = storage::Transaction;

// So often a record is read anew that somebody changes meanwhile.
constexpr int kAttempts = 3;

// The record as its reader reads it now, and what was not masked in it.
struct Readable {
  std::unique_ptr<Message> record;
  SensitiveClasses classes;
};

// One field of a record, alone in a message of its kind.
std::string FieldAlone(const Message& record, const FieldDescriptor* field) {
  std::unique_ptr<Message> copy(record.New()), alone(record.New());
  copy->CopyFrom(record);
  record.GetReflection()->SwapFields(copy.get(), alone.get(), {field});
  return alone->SerializeAsString();
}

// The fields that are stored, and that the reader was answered otherwise or not at all.
std::set<std::string> FieldsWithheld(const Message& stored, const Readable& now) {
  std::unique_ptr<Message> open(stored.New());
  open->CopyFrom(stored);
  MaskSensitive(open.get(), now.classes);
  std::vector<const FieldDescriptor*> fields;
  open->GetReflection()->ListFields(*open, &fields);
  std::set<std::string> withheld;
  for (const FieldDescriptor* field : fields) {
    if (FieldAlone(*open, field) != FieldAlone(*now.record, field)) withheld.insert(field->name());
  }
  return withheld;
}

void MaskWithheld(const std::set<std::string>& withheld, v1::RecordRevision* revision) {
  for (v1::FieldChange& change : *revision->mutable_changes()) {
    if (!withheld.contains(change.path().substr(0, change.path().find_first_of(".[")))) continue;
    change.clear_before();
    change.clear_after();
    change.set_masked(true);
  }
}

std::string EtagOf(const Message& record) {
  const FieldDescriptor* etag = record.GetDescriptor()->FindFieldByName("etag");
  return etag == nullptr ? "" : record.GetReflection()->GetString(record, etag);
}

class RecordHistory {
 public:
  RecordHistory(RecordHistoryOptions options, Handlers* handlers)
      : options_(std::move(options)), handlers_(handlers) {}

  absl::StatusOr<v1::ListRecordRevisionsResponse> List(Call& call,
                                                       const v1::ListRecordRevisionsRequest& request) const;

 private:
  // The method that gets such a record; FIELD_INVALID where no history of it is told.
  absl::StatusOr<const Method*> ReaderOf(const std::string& name) const;
  std::string StoredKind(const Method& reader) const;
  absl::StatusOr<v1::ListRecordRevisionsResponse> Page(Tx& tx, storage::Resources& records,
                                                       const Readable& now,
                                                       const v1::ListRecordRevisionsRequest& request) const;

  const RecordHistoryOptions options_;
  Handlers* const handlers_;
};

absl::StatusOr<const Method*> RecordHistory::ReaderOf(const std::string& name) const {
  for (const auto& [singular, reader] : handlers_->Readers()) {
    const auto& resource =
        reader->descriptor->output_type()->options().GetExtension(annotations::v1::resource);
    if (resource.history() && HasPattern(name, resource.pattern())) return reader;
  }
  return RefuseFields({{"name", "names no record of a kind whose history is told"}});
}

std::string RecordHistory::StoredKind(const Method& reader) const {
  const std::string& singular =
      reader.descriptor->output_type()->options().GetExtension(annotations::v1::resource).singular();
  for (const auto& [kind, told] : options_.stored_as) {
    if (told == singular) return kind;
  }
  return singular;
}

absl::StatusOr<v1::ListRecordRevisionsResponse> RecordHistory::Page(
    Tx& tx, storage::Resources& records, const Readable& now,
    const v1::ListRecordRevisionsRequest& request) const {
  std::unique_ptr<Message> stored(now.record->New());
  ACCORD_RETURN_IF_ERROR(records.GetAny(tx, request.name(), stored.get()));
  if (EtagOf(*stored) != EtagOf(*now.record)) return absl::AbortedError("the record has just changed");
  const std::set<std::string> withheld = FieldsWithheld(*stored, now);
  ACCORD_ASSIGN_OR_RETURN(
      const auto page,
      records.RevisionPageLike(tx, *stored, request.name(), request.page_size(), request.page_token()));
  v1::ListRecordRevisionsResponse response;
  response.set_next_page_token(page.next_page_token);
  if (page.items.empty()) return response;
  ACCORD_ASSIGN_OR_RETURN(auto oldest,
                          records.VersionBeforeLike(tx, *stored, request.name(), page.items.front().version));
  if (oldest == nullptr) oldest.reset(stored->New());
  const Message* before = oldest.get();
  for (const auto& version : page.items) {
    auto* revision = response.add_revisions();
    revision->set_version(version.version);
    *revision->mutable_time() = ToProto(version.at);
    revision->set_agency(version.agency);
    revision->set_actor(version.actor);
    *revision->mutable_changes() = FieldChanges(*before, *version.item, now.classes);
    MaskWithheld(withheld, revision);
    before = version.item.get();
  }
  return response;
}

absl::StatusOr<v1::ListRecordRevisionsResponse> RecordHistory::List(
    Call& call, const v1::ListRecordRevisionsRequest& request) const {
  ACCORD_ASSIGN_OR_RETURN(const Method* reader, ReaderOf(request.name()));
  storage::Resources records(StoredKind(*reader), options_.tokens);
  absl::StatusOr<v1::ListRecordRevisionsResponse> answer;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    Readable now;
    ACCORD_ASSIGN_OR_RETURN(now.record, handlers_->ReadByName(*reader, call, request.name(), &now.classes));
    if (OwnerOf(request.name()) != call.caller().agency) {
      return Refuse(rules::kNotTheOwner, "The agency whose record it is reads what it said before.");
    }
    answer = handlers_->database()->Read([&](Tx& tx) { return Page(tx, records, now, request); });
    if (!absl::IsAborted(answer.status())) break;
  }
  if (absl::IsAborted(answer.status())) {
    return Refuse(rules::kDatabaseBusy, "The record changes at this very moment.");
  }
  if (answer.ok()) call.Disclose(request.name());
  return answer;
}

}  // namespace

void RegisterRecordHistory(RecordHistoryOptions options, Handlers* handlers) {
  const std::string path = absl::StrCat("/", options.package, ".ChangeService/ListRecordRevisions");
  const auto history = std::make_shared<RecordHistory>(std::move(options), handlers);
  handlers->Unary<v1::ListRecordRevisionsRequest, v1::ListRecordRevisionsResponse>(
      path, [history](Call& call, const v1::ListRecordRevisionsRequest& request) {
        return history->List(call, request);
      });
}

}  // namespace accord::host
