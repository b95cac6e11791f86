#include "clients/connector/outcomes.h"

#include <google/protobuf/message.h>

#include <memory>

#include "clients/connector/message_json.h"

namespace accord::connector {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageFactory;
using Json = nlohmann::json;

constexpr double kNoRetry = -1;

// What comes in a header or with a status may be any bytes. As a text of a message they could be kept, and
// never be read again.
std::string PrintableText(const std::string& bytes) {
  const std::string json = Json(bytes).dump(-1, ' ', false, Json::error_handler_t::replace);
  return Json::parse(json).get<std::string>();
}

void AddRefusalToOutcome(const client::Refusal& refusal, Refused* out) {
  out->set_code(client::NameOf(refusal.code()));
  out->set_reason(refusal.reason());
  out->set_message(PrintableText(refusal.localized().empty() ? refusal.message() : refusal.localized()));
  for (const client::FieldViolation& each : refusal.fields()) {
    auto* field = out->add_fields();
    field->set_field(each.field);
    field->set_description(each.description);
  }
  if (refusal.retry_after().has_value()) out->set_retry_after(refusal.retry_after()->count());
  for (const client::HelpLink& each : refusal.help()) {
    auto* help = out->add_help();
    help->set_field(each.url);
    help->set_description(each.description);
  }
}

const char* CallStateName(CallState state) {
  switch (state) {
    case CallState::kWaiting:
      return "waiting";
    case CallState::kSent:
      return "sent";
    case CallState::kAnswered:
      return "answered";
    case CallState::kRefused:
      return "refused";
  }
  return "";
}

}  // namespace

Outcome OutcomeOf(const client::CallError& error) {
  Outcome outcome;
  Refused* out = outcome.mutable_refusal();
  out->set_retry_after(kNoRetry);
  if (const auto* refusal = dynamic_cast<const client::Refusal*>(&error); refusal != nullptr) {
    AddRefusalToOutcome(*refusal, out);
  } else {
    out->set_code("UNANSWERED");
    out->set_message("Nobody has answered yet; the act is sent again with the same request id.");
  }
  return outcome;
}

Outcome OutcomeOf(const google::protobuf::MethodDescriptor& method, const std::string& response,
                  const std::vector<std::string>& masked) {
  Outcome outcome;
  const Message* prototype = MessageFactory::generated_factory()->GetPrototype(method.output_type());
  const std::unique_ptr<Message> message(prototype->New());
  if (!message->ParseFromString(response) || !MessageToJson(*message, outcome.mutable_response()).ok()) {
    outcome.clear_response();
    outcome.mutable_refusal()->set_code("DATA_LOSS");
    outcome.mutable_refusal()->set_retry_after(kNoRetry);
    outcome.mutable_refusal()->set_message(
        "The act was carried out, and this version of the connector cannot read the answer.");
    return outcome;
  }
  for (const std::string& each : masked) outcome.add_masked(PrintableText(each));
  return outcome;
}

Json RefusalJson(const Refused& refusal) {
  Json json = {{"code", refusal.code()}, {"message", refusal.message()}};
  if (!refusal.reason().empty()) json["reason"] = refusal.reason();
  for (const auto& each : refusal.fields()) {
    json["fields"].push_back({{"field", each.field()}, {"description", each.description()}});
  }
  if (refusal.retry_after() >= 0) json["retry_after_seconds"] = refusal.retry_after();
  for (const auto& each : refusal.help()) {
    json["help"].push_back({{"url", each.field()}, {"description", each.description()}});
  }
  return json;
}

Json JsonOf(const Message& message) {
  std::string text;
  if (!MessageToJson(message, &text).ok()) return Json::object();
  return Json::parse(text, nullptr, false);
}

Json JsonOf(const std::string& id, const CallSeen& seen) {
  Json json = {{"id", id}, {"state", CallStateName(seen.state)}, {"attempts", seen.attempts}};
  if (seen.state == CallState::kAnswered) {
    json["response"] = Json::parse(seen.outcome.response(), nullptr, false);
    for (const std::string& each : seen.outcome.masked()) json["masked"].push_back(each);
  } else if (seen.outcome.has_refusal()) {
    json[seen.state == CallState::kRefused ? "refusal" : "problem"] = RefusalJson(seen.outcome.refusal());
  }
  return json;
}

}  // namespace accord::connector
