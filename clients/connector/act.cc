#include "clients/connector/act.h"

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/access.pb.h"
#include "accord/client/request_id.h"
#include "clients/connector/duty_to_report.h"
#include "clients/connector/message_json.h"
#include "clients/connector/methods.h"
#include "common/access/method.h"
#include "common/base/error.h"

namespace accord::connector {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using Json = nlohmann::json;

constexpr std::array<const char*, 5> kTexts = {"method", "actor", "purpose", "ground", "decided_by"};

absl::Status ActRefusal(const std::string& what) { return absl::InvalidArgumentError(what); }

// This is deeper than any message of Accord.
constexpr int kMostDepth = 100;

// No object has a member twice: others who read the act on its way, and keep the first of two, would read
// another act.
absl::StatusOr<Json> ParseAct(std::string_view text) {
  bool is_deep = false, is_twice = false;
  std::vector<std::set<std::string>> members;
  const auto watch = [&](int depth, Json::parse_event_t event, const Json& value) {
    is_deep = is_deep || depth > kMostDepth;
    if (is_deep) return false;
    if (event == Json::parse_event_t::object_start) members.emplace_back();
    if (event == Json::parse_event_t::object_end) members.pop_back();
    if (event == Json::parse_event_t::key) {
      is_twice = is_twice || !members.back().insert(value.get<std::string>()).second;
    }
    return true;
  };
  Json parsed = Json::parse(text, watch, false);
  if (is_deep || !parsed.is_object()) return ActRefusal("The body is not an object of JSON.");
  if (is_twice) return ActRefusal("The body names a member of an object twice.");
  return parsed;
}

// This reads an object with no other members, of which all but the request are texts.
absl::StatusOr<Json> ReadActBody(std::string_view text) {
  ACCORD_ASSIGN_OR_RETURN(Json body, ParseAct(text));
  for (const auto& [name, value] : body.items()) {
    if (name == "request") {
      if (!value.is_object()) return ActRefusal("`request` is not an object of JSON.");
      continue;
    }
    bool known = false;
    for (const char* each : kTexts) known = known || name == each;
    if (!known) return ActRefusal(absl::StrCat("There is no field `", name, "` of an act."));
    if (!value.is_string()) return ActRefusal(absl::StrCat("`", name, "` is not a text."));
  }
  return body;
}

std::string TextOfAct(const Json& body, const char* name) { return body.value(name, std::string()); }

// This gives the request as a message of the method; what its descriptor does not know is refused by name.
absl::StatusOr<std::unique_ptr<Message>> ReadActRequest(const MethodDescriptor& method, const Json& body) {
  const Message* prototype = MessageFactory::generated_factory()->GetPrototype(method.input_type());
  std::unique_ptr<Message> request(prototype->New());
  const std::string json = body.contains("request") ? body["request"].dump() : "{}";
  if (const absl::Status read = MessageFromJson(json, request.get()); !read.ok()) {
    return ActRefusal(
        absl::StrCat("`request` is not a ", method.input_type()->full_name(), ": ", read.message()));
  }
  const auto& rule = method.options().GetExtension(annotations::v1::access);
  const std::size_t most = rule.max_request_bytes() > 0 ? rule.max_request_bytes() : kMaxRequestBytes;
  if (request->ByteSizeLong() > most) {
    return ActRefusal(
        absl::StrCat("`request` has more bytes than ", method.full_name(), " takes, which are ", most, "."));
  }
  return request;
}

// The text of a field of this name, if the message has it; otherwise nothing.
std::string TextFieldOfAct(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() || field->type() != FieldDescriptor::TYPE_STRING) return "";
  return message.GetReflection()->GetString(message, field);
}

void SetRequestIdOfAct(const std::string& id, Message* request) {
  const FieldDescriptor* field = request->GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || field->is_repeated() || field->type() != FieldDescriptor::TYPE_STRING) return;
  const auto* reflection = request->GetReflection();
  if (reflection->GetString(*request, field).empty()) {
    reflection->SetString(request, field, id.empty() ? client::NewRequestId() : id);
  }
}

// What is changed comes before the place in which something is made.
std::string ResourceOfAct(const Message& request, const std::string& method) {
  if (std::string name = TextFieldOfAct(request, "name"); !name.empty()) return name;
  std::vector<const FieldDescriptor*> fields;
  request.GetReflection()->ListFields(request, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->is_repeated() || field->type() != FieldDescriptor::TYPE_MESSAGE) continue;
    std::string name = TextFieldOfAct(request.GetReflection()->GetMessage(request, field), "name");
    if (!name.empty()) return name;
  }
  if (std::string parent = TextFieldOfAct(request, "parent"); !parent.empty()) return parent;
  return method;
}

}  // namespace

absl::StatusOr<Act> ReadAct(std::string_view json, const std::string& request_id) {
  ACCORD_ASSIGN_OR_RETURN(const Json body, ReadActBody(json));
  Act act;
  act.method = TextOfAct(body, "method");
  act.actor = TextOfAct(body, "actor");
  act.purpose = TextOfAct(body, "purpose");
  if (act.method.empty()) return ActRefusal("`method` is missing: name the RPC.");
  if (act.actor.empty())
    return ActRefusal("`actor` is missing: every act names the person for whom it is done.");
  if (act.purpose.empty()) return ActRefusal("`purpose` is missing: every act says why it is done.");
  const MethodDescriptor* method = FindMethod(act.method);
  if (method == nullptr) {
    return ActRefusal(
        absl::StrCat("There is no method `", act.method, "` with one answer that an agency may call."));
  }
  ACCORD_ASSIGN_OR_RETURN(act.request, ReadActRequest(*method, body));
  ACCORD_RETURN_IF_ERROR(PlaceDutyGround(TextOfAct(body, "ground"), act.request.get()));
  ACCORD_RETURN_IF_ERROR(CheckDutyDecided(*act.request, act.actor, TextOfAct(body, "decided_by")));
  act.resource = ResourceOfAct(*act.request, act.method);
  act.canonical = body.dump();
  SetRequestIdOfAct(request_id, act.request.get());
  return act;
}

}  // namespace accord::connector
