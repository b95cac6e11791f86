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
#include "common/host/watching/change_of_event.h"
#include "common/host/watching/names_in_record.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/resources.h"

namespace accord::host {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using SensitiveClasses = Handlers::SensitiveClasses;
using storage::Resources;
using Tx = storage::Transaction;

// This is how often a record is read again if somebody changes it meanwhile.
constexpr int kAttempts = 3;

// The record as its reader may read it now, and the classes that were not masked in it.
struct RecordAsRead {
  std::unique_ptr<Message> record;
  SensitiveClasses classes;
};

// This removes one field from a record and gives its value.
std::string TakeField(const FieldDescriptor* field, Message* record) {
  const std::unique_ptr<Message> alone(record->New());
  record->GetReflection()->SwapFields(record, alone.get(), {field});
  return alone->SerializeAsString();
}

// This gives the fields of one message that the other message has differently or not at all. Each message is
// copied once, however many fields it has, because a record may be large.
std::set<std::string> HistoryFieldsThatDiffer(const Message& said, const Message& shown) {
  const std::unique_ptr<Message> left(said.New()), right(shown.New());
  left->CopyFrom(said);
  right->CopyFrom(shown);
  std::vector<const FieldDescriptor*> fields;
  said.GetReflection()->ListFields(said, &fields);
  std::set<std::string> otherwise;
  for (const FieldDescriptor* field : fields) {
    if (TakeField(field, left.get()) != TakeField(field, right.get())) otherwise.insert(field->name());
  }
  return otherwise;
}

// This gives the stored fields that the reader's answer has differently or not at all.
std::set<std::string> FieldsWithheld(const Message& stored, const RecordAsRead& now) {
  std::unique_ptr<Message> open(stored.New());
  open->CopyFrom(stored);
  MaskSensitive(open.get(), now.classes);
  return HistoryFieldsThatDiffer(*open, *now.record);
}

// A withheld field is reported once, by its name alone, because the paths inside it would identify
// its elements.
void MaskWithheld(const std::set<std::string>& withheld, v1::RecordRevision* revision) {
  google::protobuf::RepeatedPtrField<v1::FieldChange> told;
  for (v1::FieldChange& change : *revision->mutable_changes()) {
    const std::string field = change.path().substr(0, change.path().find_first_of(".["));
    if (!withheld.contains(field)) {
      *told.Add() = std::move(change);
    } else if (told.empty() || told.rbegin()->path() != field) {
      v1::FieldChange* masked = told.Add();
      masked->set_path(field);
      masked->set_masked(true);
    }
  }
  revision->mutable_changes()->Swap(&told);
}

// Of another agency's people no more is told than the record itself tells the reader.
void TellWhoChanged(const Message& now, const std::string& reader,
                    const storage::Revision<Resources::AnyMessage>& version, v1::RecordRevision* revision) {
  const bool own = version.agency == reader || version.agency == storage::kPlatform;
  if (!own && !NamesAgency(now, version.agency)) return;
  revision->set_agency(version.agency);
  if (own || NamesActor(now, version.agency, version.actor)) revision->set_actor(version.actor);
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
  // This gives the method that gets such a record; FIELD_INVALID if it has no history.
  absl::StatusOr<const Method*> ReaderOf(const std::string& name) const;
  std::string StoredKind(const Method& reader) const;
  // This gives the fields that the getter would leave out of this version because of its content.
  std::set<std::string> LeftOut(const Caller& caller, const Message& version) const;
  absl::StatusOr<v1::ListRecordRevisionsResponse> Page(Tx& tx, Resources& records, const Caller& caller,
                                                       const RecordAsRead& now,
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

std::set<std::string> RecordHistory::LeftOut(const Caller& caller, const Message& version) const {
  const auto& resource = version.GetDescriptor()->options().GetExtension(annotations::v1::resource);
  const auto shown = options_.shown.find(resource.singular());
  if (shown == options_.shown.end()) return {};
  std::unique_ptr<Message> read(version.New());
  read->CopyFrom(version);
  shown->second(caller, read.get());
  return HistoryFieldsThatDiffer(version, *read);
}

absl::StatusOr<v1::ListRecordRevisionsResponse> RecordHistory::Page(
    Tx& tx, Resources& records, const Caller& caller, const RecordAsRead& now,
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
  std::set<std::string> left_out = LeftOut(caller, *before);
  std::size_t bytes = 0;
  for (const auto& version : page.items) {
    v1::RecordRevision revision;
    revision.set_version(version.version);
    *revision.mutable_time() = ToProto(version.at);
    TellWhoChanged(*now.record, caller.agency, version, &revision);
    *revision.mutable_changes() = FieldChanges(*before, *version.item, now.classes);
    std::set<std::string> masked = withheld;
    masked.merge(left_out);
    left_out = LeftOut(caller, *version.item);
    masked.insert(left_out.begin(), left_out.end());
    MaskWithheld(masked, &revision);
    // The paths are sent too, and may be longer than the stored values.
    bytes += revision.ByteSizeLong();
    if (bytes > storage::kPageBytes && response.revisions_size() > 0) {
      response.set_next_page_token(
          records.RevisionToken(request.name(), response.revisions().rbegin()->version()));
      break;
    }
    *response.add_revisions() = std::move(revision);
    before = version.item.get();
  }
  return response;
}

absl::StatusOr<v1::ListRecordRevisionsResponse> RecordHistory::List(
    Call& call, const v1::ListRecordRevisionsRequest& request) const {
  ACCORD_ASSIGN_OR_RETURN(const Method* reader, ReaderOf(request.name()));
  Resources records(StoredKind(*reader), options_.tokens);
  absl::StatusOr<v1::ListRecordRevisionsResponse> answer;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    RecordAsRead now;
    ACCORD_ASSIGN_OR_RETURN(now.record, handlers_->ReadByName(*reader, call, request.name(), &now.classes));
    if (OwnerOf(request.name()) != call.caller().agency) {
      return Refuse(rules::kNotTheOwner, "The agency whose record it is reads what it said before.");
    }
    answer =
        handlers_->database()->Read([&](Tx& tx) { return Page(tx, records, call.caller(), now, request); });
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
