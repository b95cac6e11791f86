#include "clients/connector/record_list.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "clients/connector/methods.h"
#include "clients/connector/outcomes.h"

namespace accord::connector {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

const FieldDescriptor* ListTextField(const Descriptor* message, const char* name) {
  const FieldDescriptor* field = message->FindFieldByName(name);
  const bool is_text =
      field != nullptr && !field->is_repeated() && field->type() == FieldDescriptor::TYPE_STRING;
  return is_text ? field : nullptr;
}

std::string TextOfRecord(const Message& message, const char* name) {
  const FieldDescriptor* field = ListTextField(message.GetDescriptor(), name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

// This gives the first one that holds messages with a name.
const FieldDescriptor* RecordsOf(const Descriptor* page) {
  for (int i = 0; i < page->field_count(); ++i) {
    const FieldDescriptor* field = page->field(i);
    const bool holds_messages = field->is_repeated() && field->type() == FieldDescriptor::TYPE_MESSAGE;
    if (holds_messages && ListTextField(field->message_type(), "name") != nullptr) return field;
  }
  return nullptr;
}

absl::Status NoListMethod(const std::string& method) {
  return absl::FailedPreconditionError(
      absl::StrCat("list: ", method, " does not list records with a position to watch from."));
}

}  // namespace

absl::StatusOr<RecordList> RecordList::Of(const std::string& method, const std::string& request) {
  RecordList list;
  list.method_ = FindMethod(method);
  if (list.method_ == nullptr) return NoListMethod(method);
  const Descriptor* page = list.method_->output_type();
  list.records_ = RecordsOf(page);
  if (list.records_ == nullptr || ListTextField(page, "watch_token") == nullptr ||
      ListTextField(page, "next_page_token") == nullptr ||
      ListTextField(list.method_->input_type(), "page_token") == nullptr) {
    return NoListMethod(method);
  }
  const std::shared_ptr<Message> asked(
      MessageFactory::generated_factory()->GetPrototype(list.method_->input_type())->New());
  const auto read =
      google::protobuf::util::JsonStringToMessage(request.empty() ? "{}" : request, asked.get());
  if (!read.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("list_request is not a ", list.method_->input_type()->full_name(), ": ",
                     std::string(read.message().data(), read.message().size())));
  }
  list.request_ = asked;
  return list;
}

client::ListedPage<ListedRecord> RecordList::Page(const client::Client& client,
                                                  const std::string& token) const {
  const std::unique_ptr<Message> request(request_->New());
  request->CopyFrom(*request_);
  const auto* page_token = ListTextField(request->GetDescriptor(), "page_token");
  request->GetReflection()->SetString(request.get(), page_token, token);
  const auto answer = AskMethod(client, *method_, request->SerializeAsString());
  const std::unique_ptr<Message> page(
      MessageFactory::generated_factory()->GetPrototype(method_->output_type())->New());
  client::ListedPage<ListedRecord> listed;
  if (!page->ParseFromString(answer.message.value())) {
    throw client::AccordError("An answer of " + method_->full_name() + " cannot be read.");
  }
  const int count = page->GetReflection()->FieldSize(*page, records_);
  for (int i = 0; i < count; ++i) {
    const Message& record = page->GetReflection()->GetRepeatedMessage(*page, records_, i);
    listed.records.push_back({TextOfRecord(record, "name"), JsonOf(record)});
  }
  listed.next_page_token = TextOfRecord(*page, "next_page_token");
  listed.watch_token = TextOfRecord(*page, "watch_token");
  return listed;
}

}  // namespace accord::connector
