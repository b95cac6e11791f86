#include "common/testing/walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextFor(const annotations::v1::FieldRule& rule) {
  switch (rule.form()) {
    case annotations::v1::STRING_FORM_DATE:
      return "2026-11-23";
    case annotations::v1::STRING_FORM_RESOURCE_NAME:
      return "agencies/cas-nowhere";
    case annotations::v1::STRING_FORM_REQUEST_ID:
      return "request-0";
    default:
      return "text";
  }
}

// What a rule demands, and no more.
void FillRequired(Message* message) {
  const Descriptor* type = message->GetDescriptor();
  const auto* reflection = message->GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const auto& rule = field->options().GetExtension(annotations::v1::rule);
    if (!rule.required() || rule.output_only()) continue;
    const bool repeated = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string text = TextFor(rule);
        repeated ? reflection->AddString(message, field, text) : reflection->SetString(message, field, text);
        break;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto* value = field->enum_type()->value(1);
        repeated ? reflection->AddEnum(message, field, value) : reflection->SetEnum(message, field, value);
        break;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        FillRequired(repeated ? reflection->AddMessage(message, field)
                              : reflection->MutableMessage(message, field));
        break;
      default:
        break;
    }
  }
}

void SetText(Message* message, const std::string& path, const std::string& text) {
  const std::vector<std::string> segments = absl::StrSplit(path, '.');
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    const auto* field = message->GetDescriptor()->FindFieldByName(segments[i]);
    message = message->GetReflection()->MutableMessage(message, field);
  }
  message->GetReflection()->SetString(message, message->GetDescriptor()->FindFieldByName(segments.back()),
                                      text);
}

std::string RequestFor(const Method& method, const Walk& walk, const std::string& who,
                       const std::string& name, int number) {
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method.descriptor->input_type())
                                       ->New());
  FillRequired(request.get());
  SetText(request.get(), method.rule.part().of(), name);
  SetText(request.get(), "request_id", absl::StrCat("walk-", number, "-0000"));
  if (walk.finish) walk.finish(who, request.get());
  return request->SerializeAsString();
}

// As the first grant lets this person in; none if no grant does.
std::optional<Caller> Granted(const Method& method, const Walk::Agency& agency) {
  for (const auto& grant : method.rule.grants()) {
    const auto& kinds = grant.kinds();
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), agency.kind) == kinds.end()) continue;
    const auto& roles = grant.roles();
    const bool one = agency.role != annotations::v1::ROLE_UNSPECIFIED;
    if (one && std::find(roles.begin(), roles.end(), agency.role) == roles.end()) continue;
    Caller caller;
    caller.agency = agency.id;
    caller.kind = agency.kind;
    caller.system = "sys";
    caller.actor = agency.actor;
    for (int role : roles) {
      if (!one || role == agency.role) caller.roles.push_back(static_cast<Role>(role));
    }
    if (!grant.purposes().empty()) caller.purpose = static_cast<Purpose>(grant.purposes(0));
    return caller;
  }
  return std::nullopt;
}

// Whether a call was held up for what the caller is to the record, or for the record's state.
bool HeldUp(const absl::Status& status, const std::set<std::string>& by) {
  const std::string rule = RuleOf(status);
  return absl::IsNotFound(status) || by.contains(rule) || absl::StartsWith(rule, "NOT_THE_") ||
         absl::StartsWith(rule, "NOT_A_") || rule == "NOT_SENDER_OR_RECEIVER" || rule == "NOT_ASKED" ||
         rule == "NOT_ASSIGNED" || rule == "NOT_YOUR_OWN" || rule == "STATE_NOT_PERMITTED";
}

bool Permits(const std::vector<const Permitted*>& rows, const std::string& who, const std::string& state) {
  return std::any_of(rows.begin(), rows.end(), [&](const Permitted* row) {
    return row->who.contains(who) && (row->states.empty() || row->states.contains(state));
  });
}

}  // namespace

int WalkChanges(InProcess* in_process, const Walk& walk, const std::set<std::string>& elsewhere) {
  int calls = 0;
  std::map<std::string, std::vector<const Permitted*>> rows;
  for (const Permitted& row : walk.table) rows[row.method].push_back(&row);
  const auto methods = MethodsOf(walk.service);
  EXPECT_TRUE(methods.ok()) << methods.status();
  for (const Method& method : *methods) {
    const std::string name(method.descriptor->name());
    if (!method.rule.mutates() || elsewhere.contains(name)) continue;
    const auto row = rows.find(name);
    if (row == rows.end()) {
      ADD_FAILURE() << name << " stands in no line of the table";
      continue;
    }
    for (const auto& [who, agency] : walk.agencies) {
      const auto caller = Granted(method, agency);
      if (!caller) continue;
      for (const std::string& state : walk.states) {
        const std::string record = walk.make(state);
        const bool may = Permits(row->second, who, state);
        const absl::Status status =
            in_process->CallBytes(method.path, *caller, RequestFor(method, walk, who, record, ++calls))
                .status();
        EXPECT_EQ(!HeldUp(status, walk.held_up_by), may)
            << name << " by the " << who << " in " << state << ": " << status;
        if (!may) {
          EXPECT_NE(RuleOf(status), "") << name << " by the " << who << ": " << status;
        }
      }
    }
    rows.erase(row);
  }
  for (const auto& [name, row] : rows) ADD_FAILURE() << name << " is no change of " << walk.service;
  return calls;
}

}  // namespace accord::testing
