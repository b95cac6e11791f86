#include "common/testing/every_list.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/record_names.h"
#include "common/base/error.h"
#include "common/listing/fields.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kRows = 40;
constexpr std::size_t kRowBytes = 60'000, kLargestPage = std::size_t{2} << 20;

std::unique_ptr<Message> NewMessage(const Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

// This gives the field with the listed resources; it is null if the answer lists none.
const FieldDescriptor* RowsOf(const Descriptor* response) {
  for (int i = 0; i < response->field_count(); ++i) {
    const auto* field = response->field(i);
    if (field->is_repeated() && field->message_type() != nullptr &&
        field->message_type()->options().HasExtension(annotations::v1::resource)) {
      return field;
    }
  }
  return nullptr;
}

// This gives a string field whose content no handler interprets.
const FieldDescriptor* FreeText(const Descriptor* type) {
  for (const char* name :
       {"text", "reason", "reporter_belief", "justification", "statement", "notes", "question", "danger_note",
        "title", "display_name", "summary", "purpose", "territory_note"}) {
    const auto* field = type->FindFieldByName(name);
    if (field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated())
      return field;
  }
  return nullptr;
}

bool CanBeStored(const Descriptor* type) {
  return type->FindFieldByName("etag") != nullptr && type->FindFieldByName("update_time") != nullptr;
}

void PutRows(InProcess* in_process, const Descriptor* type) {
  const std::string kind = type->options().GetExtension(annotations::v1::resource).singular();
  storage::Resources resources(kind, &in_process->page_tokens());
  const FieldDescriptor* text = FreeText(type);
  for (int i = 0; i < kRows; ++i) {
    const absl::Status put = in_process->database().Transact([&](storage::Transaction& tx) {
      auto row = NewMessage(type);
      const auto* reflection = row->GetReflection();
      reflection->SetString(row.get(), type->FindFieldByName("name"),
                            absl::StrCat("agencies/zz-every/", kind, "s/row-", 100 + i));
      if (text != nullptr) reflection->SetString(row.get(), text, std::string(kRowBytes, 'x'));
      const storage::Write write{"platform", "test", absl::StrCat("every-list-", kind, i),
                                 in_process->clock().Now()};
      return resources.Insert(tx, row.get(), write, {"zz-every", "", {std::string(storage::kEverybody)}, {}});
    });
    EXPECT_TRUE(put.ok()) << kind << ": " << put;
  }
}

Caller CallerOf(const annotations::v1::Grant& grant) {
  Caller caller{"zz-every", annotations::v1::AGENCY_KIND_POLICE_SERVICE, "test", "tester", {}};
  if (!grant.kinds().empty()) caller.kind = static_cast<AgencyKind>(grant.kinds(0));
  caller.roles = {grant.roles().empty() ? annotations::v1::ROLE_PRIVACY_OFFICER
                                        : static_cast<Role>(grant.roles(0))};
  if (!grant.purposes().empty()) caller.purpose = static_cast<Purpose>(grant.purposes(0));
  return caller;
}

void SetField(Message* message, const char* field, const std::string& value) {
  const auto* descriptor = message->GetDescriptor()->FindFieldByName(field);
  if (descriptor != nullptr) message->GetReflection()->SetString(message, descriptor, value);
}

// This fills in required names with names that do not exist.
void FillRequired(Message* request) {
  const auto* type = request->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto& rule = type->field(i)->options().GetExtension(annotations::v1::rule);
    const auto& patterns = NamePatterns(*type->field(i));
    const std::string text = patterns.empty() ? "none" : NameLike(patterns[0], "zz-every", "none");
    if (rule.required()) SetField(request, type->field(i)->name().c_str(), text);
  }
}

void ReadToItsEnd(InProcess* in_process, const Method& method) {
  const auto* type = method.descriptor->input_type();
  // These lists have no pages, because they show the service's own data files.
  const bool paged = type->FindFieldByName("page_token") != nullptr;
  auto request = NewMessage(type);
  FillRequired(request.get());
  if (paged) request->GetReflection()->SetInt32(request.get(), type->FindFieldByName("page_size"), 1000);
  const Caller caller = CallerOf(method.grants.front());
  if (paged) {
    auto negative = NewMessage(type);
    FillRequired(negative.get());
    negative->GetReflection()->SetInt32(negative.get(), type->FindFieldByName("page_size"), -1);
    const auto refused = in_process->CallBytes(method.path, caller, negative->SerializeAsString());
    EXPECT_EQ(RuleOf(refused.status()), "FIELD_INVALID") << method.path;
  }
  for (int pages = 1;; ++pages) {
    const auto reply = in_process->CallBytes(method.path, caller, request->SerializeAsString());
    if (absl::IsNotFound(reply.status())) return;
    ASSERT_TRUE(reply.ok()) << method.path << ": " << reply.status();
    EXPECT_LE(reply->response.size(), kLargestPage) << method.path;
    if (!paged) return;
    auto response = NewMessage(method.descriptor->output_type());
    ASSERT_TRUE(response->ParseFromString(reply->response));
    const auto* token = response->GetDescriptor()->FindFieldByName("next_page_token");
    ASSERT_NE(token, nullptr) << method.path;
    const std::string next = response->GetReflection()->GetString(*response, token);
    if (next.empty()) return;
    ASSERT_LE(pages, kRows) << method.path << " does not end";
    SetField(request.get(), "page_token", next);
  }
}

absl::Status AskList(InProcess* in_process, const Method& method, const std::string& filter,
                     const std::string& order_by) {
  auto request = NewMessage(method.descriptor->input_type());
  FillRequired(request.get());
  SetField(request.get(), "filter", filter);
  SetField(request.get(), "order_by", order_by);
  const absl::Status asked =
      in_process->CallBytes(method.path, CallerOf(method.grants.front()), request->SerializeAsString())
          .status();
  // The record whose parts are listed does not exist.
  return absl::IsNotFound(asked) ? absl::OkStatus() : asked;
}

// Checks that every field that the rows declare can be filtered by, and no other.
void NarrowAndOrder(InProcess* in_process, const Method& method) {
  if (method.descriptor->input_type()->FindFieldByName("order_by") == nullptr) return;
  EXPECT_TRUE(AskList(in_process, method, "", "name desc").ok()) << method.path;
  const auto* rows = RowsOf(method.descriptor->output_type());
  if (rows == nullptr) return;
  EXPECT_EQ(RuleOf(AskList(in_process, method, "no_field = 1", "")), "FIELD_INVALID") << method.path;
  EXPECT_EQ(RuleOf(AskList(in_process, method, "", "no_field")), "FIELD_INVALID") << method.path;
  const auto& fields = listing::FieldsOf(*rows->message_type());
  EXPECT_FALSE(fields.empty()) << method.path << " compares nothing";
  for (const listing::Field& field : fields) {
    const absl::Status asked =
        AskList(in_process, method, field.name() + " != ''", field.orders ? field.name() + " desc" : "");
    EXPECT_TRUE(asked.ok()) << method.path << " by " << field.name() << ": " << asked;
  }
}

}  // namespace

int ReadEveryList(InProcess* in_process, const std::string& package) {
  std::vector<Method> lists;
  std::set<const Descriptor*> kinds;
  for (const auto& service : in_process->handlers().Services()) {
    if (!absl::StartsWith(service, package)) continue;
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!absl::StartsWith(method.descriptor->name(), "List") || method.grants.empty()) continue;
      // This method lists the versions of one record, and ProtocolHistory tests its pages.
      if (method.descriptor->name() == "ListRecordRevisions") continue;
      lists.push_back(method);
      const auto* rows = RowsOf(method.descriptor->output_type());
      if (rows != nullptr && CanBeStored(rows->message_type())) kinds.insert(rows->message_type());
    }
  }
  for (const Descriptor* kind : kinds) PutRows(in_process, kind);
  for (const Method& method : lists) {
    ReadToItsEnd(in_process, method);
    NarrowAndOrder(in_process, method);
  }
  return static_cast<int>(lists.size());
}

}  // namespace accord::testing
