// This part checks what answers tell, and to whom.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/testing/insiders.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

std::unique_ptr<Message> NewOf(const Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

}  // namespace

bool Insiders::Knows(const Caller& who, const std::string& text) {
  const auto found = stands_in_.find(text);
  if (found == stands_in_.end()) return true;
  for (const std::string& name : found->second) {
    const auto record = world_.find(name);
    const Message* stands = record == world_.end() ? nullptr : record->second.get();
    if (oracle_->MayLearn(who, {name, stands, text}, world_, Now())) return true;
  }
  return false;
}

void Insiders::JudgeAnswer(const Caller& who, const Method& method, const Message& request,
                           const absl::StatusOr<host::Reply>& reply, const std::vector<Change>& changes) {
  const auto response = NewOf(method.descriptor->output_type());
  if (reply.ok()) response->ParseFromString(reply->response);
  std::vector<std::string> texts = TextsIn(*response);
  texts.push_back(std::string(reply.status().message()));
  std::set<std::string> said;
  for (const std::string& text : TextsIn(request)) {
    for (std::string& trace : TracesIn(text)) said.insert(std::move(trace));
  }
  // Whoever creates a record learns its name, and whoever removes one knew its name.
  for (const Change& change : changes) {
    if (change.before == nullptr) said.insert(change.name);
    if (change.after != nullptr || change.before == nullptr) continue;
    for (const std::string& text : TextsIn(*change.before)) said.insert(text);
  }
  for (const std::string& text : texts) {
    for (const std::string& trace : TracesIn(text)) {
      ++texts_;
      if (said.contains(trace) || Knows(who, trace)) continue;
      return Fail(absl::StrCat(Described(who), " learns ", trace, " of ",
                               absl::StrJoin(stands_in_[trace], " "), " from ", method.descriptor->name(),
                               ": ", response->ShortDebugString().substr(0, 3000)));
    }
  }
  if (!reply.ok()) return;
  const Act act{&who, std::string(method.descriptor->name()), &request};
  const std::string objection = oracle_->OfAnswer(act, *response, world_, Now());
  if (!objection.empty()) Fail(absl::StrCat(objection, ": ", response->ShortDebugString().substr(0, 3000)));
}

void Insiders::TryTwin(const Caller& who, const Method& method, const Message& request,
                       const absl::Status& status) {
  std::unique_ptr<Message> twin(request.New());
  twin->CopyFrom(request);
  bool differs = false;
  for (const std::string& text : TextsIn(request)) {
    if (!world_.contains(text) || Knows(who, text)) continue;
    ReplaceText(twin.get(), text, text.substr(0, text.rfind('/') + 1) + "0000000000000000000000000a");
    differs = true;
  }
  if (!differs) return;
  ++twins_;
  if (const auto* id = twin->GetDescriptor()->FindFieldByName("request_id")) {
    twin->GetReflection()->SetString(twin.get(), id, absl::StrCat("insider-", ++request_ids_));
  }
  const auto reply = in_process_->CallBytes(method.path, who, twin->SerializeAsString());
  const Act act{&who, std::string(method.descriptor->name()), twin.get()};
  const std::vector<Change> changes = Look(false);
  const World before = Before(changes);
  for (const Change& change : changes) {
    const std::string objection = oracle_->Objection(act, change, before);
    if (!objection.empty()) return Fail(absl::StrCat("with a name of nothing: ", objection));
  }
  oracle_->Learn(act, changes, Now());
  if (StatusDetails(reply.status()) != StatusDetails(status) || reply.status().code() != status.code()) {
    Fail(absl::StrCat("what is hidden is answered ", status.ToString(), " and what is not there ",
                      reply.status().ToString()));
  }
}

void Insiders::ReadAround(const std::string& name) {
  if (failed_ || !world_.contains(name)) return;
  for (const Method& method : methods_) {
    if (method.rule.mutates()) continue;
    const bool reads =
        method.descriptor->output_type()->full_name() == world_.at(name)->GetDescriptor()->full_name();
    const bool lists = absl::StartsWith(method.descriptor->name(), "List") && dice_->Percent(12);
    if (!reads && !lists) continue;
    const auto request = NewOf(method.descriptor->input_type());
    const auto* field = request->GetDescriptor()->FindFieldByName("name");
    if (field != nullptr) request->GetReflection()->SetString(request.get(), field, name);
    if (const auto* size = request->GetDescriptor()->FindFieldByName("page_size")) {
      request->GetReflection()->SetInt32(request.get(), size, 1 + dice_->Below(60));
    }
    for (const Caller& who : options_.people) {
      if (failed_ || !dice_->Percent(reads ? 60 : 30)) continue;
      now_doing_ =
          absl::StrCat(Described(who), " ", method.descriptor->name(), " ", request->ShortDebugString());
      const auto reply = in_process_->CallBytes(method.path, who, request->SerializeAsString());
      if (reply.ok()) ++done_[std::string(method.descriptor->name())];
      JudgeAnswer(who, method, *request, reply);
      if (!failed_ && field != nullptr) TryTwin(who, method, *request, reply.status());
    }
  }
}

}  // namespace accord::testing
