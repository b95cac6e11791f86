// Reads of records that the caller did not ask for: the answer to a repeated request
// (docs/decisions/2026-11-25-stored-answers.md gives the reasons), and the content of a feed.
#include "absl/strings/match.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"
#include "common/host/calls/handlers.h"

namespace accord::host {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* NameOf(const Method& method) {
  const auto* name = method.descriptor->input_type()->FindFieldByName("name");
  const bool text = name != nullptr && name->type() == FieldDescriptor::TYPE_STRING && !name->is_repeated();
  return text ? name : nullptr;
}

bool Reads(const Method& method, const Descriptor* resource) {
  return method.descriptor->output_type() == resource && method.unary() && !method.rule.mutates() &&
         absl::StartsWith(method.descriptor->name(), "Get") && NameOf(method) != nullptr;
}

std::string RequestFor(const Method& method, const std::string& name) {
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method.descriptor->input_type())
                                       ->New());
  request->GetReflection()->SetString(request.get(), NameOf(method), name);
  return request->SerializeAsString();
}

}  // namespace

const Handlers::Entry* Handlers::ReaderOf(const std::string& path, const Descriptor* resource) const {
  const std::string service = path.substr(0, path.rfind('/') + 1);
  const Entry* reader = nullptr;
  for (const auto& [of, entry] : entries_) {
    if (entry.unary == nullptr || !Reads(entry.method, resource)) continue;
    if (absl::StartsWith(of, service)) return &entry;
    reader = &entry;
  }
  return reader;
}

std::map<std::string, const Method*> Handlers::Readers() const {
  std::map<std::string, const Method*> readers;
  for (const auto& [path, entry] : entries_) {
    const Descriptor* answer = entry.method.descriptor->output_type();
    const bool of_resource = answer->options().HasExtension(annotations::v1::resource);
    if (entry.unary == nullptr || entry.method.grants.empty() || !of_resource) continue;
    if (!Reads(entry.method, answer)) continue;
    readers[answer->options().GetExtension(annotations::v1::resource).singular()] = &entry.method;
  }
  return readers;
}

absl::StatusOr<std::unique_ptr<Message>> Handlers::ReadByName(const Method& reader, const Call& call,
                                                              const std::string& name,
                                                              SensitiveClasses* readable) const {
  ACCORD_RETURN_IF_ERROR(Decide(reader, call.caller()));
  Call reading(call.verified(), clock_->Now(), call.deadline(), changes_);
  reading.set_for_another_answer();
  auto record = entries_.at(reader.path).unary(reading, RequestFor(reader, name));
  if (record.ok()) MaskFor(reader, reading, record->get());
  if (readable != nullptr) *readable = ReadableIn(reader.path, reading);
  return record;
}

absl::Status Handlers::BringUpToDate(Call& call, const std::string& path, const storage::Answer& answer,
                                     Message* response) const {
  for (int each : answer.withheld) call.Withhold(static_cast<annotations::v1::SensitiveClass>(each));
  const bool gone = answer.state != storage::Answer::State::kKept;
  const Entry* reader = answer.resources.empty() ? nullptr : ReaderOf(path, response->GetDescriptor());
  if (reader != nullptr && Decide(reader->method, call.caller()).ok()) {
    const storage::Mentioned& resource = answer.resources.front();
    // The answer must not have more than the caller of the reading method gets.
    const auto readable = ClassesOf(reader->method, call.caller());
    for (int i = annotations::v1::SensitiveClass_MIN; i <= annotations::v1::SensitiveClass_MAX; ++i) {
      const auto each = static_cast<annotations::v1::SensitiveClass>(i);
      if (!readable.contains(each)) call.Withhold(each);
    }
    auto present = reader->unary(call, RequestFor(reader->method, resource.name));
    if (present.ok()) {
      response->CopyFrom(**present);
      return absl::OkStatus();
    }
    // A resource that the caller did not see when it was answered, for example because the call had
    // just removed it, need not be visible now.
    if (!absl::IsNotFound(present.status()) || gone || resource.seen) return present.status();
    return absl::OkStatus();
  }
  if (gone) return storage::AnswerGone(answer);
  return database_->Read([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(storage::CheckStillSeen(tx, call.caller().agency, answer));
    // Not every person of an agency may read all that the agency sees.
    for (const storage::Mentioned& resource : answer.resources) {
      if (resource.seen) ACCORD_RETURN_IF_ERROR(parts_.CheckSeen(call, tx, resource.name));
    }
    return absl::OkStatus();
  });
}

}  // namespace accord::host
