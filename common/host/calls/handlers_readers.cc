// This part of Handlers finds the method that reads a record by its name, and reads a record for
// another answer.
#include <map>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"
#include "common/host/calls/handlers.h"

namespace accord::host {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* NameFieldOf(const Method& method) {
  const auto* name = method.descriptor->input_type()->FindFieldByName("name");
  const bool text = name != nullptr && name->type() == FieldDescriptor::TYPE_STRING && !name->is_repeated();
  return text ? name : nullptr;
}

bool ReadsByName(const Method& method, const Descriptor* resource) {
  return method.descriptor->output_type() == resource && method.unary() && !method.rule.mutates() &&
         absl::StartsWith(method.descriptor->name(), "Get") && NameFieldOf(method) != nullptr;
}

}  // namespace

std::map<std::string, const Method*> Handlers::Readers() const {
  std::map<std::string, const Method*> readers;
  for (const auto& [path, entry] : entries_) {
    const Descriptor* answer = entry.method.descriptor->output_type();
    const bool of_resource = answer->options().HasExtension(annotations::v1::resource);
    if (entry.unary == nullptr || entry.method.grants.empty() || !of_resource) continue;
    if (!ReadsByName(entry.method, answer)) continue;
    readers[answer->options().GetExtension(annotations::v1::resource).singular()] = &entry.method;
  }
  return readers;
}

const Handlers::Entry* Handlers::ReaderOf(const std::string& path, const Descriptor* resource) const {
  const std::string service = path.substr(0, path.rfind('/') + 1);
  const Entry* reader = nullptr;
  for (const auto& [of, entry] : entries_) {
    if (entry.unary == nullptr || !ReadsByName(entry.method, resource)) continue;
    if (absl::StartsWith(of, service)) return &entry;
    reader = &entry;
  }
  return reader;
}

absl::StatusOr<std::unique_ptr<Message>> Handlers::ReadByName(const Method& reader, const Call& call,
                                                              const std::string& name,
                                                              SensitiveClasses* readable) const {
  ACCORD_RETURN_IF_ERROR(Decide(reader, call.caller()));
  Call reading(call.verified(), clock_->Now(), call.deadline(), changes_);
  reading.set_for_another_answer();
  auto record = entries_.at(reader.path).unary(reading, ReadRequestFor(reader, name));
  if (record.ok()) MaskFor(reader, reading, record->get());
  if (readable != nullptr) *readable = ReadableIn(reader.path, reading);
  return record;
}

std::string Handlers::ReadRequestFor(const Method& method, const std::string& name) {
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method.descriptor->input_type())
                                       ->New());
  request->GetReflection()->SetString(request.get(), NameFieldOf(method), name);
  return request->SerializeAsString();
}

}  // namespace accord::host
