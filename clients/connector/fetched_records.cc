#include "clients/connector/fetched_records.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "clients/connector/methods.h"
#include "clients/connector/outcomes.h"

namespace accord::connector {
namespace {

using Json = nlohmann::json;

// More would only wait for each other at the gateway.
constexpr std::size_t kFetchesAtOnce = 8;

std::string FetchRequestFor(const google::protobuf::MethodDescriptor& get, const std::string& name) {
  const std::unique_ptr<google::protobuf::Message> request(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(get.input_type())->New());
  request->GetReflection()->SetString(request.get(), get.input_type()->FindFieldByName("name"), name);
  return request->SerializeAsString();
}

Json FetchedFields(const Outcome& outcome) {
  Json fields = Json::object();
  if (outcome.has_refusal()) {
    fields["refusal"] = RefusalJson(outcome.refusal());
  } else {
    fields["record"] = Json::parse(outcome.response(), nullptr, false);
  }
  for (const std::string& each : outcome.masked()) fields["masked"].push_back(each);
  return fields;
}

Json FetchRecord(const RecordFetch& fetch, const std::string& name) {
  client::Waits waits = fetch.waits;
  while (true) {
    try {
      const auto answer = AskMethod(fetch.client, fetch.get, FetchRequestFor(fetch.get, name));
      return FetchedFields(OutcomeOf(fetch.get, answer.message.value(), answer.masked));
    } catch (const client::CallError& error) {
      if (!error.may_pass() && !IsMethodCertificateFault(error)) return FetchedFields(OutcomeOf(error));
      if (!fetch.rest(waits.After(error))) return Json::object();
    } catch (const client::SettingsError&) {
      // The client was closed: it is over.
      return Json::object();
    }
  }
}

}  // namespace

bool FetchesByName(const google::protobuf::MethodDescriptor* method) {
  const auto* name = method == nullptr ? nullptr : method->input_type()->FindFieldByName("name");
  return name != nullptr && !name->is_repeated() &&
         name->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
}

std::map<std::string, Json> FetchRecords(const RecordFetch& fetch, const std::set<std::string>& names) {
  std::map<std::string, Json> fetched;
  // Each thread writes into its own entries alone.
  for (const std::string& name : names) fetched[name];
  std::vector<std::pair<const std::string, Json>*> entries;
  for (auto& entry : fetched) entries.push_back(&entry);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < entries.size(); i = next++) {
      entries[i]->second = FetchRecord(fetch, entries[i]->first);
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min(kFetchesAtOnce, entries.size()); ++i) threads.emplace_back(work);
  work();
  for (std::thread& each : threads) each.join();
  return fetched;
}

}  // namespace accord::connector
